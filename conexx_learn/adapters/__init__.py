"""The outside world: files, mail, the clock, the press. Knows no tables, no pages."""
