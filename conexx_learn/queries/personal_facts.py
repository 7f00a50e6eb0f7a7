"""What one person owes wherever they belong: the facts of each place, theirs alone.

Six statements, however many institutions, posts and requirements there are; two where
no plan asks anything, and none for somebody who belongs nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness import facts
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Exemption, TrainingPlan
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.queries.institution_evidence import (
    COURSES,
    certificates_statement,
    learning_statement,
    read_certificates,
    read_courses,
    read_learning,
)
from conexx_learn.queries.institution_facts import InstitutionPlace, place_of
from conexx_learn.queries.institution_plans import plans_statement, read_plans
from conexx_learn.queries.institution_staffing import post_fact, unit_fact

USER = bindparam("user_id", type_=Integer)
YESTERDAY = bindparam("yesterday", type_=Date)
TOMORROW = bindparam("tomorrow", type_=Date)


@dataclass(frozen=True, slots=True)
class PersonalPlace:
    """A person at one institution.

    Attributes:
        place: Where.
        known: Its plans, and of its people, posts and appointments this one's alone:
            seats of others look vacant in it.
    """

    place: InstitutionPlace
    known: facts.InstitutionFacts


@dataclass(slots=True)
class _Place:
    """What is known of the person at one institution, each thing once by its key."""

    row: Institution
    user: User
    memberships: dict[int, facts.Period] = field(default_factory=dict)
    units: dict[int, facts.Unit] = field(default_factory=dict)
    posts: dict[int, facts.Post] = field(default_factory=dict)
    appointments: dict[int, facts.Appointment] = field(default_factory=dict)


def personal_facts(
    session: Session, *, user_id: int, lang: str, now: datetime
) -> list[PersonalPlace]:
    """Return what is known of a person at each institution with a plan, by its key.

    Args:
        session: Where to read.
        user_id: Who.
        lang: Of course titles.
        now: This moment; today is the day at each institution.
    """
    values: dict[str, Any] = {
        "user_id": user_id,
        "lang": lang,
        "until": now,
        "yesterday": now.date() - timedelta(days=1),
        "tomorrow": now.date() + timedelta(days=1),
    }
    places = _places(session.execute(BELONGING, values).all())
    planned = _plans_by_place(session, values) if places else {}
    if not planned:
        return []
    courses, versions, titles = read_courses(session.execute(COURSES, values), lang)
    certificates = read_certificates(session.execute(MY_CERTIFICATES, values), versions)
    learning = read_learning(session.execute(MY_LEARNING, values))
    exempt = _exemptions_by_place(session.execute(MY_EXEMPTIONS, values).all())
    return [
        PersonalPlace(
            place_of(one.row),
            facts.InstitutionFacts(
                as_of=place_of(one.row).today(now),
                mandate_ends_on=one.row.mandate_ends_on,
                people=[_person(one)],
                units=tuple(one.units.values()),
                posts=tuple(one.posts.values()),
                appointments=tuple(one.appointments.values()),
                courses=courses,
                certificates=certificates,
                learning=learning,
                plans=planned[key],
                exemptions=exempt.get(key, ()),
                competencies=titles,
            ),
        )
        for key, one in sorted(places.items())
        if key in planned
    ]


# Where ------------------------------------------------------------------------------

_held = select(Appointment).where(Appointment.user_id == USER).subquery()
BELONGING: Select[*tuple[Any, ...]] = (
    select(
        Institution,
        User,
        Membership,
        Unit,
        Post,
        _held.c.id.label("appointment_id"),
        _held.c.kind,
        _held.c.from_on,
        _held.c.to_on,
        _held.c.ends_with_mandate,
    )
    .select_from(Membership)
    .join(User, User.id == Membership.user_id)
    .join(Institution, Institution.id == Membership.institution_id)
    .outerjoin(Unit, Unit.institution_id == Institution.id)
    .outerjoin(_held, _held.c.institution_id == Institution.id)
    .outerjoin(Post, and_(Post.id == _held.c.post_id, Post.unit_id == Unit.id))
    .where(
        Membership.user_id == USER,
        # A day is another one on the other side of the world: looked at again later.
        Membership.from_on <= TOMORROW,
        or_(Membership.to_on.is_(None), Membership.to_on >= YESTERDAY),
    )
    .order_by(Institution.id, Unit.name, Unit.id, Post.title, _held.c.id)
)


def _places(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[int, _Place]:
    places: dict[int, _Place] = {}
    for row in rows:
        institution, user, membership, unit, post = row[:5]
        place = places.setdefault(institution.id, _Place(institution, user))
        place.memberships[membership.id] = facts.Period(
            membership.from_on, membership.to_on
        )
        if unit is not None:
            place.units[unit.id] = unit_fact(unit)
        if post is not None:
            place.posts[post.id] = post_fact(post)
            place.appointments[row.appointment_id] = facts.Appointment(
                id=row.appointment_id,
                person_id=user.id,
                post_id=post.id,
                kind=facts.AppointmentKind(row.kind),
                from_on=row.from_on,
                to_on=row.to_on,
                ends_with_mandate=row.ends_with_mandate,
            )
    return places


def _person(one: _Place) -> facts.Person:
    return facts.Person(
        id=one.user.id,
        name=one.user.full_name,
        identity=one.user.email or one.user.username or "",
        has_mailbox=one.user.email is not None,
        # Who reads this has come in.
        is_invited=True,
        weekly_hours=one.user.weekly_learning_hours,
        memberships=tuple(one.memberships.values()),
    )


# What -------------------------------------------------------------------------------

_mine = select(Membership.institution_id).where(Membership.user_id == USER)
MY_PLANS = plans_statement(
    and_(
        TrainingPlan.institution_id.in_(_mine),
        TrainingPlan.approved_on <= TOMORROW,
        or_(
            TrainingPlan.superseded_on.is_(None),
            TrainingPlan.superseded_on >= YESTERDAY,
        ),
        or_(
            TrainingPlan.completed_on.is_(None), TrainingPlan.completed_on >= YESTERDAY
        ),
    )
).add_columns(TrainingPlan.institution_id)
MY_CERTIFICATES = certificates_statement(Certificate.user_id == USER)
MY_LEARNING = learning_statement(Enrolment.user_id == USER)
MY_EXEMPTIONS = (
    select(Exemption, Course.slug)
    .join(Course, Course.id == Exemption.course_id)
    .where(Exemption.user_id == USER, Exemption.approved_at.is_not(None))
)


def _plans_by_place(
    session: Session, values: dict[str, Any]
) -> dict[int, tuple[facts.Plan, ...]]:
    rows: dict[int, list[Any]] = {}
    for *row, institution_id in session.execute(MY_PLANS, values):
        rows.setdefault(institution_id, []).append(row)
    return {key: read_plans(found) for key, found in rows.items()}


def _exemptions_by_place(
    rows: Sequence[Row[Exemption, str]],
) -> dict[int, tuple[facts.Exemption, ...]]:
    found: dict[int, list[facts.Exemption]] = {}
    for row, slug in rows:
        period = facts.Period(row.from_on, row.until_on)
        found.setdefault(row.institution_id, []).append(
            facts.Exemption(row.user_id, slug, row.reason, period)
        )
    return {key: tuple(exempt) for key, exempt in found.items()}
