"""Whole months and inclusive ends: how long a certificate is valid."""

from calendar import monthrange
from datetime import date, timedelta

RENEWAL_WINDOW = timedelta(days=60)
"""Who renews in the last 60 days loses none of the old certificate's time."""

_MONTHS_PER_YEAR = 12


def add_months(day: date, months: int) -> date:
    """Return the same day some whole months later, or that month's last day.

    Args:
        day: Where to start.
        months: 0 or more; below 0 for some months earlier.

    Example:
        >>> add_months(date(2026, 1, 31), 1)
        datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, _MONTHS_PER_YEAR)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_valid_day(
    completed_on: date,
    *,
    validity_months: int | None,
    current_until: date | None = None,
) -> date | None:
    """Return the last day, inclusive, of a certificate issued for a completion.

    Args:
        completed_on: Day of the completion, in UTC.
        validity_months: How long the course's certificates are valid; None for ever.
        current_until: Last valid day of the holder's present certificate for this
            course, if there is one. Completing in its last 60 days counts from that
            day; earlier or later, from the completion.

    Returns:
        The day, or None for no end.

    Example:
        >>> last_valid_day(
        ...     date(2026, 11, 30),
        ...     validity_months=24,
        ...     current_until=date(2026, 12, 20),
        ... )
        datetime.date(2028, 12, 20)
    """
    if validity_months is None:
        return None
    if current_until is not None and _renews(completed_on, current_until):
        return add_months(current_until, validity_months)
    return add_months(completed_on, validity_months)


def is_time_to_renew(valid_until: date | None, today: date) -> bool:
    """Say whether a certificate may be renewed without losing time, or has run out.

    Example:
        >>> is_time_to_renew(date(2026, 12, 20), date(2026, 10, 21))
        True
    """
    return valid_until is not None and valid_until - RENEWAL_WINDOW <= today


def _renews(completed_on: date, current_until: date) -> bool:
    return current_until - RENEWAL_WINDOW <= completed_on <= current_until
