"""What an institution has, read for the comparison with a list of people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.people_import import ImportRow
from conexx_learn.domain.people_import.known import (
    KnownAppointment,
    KnownInstitution,
    KnownPerson,
    KnownPost,
)
from conexx_learn.domain.permissions import Actor, Place, Role, holds, may_reset
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.search import folded
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.models.requests import Admission
from conexx_learn.queries.frameworks import JobProfile, job_profiles
from conexx_learn.queries.identities import SHOWN_EMAIL, SHOWN_USERNAME, STANDS_IN

AT_ONCE = 5000
"""Values in one statement; databases take some thirty thousand."""


def known_institution(
    session: Session,
    *,
    institution_id: int,
    name: str,
    lang: str,
    today: date,
    rows: Sequence[ImportRow],
    by: Actor | None,
) -> KnownInstitution:
    """Read what a list is compared with: seven statements, and one a 5000 identities.

    Args:
        session: Where to read.
        institution_id: Which institution.
        name: Of the institution.
        lang: In which titles of job profiles become titles of posts.
        today: The day there.
        rows: The list, whose addresses and usernames are looked up elsewhere.
        by: Who imports; None at the shell.
    """
    people = _people(session, institution_id, today, by)
    posts = _posts(session, institution_id, today)
    profiles = job_profiles(session)
    titles = {
        profile.code: profile.titles.get(lang) or profile.titles["es"]
        for profile in profiles
    }
    return KnownInstitution(
        today=today,
        name=name,
        people=people,
        units=_units(session, institution_id),
        posts=posts,
        appointments=_appointments(
            session, institution_id, {post.id for post in posts}
        ),
        profiles=_words(profiles),
        profile_titles=titles,
        strangers=_strangers(session, people, rows),
        takes_strangers=by is None or holds(by, Role.COORDINATOR),
    )


def profile_words(session: Session) -> Mapping[str, str]:
    """Return folded code or title to the code of a job profile; one statement."""
    return _words(job_profiles(session))


def _words(profiles: Iterable[JobProfile]) -> dict[str, str]:
    return {
        folded(word): profile.code
        for profile in profiles
        for word in (profile.code, *profile.titles.values())
    }


def _people(
    session: Session, institution_id: int, today: date, by: Actor | None
) -> list[KnownPerson]:
    """List who belongs or belonged here, and whether their address is ours to write."""
    here = select(Membership.user_id).where(Membership.institution_id == institution_id)
    places: defaultdict[int, list[Place]] = defaultdict(list)
    lasting = select(
        Membership.user_id, Membership.role, Membership.institution_id
    ).where(
        Membership.user_id.in_(here),
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    for row in session.execute(lasting):
        places[row.user_id].append(Place(Role(row.role), row.institution_id))
    declined = exists().where(
        Admission.user_id == User.id, Admission.decision == "refused"
    )
    rows = session.execute(
        select(
            User.id,
            User.full_name,
            SHOWN_EMAIL.label("email"),
            SHOWN_USERNAME.label("username"),
            declined.label("has_declined"),
            STANDS_IN.label("stands_in"),
        )
        .where(User.id.in_(here), User.active.is_(True))
        .order_by(User.id)
    )
    return [
        KnownPerson(
            id=row.id,
            name=row.full_name,
            email=row.email or "",
            username=row.username or "",
            is_here=any(
                place.institution_id == institution_id for place in places[row.id]
            ),
            is_theirs=not row.stands_in
            and (by is None or may_reset(by, places[row.id])),
            has_declined=bool(row.has_declined),
        )
        for row in rows
    ]


def _units(session: Session, institution_id: int) -> dict[int, str]:
    rows = session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.institution_id == institution_id, Unit.closed_on.is_(None))
        .order_by(Unit.name)
    )
    return {row.id: row.name for row in rows}


def _posts(session: Session, institution_id: int, today: date) -> list[KnownPost]:
    rows = session.scalars(
        select(Post)
        .where(
            Post.institution_id == institution_id,
            or_(Post.active_to.is_(None), Post.active_to >= today),
        )
        .order_by(Post.id)
    )
    return [
        KnownPost(row.id, row.unit_id, row.title, row.profile_code, row.seats)
        for row in rows
    ]


def _appointments(
    session: Session, institution_id: int, post_ids: set[int]
) -> list[KnownAppointment]:
    rows = session.execute(
        select(
            Appointment.id,
            Appointment.user_id,
            Appointment.post_id,
            Appointment.kind,
            Appointment.from_on,
            Appointment.to_on,
            Appointment.ends_with_mandate,
        ).where(Appointment.institution_id == institution_id)
    )
    return [
        KnownAppointment(
            row.id,
            row.user_id,
            row.post_id,
            Term(
                AppointmentKind(row.kind),
                row.from_on,
                row.to_on,
                row.ends_with_mandate,
            ),
        )
        for row in rows
        if row.post_id in post_ids
    ]


def _strangers(
    session: Session, people: Iterable[KnownPerson], rows: Sequence[ImportRow]
) -> dict[str, int]:
    """Return who of the list has an account elsewhere: identity to key."""
    ours = {identity for one in people for identity in (one.email, one.username)}
    found = _owners(session, User.email, {row.email for row in rows} - ours)
    return found | _owners(
        session, User.username, {row.username for row in rows} - ours
    )


def _owners(
    session: Session,
    column: InstrumentedAttribute[str | None],
    wanted: Iterable[str],
) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in portions(sorted(filter(None, wanted))):
        rows = session.execute(select(column, User.id).where(column.in_(some)))
        found.update({identity: key for identity, key in rows if identity})
    return found


def portions(values: Sequence[str]) -> Iterator[list[str]]:
    """Cut values into lists that fit into one statement."""
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some
