"""The day that an institution's pages are asked for."""

from datetime import date

from flask import request

from conexx_learn.web.language import gettext as _

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)


def as_of_day(today: date) -> tuple[date, str]:
    """Return the day in the address, and what is wrong with it.

    A day that cannot be read is told, and today is shown in its place.
    """
    entry = request.args.get("as_of", "").strip()
    if not entry:
        return today, ""
    try:
        day = date.fromisoformat(entry)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        return today, _(
            "This date could not be read, so today is shown. Write it as 2026-11-16."
        )
    return day, ""
