"""Working days: Monday to Friday; holidays differ from place to place and count too."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Say whether a day is one of Monday to Friday."""
    return day.weekday() < SATURDAY


def working_day_after(day: date, count: int) -> date:
    """Return the working day that is so many after a day, which itself never counts.

    The first after a Friday, a Saturday or a Sunday is the Monday.

    Args:
        day: Any.
        count: At least 1.
    """
    left = count
    while left:
        day += ONE_DAY
        left -= is_working_day(day)
    return day


def working_days_passed(since: date, today: date) -> int:
    """Count the full working days after one day and before another."""
    days = (since + ONE_DAY * number for number in range(1, (today - since).days))
    return sum(map(is_working_day, days))


def end_of_working_days(moment: datetime, count: int, zone: str) -> datetime:
    """Return when so many full working days after the day of a moment have passed.

    Args:
        moment: Aware.
        count: At least 1.
        zone: Name of the time zone whose days are meant.

    Returns:
        The midnight that ends the last of them, in UTC.
    """
    local = ZoneInfo(zone)
    last = working_day_after(moment.astimezone(local).date(), count)
    return datetime.combine(last + ONE_DAY, time(), local).astimezone(UTC)
