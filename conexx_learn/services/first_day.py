"""The first day of an institution: its posts with their seats, and who is in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.people_import import ImportRow, RowProblem
from conexx_learn.domain.people_import.changes import ImportPlan
from conexx_learn.domain.permissions import Actor
from conexx_learn.domain.search import folded
from conexx_learn.domain.units import UnitTraits
from conexx_learn.models.institutions import Institution
from conexx_learn.models.posts import Post, Unit
from conexx_learn.queries.posts import post_list
from conexx_learn.services import audit
from conexx_learn.services.institutions import day_at, first_day, held_institution
from conexx_learn.services.people_import import store_rows
from conexx_learn.services.posts import MOST_SEATS
from conexx_learn.services.units import open_unit, unit_name

LINES_APART = 100_000
"""Lines of the lists of different posts are told apart by multiples of this."""


@dataclass(frozen=True, slots=True)
class StaffedPost:
    """A post as it is entered on the first day.

    Attributes:
        key: By which the page knows it.
        profile: Code of its job profile.
        title: As people call it.
        unit: Name of its unit, which is opened where it is not there.
        is_pmu: Whether a unit that is opened runs externally financed projects.
        seats: How many people it wants; 0 for a post that there is not.
        ends_with_mandate: Whether who is named leaves with the mandate.
        rows: Who is in it.
    """

    key: str
    profile: str
    title: str
    unit: str
    is_pmu: bool
    seats: int
    ends_with_mandate: bool
    rows: tuple[ImportRow, ...] = ()


def staff_posts(
    session: Session,
    *,
    institution_id: int,
    posts: Sequence[StaffedPost],
    since: date | None,
    now: datetime,
    by: Actor | None,
) -> Mapping[str, list[RowProblem]]:
    """Create the posts that are not there, and put people into them, all or nothing.

    The same again changes nothing. A post gets a seat for each of its people, if more
    are named than it has seats; who is named in two posts is one person.

    Args:
        session: Where to write.
        institution_id: Where.
        posts: What was entered.
        since: First day of the appointments; None where nobody knows it.
        now: This moment.
        by: Who enters it; None at the shell.

    Returns:
        Key of a post to its problems, with lines of its own list; empty where
        everything was stored.

    Raises:
        ShapeError: A title or a unit is empty or too long.
    """
    place = held_institution(session, institution_id)
    wanted = [post for post in posts if post.seats or post.rows]
    with session.begin_nested() as attempt:
        plan = _settle(session, place, wanted, since, now, by)
        if plan.problems:
            attempt.rollback()
    if plan.problems:
        return _by_post(wanted, plan.problems)
    audit.record(
        session,
        act="first-day",
        thing=f"institution:{place.slug}",
        now=now,
        institution_id=place.id,
        posts=len(wanted),
        people=len(plan.people),
    )
    return {}


def _settle(
    session: Session,
    place: Institution,
    wanted: Sequence[StaffedPost],
    since: date | None,
    now: datetime,
    by: Actor | None,
) -> ImportPlan:
    """Write posts and people; where there are problems, it is to be taken back."""
    for post in wanted:
        _settle_post(session, place, post, now)
    session.flush()
    rows = [
        replace(
            row,
            line=row.line + number * LINES_APART,
            unit=post.unit,
            post=post.title,
            from_on=row.from_on or since,
            ends_with_mandate=post.ends_with_mandate or None,
        )
        for number, post in enumerate(wanted)
        for row in post.rows
    ]
    plan = store_rows(session, institution_id=place.id, rows=rows, now=now, by=by)
    if not plan.problems:
        _seat_everybody(session, place, wanted, now)
    return plan


def _settle_post(
    session: Session, place: Institution, wanted: StaffedPost, now: datetime
) -> None:
    """Create a post, or give one that is there the seats that are wanted."""
    unit_id = _unit(session, place, wanted, now)
    seats = min(max(wanted.seats, len(wanted.rows), 1), MOST_SEATS)
    title = unit_name(wanted.title)
    lasting = session.scalars(
        select(Post).where(
            Post.unit_id == unit_id,
            or_(Post.active_to.is_(None), Post.active_to >= day_at(place, now)),
        )
    )
    there = next((one for one in lasting if folded(one.title) == folded(title)), None)
    if there is not None:
        there.seats = seats
        return
    session.add(
        Post(
            institution_id=place.id,
            unit_id=unit_id,
            profile_code=wanted.profile,
            title=title,
            seats=seats,
            active_from=first_day(place, now),
            created_at=now,
        )
    )


def _seat_everybody(
    session: Session, place: Institution, posts: Sequence[StaffedPost], now: datetime
) -> None:
    """Give each of some posts a seat for whoever is in it today."""
    session.flush()
    meant = {(folded(post.unit), folded(post.title)) for post in posts}
    for row in post_list(session, institution_id=place.id, day=day_at(place, now)):
        is_meant = (folded(row.unit), folded(row.traits.title)) in meant
        if is_meant and row.surplus and row.holders <= MOST_SEATS:
            session.get_one(Post, row.id).seats = row.holders


def _unit(
    session: Session, place: Institution, wanted: StaffedPost, now: datetime
) -> int:
    name = unit_name(wanted.unit)
    units = session.scalars(
        select(Unit).where(Unit.institution_id == place.id, Unit.closed_on.is_(None))
    )
    there = next((one for one in units if folded(one.name) == folded(name)), None)
    if there is not None:
        return there.id
    traits = UnitTraits(name, is_pmu=wanted.is_pmu)
    return open_unit(session, institution_id=place.id, traits=traits, now=now)


def _by_post(
    wanted: Sequence[StaffedPost], problems: Sequence[RowProblem]
) -> dict[str, list[RowProblem]]:
    found: dict[str, list[RowProblem]] = {}
    for problem in problems:
        number, line = divmod(problem.line, LINES_APART)
        place = replace(problem, line=line)
        found.setdefault(wanted[number].key, []).append(place)
    return found
