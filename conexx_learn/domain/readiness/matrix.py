"""Who needs what: people and vacant seats against courses, or a selection of them.

A selection narrows what is judged, not what is true: what somebody owes besides stays
known as such, so that an empty cell always means that nothing is required there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.obligations import Seat
from conexx_learn.domain.readiness.scopes import of_post, of_unit
from conexx_learn.domain.readiness.standings import Judgement, Standing
from conexx_learn.domain.readiness.tally import CRITICAL


class Trait(StrEnum):
    """What may be asked for besides a standing; some of it lies across standings.

    Attributes:
        OVERDUE: Not met, and the day is past.
        DUE: The day has come, met or not.
        UNMET: Still to be met.
        CRITICAL: Still to be met, and of weight 3.
        UNDATED: Owed through an appointment whose beginning nobody entered.
    """

    OVERDUE = "overdue"
    DUE = "due"
    UNMET = "unmet"
    CRITICAL = "critical"
    UNDATED = "undated"


CALLS_FOR_ATTENTION = frozenset(
    {
        Standing.VACANT,
        Standing.EXPIRING,
        Standing.SUSPENDED,
        Standing.BLOCKED,
        Standing.EXPIRED,
        Standing.REVOKED,
        Standing.NOT_INVITED,
    }
)
"""Standings that do not mend themselves; what is overdue or undated calls as well."""

NOT_BEGUN = frozenset({Standing.NOT_STARTED, Standing.LOCKED, Standing.NOT_INVITED})


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the matrix is wanted; None and False want everything.

    Attributes:
        post_id: Only what is owed in a post.
        unit_id: Only what is owed in a unit and in the units inside it.
        wanted: Only what stands so.
        attention: Only what calls for attention.
    """

    post_id: int | None = None
    unit_id: int | None = None
    wanted: Standing | Trait | None = None
    attention: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A person, or a vacant seat.

    Attributes:
        person_id: Who; None for a seat.
        seat: Which; None for a person.
        post_ids: The posts that they are in, or the post of the seat.
        cells: Course to what is owed of it, as far as it is selected.
        others: Courses that are owed as well, and not selected.
    """

    person_id: int | None
    seat: Seat | None
    post_ids: tuple[int, ...]
    cells: dict[str, Judgement]
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The selected part of who needs what.

    Attributes:
        courses: The columns, by the competency that they grant, as in the catalogue.
        rows: By unit, post and name; vacant seats after the people of their post.
        judged: Everything that is selected.
    """

    courses: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    judged: tuple[Judgement, ...]


def matrix(
    index: FactIndex,
    judged: Sequence[Judgement],
    day: date,
    selection: Selection | None = None,
) -> Matrix:
    """Set who needs what side by side.

    Args:
        index: The facts.
        judged: Of everybody, in reading order.
        day: That it was judged for.
        selection: What of it is wanted; None for all.
    """
    chosen = _chosen(index, judged, day, selection or Selection())
    owed: dict[tuple[int | None, Seat | None], dict[str, Judgement]] = {}
    for one in chosen:
        of_row = owed.setdefault(_row_key(one), {})
        of_row[one.obligation.course] = one
    besides: dict[tuple[int | None, Seat | None], set[str]] = {
        key: set() for key in owed
    }
    for one in judged:
        key, course = _row_key(one), one.obligation.course
        if key in owed and course not in owed[key]:
            besides[key].add(course)
    courses = {one.obligation.course for one in chosen}
    return Matrix(
        courses=tuple(sorted(courses, key=lambda slug: _column_order(index, slug))),
        rows=tuple(
            MatrixRow(
                person_id=key[0],
                seat=key[1],
                post_ids=_posts(index, *key, day),
                cells=cells,
                others=frozenset(besides[key]),
            )
            for key, cells in owed.items()
        ),
        judged=tuple(chosen),
    )


def course_code(index: FactIndex, course: str) -> str:
    """Return the first competency that a course grants, which people know it by."""
    known = index.facts.courses.get(course)
    return known.grants[0][0] if known and known.grants else ""


def _column_order(index: FactIndex, course: str) -> tuple[int, tuple[str, str]]:
    """Put K2 before K10, and what grants nothing first."""
    digits = "".join(filter(str.isdecimal, course_code(index, course)))
    return int(digits or 0), index.course_order(course)


def is_undated(index: FactIndex, one: Judgement, day: date) -> bool:
    """Say whether something is owed through an appointment without a beginning."""
    owed = one.obligation
    if owed.person_id is None or not one.is_unmet:
        return False
    return any(
        appointment.from_on is None and appointment.post_id in owed.post_ids
        for appointment in index.staffing(day).appointments[owed.person_id]
    )


def calls_for_attention(index: FactIndex, one: Judgement, day: date) -> bool:
    """Say whether somebody has to do something beyond learning."""
    return (
        one.standing in CALLS_FOR_ATTENTION
        or one.is_overdue
        or is_undated(index, one, day)
    )


def _chosen(
    index: FactIndex,
    judged: Sequence[Judgement],
    day: date,
    selection: Selection,
) -> Sequence[Judgement]:
    if selection.post_id is not None:
        judged = of_post(judged, selection.post_id)
    if selection.unit_id is not None:
        judged = of_unit(judged, index, selection.unit_id)
    if selection.attention:
        judged = [one for one in judged if calls_for_attention(index, one, day)]
    if selection.wanted is not None:
        fits = _test(index, selection.wanted, day)
        judged = [one for one in judged if fits(one)]
    return judged


def _test(
    index: FactIndex, wanted: Standing | Trait, day: date
) -> Callable[[Judgement], bool]:
    """Return the question whether something stands as it is wanted."""
    match wanted:
        case Trait.OVERDUE:
            return lambda one: one.is_overdue
        case Trait.DUE:
            return lambda one: (
                one.obligation.due_on is not None
                and one.obligation.due_on <= day
                and not one.is_exempt
            )
        case Trait.UNMET:
            return lambda one: one.is_unmet
        case Trait.CRITICAL:
            return lambda one: one.is_unmet and one.obligation.weight >= CRITICAL
        case Trait.UNDATED:
            return lambda one: is_undated(index, one, day)
        case Standing():
            return lambda one: one.standing is wanted


def _row_key(one: Judgement) -> tuple[int | None, Seat | None]:
    return one.obligation.person_id, one.obligation.seat


def _posts(
    index: FactIndex, person_id: int | None, seat: Seat | None, day: date
) -> tuple[int, ...]:
    if person_id is None:
        return (seat.post_id,) if seat is not None else ()
    held = index.staffing(day).appointments[person_id]
    return tuple(dict.fromkeys(appointment.post_id for appointment in held))


def people_and_seats(rows: Iterable[MatrixRow]) -> tuple[int, int]:
    """Count the people and the vacant seats of some rows."""
    people = [row.person_id is not None for row in rows]
    return sum(people), len(people) - sum(people)
