"""Tests: unit below, journeys above, and the house that checks itself."""
