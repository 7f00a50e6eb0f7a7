"""Rules of appointments: a person is in a post once at a time."""

from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.fingerprints import fingerprint
from conexx_learn.domain.readiness.facts import AppointmentKind

FIRST_DAY = date(1950, 1, 1)
LAST_DAY = date(2100, 12, 31)
"""Appointments, posts and memberships begin and end between these, both inclusive."""


@dataclass(frozen=True, slots=True)
class Term:
    """How and when a person is in a post.

    Attributes:
        kind: Whether they take a seat.
        from_on: First day; None where nobody knows it yet.
        to_on: Last day, inclusive, or None.
        ends_with_mandate: Whether they leave with the political mandate.
    """

    kind: AppointmentKind = AppointmentKind.HOLDER
    from_on: date | None = None
    to_on: date | None = None
    ends_with_mandate: bool = False

    @property
    def is_sensible(self) -> bool:
        """Whether its days are in range and in their order."""
        begin, end = self.from_on, self.to_on
        in_order = begin is None or end is None or begin <= end
        return is_sensible(begin) and is_sensible(end) and in_order

    @property
    def fingerprint(self) -> str:
        """What changes when one of its values does."""
        return fingerprint(
            str(self.kind), str(self.from_on), str(self.to_on), self.ends_with_mandate
        )

    def overlaps(self, other: "Term") -> bool:
        """Say whether both have a day in common."""
        return overlap(self.from_on, self.to_on, other.from_on, other.to_on)


def overlap(
    from_on: date | None,
    to_on: date | None,
    other_from_on: date | None,
    other_to_on: date | None,
) -> bool:
    """Say whether two times have a day in common; both ends are inclusive.

    Args:
        from_on: First day; None for one that nobody entered, as early as can be.
        to_on: Last day; None for no end.
        other_from_on: Of the other time.
        other_to_on: Of the other time.

    Example:
        >>> ten, eleven = date(2026, 3, 10), date(2026, 3, 11)
        >>> overlap(None, ten, ten, None), overlap(None, ten, eleven, None)
        (True, False)
    """
    return (from_on or date.min) <= (other_to_on or date.max) and (
        other_from_on or date.min
    ) <= (to_on or date.max)


def is_sensible(day: date | None) -> bool:
    """Say whether a day may stand in an appointment; None may."""
    return day is None or FIRST_DAY <= day <= LAST_DAY
