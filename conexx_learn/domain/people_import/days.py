"""Days as people and spreadsheets write them; the day stands before the month."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from conexx_learn.domain.search import folded

FIRST_YEAR = 1950
LAST_YEAR = 2100
"""Appointments begin and end between these, both inclusive."""

_CENTURY_TURNS_AT = 70
"""Two digits below are of this century, the others of the last."""

_SPREADSHEET_ZERO = date(1899, 12, 30)
"""Spreadsheets count days from here on."""

_LONGEST = 40
_TIME = r"(?:[T ]\s*[0-9]{1,2}:[0-9]{2}(?:[:.,0-9]*)?(?: ?[ap]\.? ?m\.?)?Z?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}})[-/. ]([0-9]{{1,2}})[-/. ]([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_IN_WORDS = re.compile(
    r"([0-9]{1,2})(?: de)? ([a-z]{3,12})(?: de| del)? ([0-9]{4}|[0-9]{2})"
)
_NUMBER = re.compile(r"([0-9]{5})(?:\.0+)?")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan",
            "febrero feb february",
            "marzo mar march",
            "abril abr april apr",
            "mayo may",
            "junio jun june",
            "julio jul july",
            "agosto ago august aug",
            "septiembre setiembre sep set sept september",
            "octubre oct october",
            "noviembre nov november",
            "diciembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""Name of a month in Spanish or English, short or long, to its number."""

_MOST_MONTHS = 12
_MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class ImportedDay:
    """What a cell says of a day.

    Attributes:
        day: None where it says none.
        problem: Code of the problem; empty where there is a day.
        remark: Code of what was supposed; empty where nothing was.
        proposal: How it was probably meant, where that can be said.
    """

    day: date | None
    problem: str = ""
    remark: str = ""
    proposal: str = ""


def read_day(text: str) -> ImportedDay:
    """Read a day: `2026-03-05`, `05/03/2026`, `5-3-26`, `5 de marzo de 2026`, `46086`.

    Only the first two are certain. A year of two digits and the number of a day in a
    spreadsheet are understood and remarked; month before day is a problem, and so is
    any day that the calendar does not have.

    Example:
        >>> read_day("5-3-26").day, read_day("5-3-26").remark
        (datetime.date(2026, 3, 5), 'date-short-year')
        >>> read_day("31/02/2026").problem, read_day("03/25/2026").proposal
        ('date-impossible', '25/03/2026')
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return ImportedDay(None, "date-unreadable")
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        year, month, day = found.groups()
        return _day(year, int(month), int(day))
    found = _DAY_FIRST.fullmatch(text)
    if found:
        day, month, year = found.groups()
        return _day(year, int(month), int(day))
    found = _NUMBER.fullmatch(text)
    if found:
        return _counted_day(int(found[1]))
    found = _IN_WORDS.fullmatch(folded(text))
    if found and found[2] in _MONTHS:
        return _day(found[3], _MONTHS[found[2]], int(found[1]))
    return ImportedDay(None, "date-unreadable")


def _day(digits: str, month: int, day: int) -> ImportedDay:
    is_short = len(digits) == 2  # noqa: PLR2004 -- two digits are two digits
    year = _whole_year(int(digits)) if is_short else int(digits)
    if month > _MOST_MONTHS and day <= _MOST_MONTHS and month <= _MOST_DAYS:
        proposal = f"{month:02}/{day:02}/{year}"
        return ImportedDay(None, "date-month-first", proposal=proposal)
    try:
        found = date(year, month, day)
    except ValueError:
        return ImportedDay(None, "date-impossible")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ImportedDay(None, "date-range")
    return ImportedDay(found, remark="date-short-year" if is_short else "")


def _whole_year(digits: int) -> int:
    return digits + (2000 if digits < _CENTURY_TURNS_AT else 1900)


def _counted_day(days: int) -> ImportedDay:
    found = _SPREADSHEET_ZERO + timedelta(days=days)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return ImportedDay(None, "date-unreadable")
    return ImportedDay(found, remark="date-number")
