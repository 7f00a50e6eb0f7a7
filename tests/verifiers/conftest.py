"""Fixtures of these tests."""

from tests.interop.fixtures import certificate, place

__all__ = ["certificate", "place"]
