"""Fields for days, hours, sums, shares and numbers as people type them.

What was typed stays in the form; what it means is the field's `value`, which is None
where nothing was typed. Each says in one sentence how to write it. A day alone is its
field's `data`, as that of any field for days.
"""

import re
from datetime import date, time
from typing import Any, Generic, TypeVar

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Form, StringField
from wtforms.validators import StopValidation

from conexx_learn.domain.money import read_basis_points, read_cents
from conexx_learn.domain.people_import.days import read_day
from conexx_learn.domain.typed_numbers import UnreadableNumberError
from conexx_learn.web.language import gettext as _

T = TypeVar("T")
LONGEST_ENTRY = 60
MOST_DIGITS = 6
_HOUR = re.compile(r"[0-9]{1,2}:[0-9]{2}|[0-9]{2}:[0-9]{2}:[0-9]{2}")


class DayField(DateField):
    """A day; browsers send `2026-03-05`, people also type 5/3/2026.

    Its `data` is a day, or None; what cannot be read stays in the field as typed.
    """

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; blanks alone are nothing."""
        self.data = None
        entry = "".join(valuelist).strip()
        self.raw_data = [entry]
        if not entry:
            return
        try:
            # What a browser sends; which years are sensible is for the verbs to say.
            self.data = date.fromisoformat(entry)
        except ValueError as error:
            self.data = read_day(entry).day
            if self.data is None:
                raise ValueError(
                    _("There is no such day. Write it as 16/11/2026.")
                ) from error


class TypedField(StringField, Generic[T]):
    """A text that means something; subclasses say what."""

    unreadable = _l("This cannot be read.")
    value: T | None = None

    def meaning(self, entry: str) -> T:
        """Return what was typed.

        Raises:
            ValueError: It cannot be read.
        """
        raise NotImplementedError

    def pre_validate(self, form: Form) -> None:  # noqa: ARG002 (the signature is the library's)
        """Read what was typed, before the validators look at it."""
        entry = (self.data or "").strip()
        self.value = None
        if not entry:
            return
        try:
            if len(entry) > LONGEST_ENTRY:
                raise UnreadableNumberError(entry[:LONGEST_ENTRY])
            self.value = self.meaning(entry)
        except ValueError as error:
            raise StopValidation(self.unreadable) from error


class HourField(TypedField[time]):
    """An hour of the day: `17:00`."""

    unreadable = _l("Write the hour as 17:00.")

    def meaning(self, entry: str) -> time:
        """Return the hour; seconds are of no use here."""
        if not _HOUR.fullmatch(entry):
            raise ValueError(entry)
        return time.fromisoformat(entry.zfill(5)).replace(second=0)

    def __call__(self, **attributes: Any) -> Any:  # noqa: ANN401 (the library's own)
        """Offer the clock of the browser."""
        return super().__call__(**({"type": "time"} | attributes))


class SumField(TypedField[int]):
    """A sum of money, in cents."""

    unreadable = _l("Write a sum such as 1,700,000.50, without a minus.")

    def meaning(self, entry: str) -> int:
        """Return the cents."""
        return read_cents(entry)


class ShareField(TypedField[int]):
    """A percentage, in basis points."""

    unreadable = _l("Write a percentage from 0 to 100, such as 12.5.")

    def meaning(self, entry: str) -> int:
        """Return the basis points."""
        return read_basis_points(entry)


class CountField(TypedField[int]):
    """A whole number that is not negative."""

    unreadable = _l("Write a whole number.")

    def meaning(self, entry: str) -> int:
        """Return the number."""
        if not (entry.isascii() and entry.isdigit()) or len(entry) > MOST_DIGITS:
            raise ValueError(entry)
        return int(entry)
