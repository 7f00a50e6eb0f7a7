"""Fields of the facts of a course: whole numbers within bounds, hours, ids."""

import re
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from conexx_learn.web.typed_fields import CountField, TypedField

LARGEST_HOURS = 1000
QUARTERS = 4
_HOURS = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")


class MinutesField(CountField):
    """Minutes; nothing typed is none."""

    unreadable = _l("Write the minutes as a whole number.")


class HoursField(TypedField[Decimal]):
    """Hours in quarters: `1.25`."""

    unreadable = _l("Write hours in quarters, such as 1.25 or 12.")

    def meaning(self, entry: str) -> Decimal:
        """Return the hours."""
        if not _HOURS.fullmatch(entry):
            raise ValueError(entry)
        hours = Decimal(entry.replace(",", "."))
        if hours * QUARTERS % 1 or not 0 < hours <= LARGEST_HOURS:
            raise ValueError(entry)
        return hours


def words_of(text: str | None) -> list[str]:
    """Split ids at commas and blanks.

    Example:
        >>> words_of("lo-1, lo-2  lo-3,")
        ['lo-1', 'lo-2', 'lo-3']
    """
    return [word for word in re.split(r"[\s,;]+", text or "") if word]
