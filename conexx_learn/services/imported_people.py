"""What a list of people would change, written: people, units, posts, appointments.

Rows go in lots: twenty thousand people take seconds, and on SQLite nobody else writes
meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.people_import import proposed_usernames
from conexx_learn.domain.people_import.changes import (
    Coming,
    ImportPlan,
    PlannedPerson,
    PlannedPost,
)
from conexx_learn.domain.permissions import Actor, Role
from conexx_learn.domain.search import folded
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.models.requests import Admission
from conexx_learn.queries.people_import import portions
from conexx_learn.services.admissions import record_asking
from conexx_learn.services.institutions import first_day
from conexx_learn.services.memberships import begin_membership
from conexx_learn.services.posts import MOST_SEATS


def store_plan(
    session: Session,
    place: Institution,
    plan: ImportPlan,
    now: datetime,
    by: Actor | None,
) -> None:
    """Write what a sound plan says, under the lock of the institution.

    Raises:
        IntegrityError: Somebody took one of the addresses at this very moment.
    """
    ids = _store_people(session, place, plan.people, now)
    new = [person for person in plan.people if person.coming is Coming.NEW]
    _ask_owners(session, place, new, ids, now, by)
    posts = _store_posts(session, place, plan, now)
    _store_appointments(session, place, plan, ids, posts, now, by)


def _store_people(
    session: Session, place: Institution, people: Sequence[PlannedPerson], now: datetime
) -> dict[int, int]:
    """Store who is new or comes back; return the identity of each person to its key."""
    new = [person for person in people if person.coming is Coming.NEW]
    ids = {id(one): one.user_id for one in people if one.user_id is not None}
    ids |= dict(zip(map(id, new), _store_accounts(session, new, now), strict=True))
    today = first_day(place, now)
    for person in people:
        if person.coming in {Coming.BACK, Coming.ELSEWHERE}:
            begin_membership(
                session,
                user_id=ids[id(person)],
                role=Role.LEARNER,
                institution_id=place.id,
                day=today,
            )
    mailboxes = [
        {"id": person.user_id, "email": person.email, "confirmed_at": None}
        for person in people
        if person.email and person.coming is not Coming.NEW
    ]
    if mailboxes:
        session.execute(update(User), mailboxes)
    _add_all(
        session,
        Membership,
        (
            {
                "user_id": ids[id(person)],
                "institution_id": place.id,
                "role": Role.LEARNER.value,
                "from_on": today,
            }
            for person in new
        ),
    )
    return ids


def _store_accounts(
    session: Session, new: Sequence[PlannedPerson], now: datetime
) -> list[int]:
    """Make an account for each, without a password, and return the keys in order."""
    usernames = _usernames(session, new)
    values: list[dict[str, object]] = [
        {
            "email": None if person.owner_id else person.email or None,
            "username": usernames.get(id(person)),
            "full_name": person.name,
            "active": True,
            "fs_uniquifier": uuid4().hex,
            "created_at": now,
        }
        for person in new
    ]
    _add_all(session, User, values)
    keys = [str(one["fs_uniquifier"]) for one in values]
    found: dict[str, int] = {}
    for some in portions(keys):
        rows = select(User.fs_uniquifier, User.id).where(User.fs_uniquifier.in_(some))
        found |= {row.fs_uniquifier: row.id for row in session.execute(rows)}
    return [found[key] for key in keys]


def _ask_owners(
    session: Session,
    place: Institution,
    new: Sequence[PlannedPerson],
    ids: Mapping[int, int],
    now: datetime,
    by: Actor | None,
) -> None:
    """Ask the owners of accounts from elsewhere for which new ones stand in."""
    for person in new:
        if person.owner_id:
            record_asking(session, person.owner_id, now)
    _add_all(
        session,
        Admission,
        (
            {
                "institution_id": place.id,
                "user_id": ids[id(person)],
                "owner_id": person.owner_id,
                "email": person.email or None,
                "username": person.username or None,
                "asked_by": by.user_id if by else None,
                "asked_at": now,
            }
            for person in new
            if person.owner_id
        ),
    )


def _usernames(session: Session, new: Sequence[PlannedPerson]) -> dict[int, str]:
    """Choose a free username for who has neither address nor username of their own."""
    chosen = {
        id(person): person.username
        for person in new
        if person.username and not person.owner_id
    }
    unnamed = [
        person
        for person in new
        if person.owner_id or not (person.username or person.email)
    ]
    names = [person.name for person in unnamed]
    taken = set(chosen.values())
    proposals = proposed_usernames(names, taken=taken)
    while clashes := _taken(session, proposals):
        taken |= clashes
        proposals = proposed_usernames(names, taken=taken)
    return chosen | dict(zip(map(id, unnamed), proposals, strict=True))


def _taken(session: Session, usernames: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in portions(usernames):
        found.update(
            name
            for name in session.scalars(
                select(User.username).where(User.username.in_(some))
            )
            if name is not None
        )
    return found


def _store_posts(
    session: Session, place: Institution, plan: ImportPlan, now: datetime
) -> Mapping[int, int]:
    """Open units and create posts; return the identity of each post to its key."""
    for name in plan.units:
        closed = session.scalars(
            select(Unit).where(Unit.institution_id == place.id, Unit.name == name)
        ).first()
        if closed is not None:
            closed.closed_on = None
        else:
            session.add(
                Unit(institution_id=place.id, name=name, is_pmu=False, created_at=now)
            )
    session.flush()
    units = {
        folded(unit.name): unit.id
        for unit in session.scalars(
            select(Unit).where(
                Unit.institution_id == place.id, Unit.closed_on.is_(None)
            )
        )
    }
    rows: list[tuple[PlannedPost, Post]] = []
    for planned in plan.posts:
        post = Post(
            institution_id=place.id,
            unit_id=units[folded(planned.unit)],
            title=planned.title,
            profile_code=planned.profile,
            seats=min(planned.seats, MOST_SEATS),
            active_from=first_day(place, now),
            created_at=now,
        )
        session.add(post)
        rows.append((planned, post))
    session.flush()
    made = {id(planned): post.id for planned, post in rows}
    there = {
        id(one.post): one.post.post_id
        for one in plan.appointments
        if one.post.post_id is not None
    }
    return made | there


def _store_appointments(
    session: Session,
    place: Institution,
    plan: ImportPlan,
    ids: Mapping[int, int],
    posts: Mapping[int, int],
    now: datetime,
    by: Actor | None,
) -> None:
    corrected = [
        {"id": one.appointment_id, **_term_values(one.term)}
        for one in plan.appointments
        if one.appointment_id is not None
    ]
    if corrected:
        session.execute(update(Appointment), corrected)
    _add_all(
        session,
        Appointment,
        (
            {
                "institution_id": place.id,
                "post_id": posts[id(one.post)],
                "user_id": ids[id(one.person)],
                **_term_values(one.term),
                "created_at": now,
                "created_by": by.user_id if by else None,
            }
            for one in plan.appointments
            if one.appointment_id is None
        ),
    )


def _term_values(term: Term) -> dict[str, object]:
    return {
        "kind": term.kind.value,
        "from_on": term.from_on,
        "to_on": term.to_on,
        "ends_with_mandate": term.ends_with_mandate,
    }


def _add_all(
    session: Session, table: type[Any], rows: Iterable[dict[str, object]]
) -> None:
    """Insert rows in one go; what is empty is written, or each is a lot of its own."""
    values = list(rows)
    if values:
        options = {"render_nulls": True}
        session.execute(insert(table), values, execution_options=options)
