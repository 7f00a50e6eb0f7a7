"""The only askers of the time; everybody else takes it as an argument."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day in UTC, the calendar of certificates."""
    return now().date()
