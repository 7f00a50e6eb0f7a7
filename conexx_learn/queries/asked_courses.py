"""What plans ask of one person about one course, wherever the person belongs."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Integer, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness import facts
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.obligations import obligations
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Requirement, TrainingPlan
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.queries.institution_plans import plan_fact, requirement_fact
from conexx_learn.queries.institution_staffing import post_fact, unit_fact

USER = bindparam("user_id", type_=Integer)
COURSE = bindparam("course_id", type_=Integer)
TODAY = bindparam("today", type_=Date)
TOMORROW = bindparam("tomorrow", type_=Date)

_held = select(Appointment).where(Appointment.user_id == USER).subquery()
ASKED = (
    select(
        Institution.timezone,
        TrainingPlan,
        Requirement,
        Membership,
        Unit,
        Post,
        _held.c.id.label("appointment_id"),
        _held.c.kind,
        _held.c.from_on,
        _held.c.to_on,
    )
    .select_from(Requirement)
    .join(TrainingPlan, TrainingPlan.id == Requirement.plan_id)
    .join(Institution, Institution.id == TrainingPlan.institution_id)
    .join(
        Membership,
        and_(Membership.institution_id == Institution.id, Membership.user_id == USER),
    )
    .outerjoin(Unit, Unit.institution_id == Institution.id)
    .outerjoin(_held, _held.c.institution_id == Institution.id)
    .outerjoin(Post, and_(Post.id == _held.c.post_id, Post.unit_id == Unit.id))
    .where(
        Requirement.course_id == COURSE,
        # A day is another one on the other side of the world: looked at again below.
        TrainingPlan.approved_on <= TOMORROW,
        or_(TrainingPlan.superseded_on.is_(None), TrainingPlan.superseded_on >= TODAY),
        or_(TrainingPlan.completed_on.is_(None), TrainingPlan.completed_on >= TODAY),
    )
    .order_by(Requirement.id)
)


@dataclass(slots=True)
class _Place:
    """What is known of the person at one institution, each thing once by its key."""

    timezone: str
    plans: dict[int, TrainingPlan] = field(default_factory=dict)
    lines: dict[int, Requirement] = field(default_factory=dict)
    memberships: dict[int, facts.Period] = field(default_factory=dict)
    units: dict[int, facts.Unit] = field(default_factory=dict)
    posts: dict[int, facts.Post] = field(default_factory=dict)
    appointments: dict[int, facts.Appointment] = field(default_factory=dict)


def asking_requirements(
    session: Session,
    *,
    user_id: int,
    course_id: int,
    slug: str,
    major: int,
    now: datetime,
) -> list[int]:
    """List the requirements that ask a course of a person today; one statement.

    Only those that a certificate of this major version satisfies. Today is the day at
    each institution; where the person has left, nothing asks.

    Args:
        session: Where to read.
        user_id: Whom.
        course_id: Key of the course.
        slug: Of the course.
        major: Major version of the course that was completed.
        now: This moment.

    Returns:
        Keys, in their order.
    """
    places: dict[int, _Place] = {}
    values = {
        "user_id": user_id,
        "course_id": course_id,
        "today": now.date(),
        "tomorrow": now.date() + timedelta(days=1),
    }
    for row in session.execute(ASKED, values):
        timezone, plan, line, membership, unit, post = row[:6]
        place = places.setdefault(plan.institution_id, _Place(timezone))
        place.plans[plan.id] = plan
        place.lines[line.id] = line
        place.memberships[membership.id] = facts.Period(
            membership.from_on, membership.to_on
        )
        if unit is not None:
            place.units[unit.id] = unit_fact(unit)
        if post is not None:
            place.posts[post.id] = post_fact(post)
            place.appointments[row.appointment_id] = facts.Appointment(
                id=row.appointment_id,
                person_id=user_id,
                post_id=post.id,
                kind=facts.AppointmentKind(row.kind),
                from_on=row.from_on,
                to_on=row.to_on,
                ends_with_mandate=False,
            )
    return sorted(
        key
        for place in places.values()
        for key in _asking(place, user_id, slug, major, now)
    )


def _asking(
    place: _Place, user_id: int, slug: str, major: int, now: datetime
) -> list[int]:
    """Say by the rules of obligations which lines reach the person."""
    today = now.astimezone(ZoneInfo(place.timezone)).date()
    index = FactIndex(_facts(place, user_id, slug, today))
    return [
        key
        for owed in obligations(index, today)
        if owed.person_id == user_id
        for key in owed.requirement_ids
        if (place.lines[key].min_major or 0) <= major
    ]


def _facts(
    place: _Place, user_id: int, slug: str, today: date
) -> facts.InstitutionFacts:
    person = facts.Person(
        id=user_id,
        name="",
        identity="",
        has_mailbox=False,
        is_invited=True,
        weekly_hours=0,
        memberships=tuple(place.memberships.values()),
    )
    return facts.InstitutionFacts(
        as_of=today,
        mandate_ends_on=None,
        people=[person],
        units=tuple(place.units.values()),
        posts=tuple(place.posts.values()),
        appointments=tuple(place.appointments.values()),
        courses={},
        certificates=(),
        learning=(),
        plans=[_plan(plan, place, slug) for plan in place.plans.values()],
    )


def _plan(row: TrainingPlan, place: _Place, slug: str) -> facts.Plan:
    return plan_fact(
        row,
        (
            requirement_fact(line, slug, facts.Reason(line.reason_kind, ""))
            for line in place.lines.values()
            if line.plan_id == row.id
        ),
    )
