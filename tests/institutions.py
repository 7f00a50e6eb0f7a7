"""Rows of institutions for tests: units, posts, who sits there, courses, plans.

Plain functions whose every default is valid; a test states what matters to it.
"""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
)
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Requirement, TrainingPlan
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.queries.institution_facts import InstitutionPlace, institution_place
from tests.factories import (
    NOW,
    make_institution,
    make_membership,
    make_user,
    sign_in,
)

LONG_AGO = date(2024, 1, 1)
_numbers = itertools.count(1)


def real_today() -> date:
    """Return the day that pages of an institution in UTC ask the clock for."""
    return now().astimezone(UTC).date()


def in_days(days: int) -> date:
    """Return a day so many days from the day that pages see."""
    return real_today() + timedelta(days=days)


def place_of(session: Session, institution: Institution) -> InstitutionPlace:
    found = institution_place(session, slug=institution.slug)
    assert found is not None
    return found


def make_unit(
    session: Session,
    institution: Institution,
    name: str = "Proyectos",
    **overrides: Any,
) -> Unit:
    values: dict[str, Any] = {
        "institution_id": institution.id,
        "parent_id": None,
        "name": name,
        "is_pmu": False,
        "created_at": NOW,
    }
    unit = Unit(**(values | overrides))
    session.add(unit)
    session.flush()
    return unit


def make_post(
    session: Session, unit: Unit, profile: str = "PM", **overrides: Any
) -> Post:
    values: dict[str, Any] = {
        "institution_id": unit.institution_id,
        "unit_id": unit.id,
        "profile_code": profile,
        "title": f"{profile} {next(_numbers)}",
        "seats": 1,
        "active_from": LONG_AGO,
        "active_to": None,
        "created_at": NOW,
    }
    post = Post(**(values | overrides))
    session.add(post)
    session.flush()
    return post


def appoint(session: Session, user: User, post: Post, **overrides: Any) -> Appointment:
    values: dict[str, Any] = {
        "institution_id": post.institution_id,
        "post_id": post.id,
        "user_id": user.id,
        "kind": "holder",
        "from_on": LONG_AGO,
        "to_on": None,
        "ends_with_mandate": False,
        "created_at": NOW,
    }
    appointment = Appointment(**(values | overrides))
    session.add(appointment)
    session.flush()
    return appointment


def make_course(
    session: Session,
    slug: str,
    *,
    hours: int = 10,
    grants: tuple[tuple[str, int], ...] = (),
    prerequisites: tuple[str, ...] = (),
    is_live: bool = True,
) -> Course:
    """Make a course with one module of text and no quiz."""
    course = Course(slug=slug, created_at=NOW)
    session.add(course)
    session.flush()
    version = CourseVersion(
        course_id=course.id,
        major=1,
        minor=0,
        content_hash=f"{slug:0>64}"[:64],
        sanitiser_version="test",
        published_at=NOW,
        source_language="es",
        quarter_hours=hours * 4,
        access="members",
        validity_months=24,
        eqf_level=None,
        final_minutes=10,
        byte_count=1,
        facts={
            "grants": [
                {
                    "competency": code,
                    "level": level,
                    "titles": {"es": f"Saber {code}", "en": f"Knowing {code}"},
                }
                for code, level in grants
            ],
            "outcomes": [],
            "prerequisites": list(prerequisites),
            "assessment": ["quiz"],
            "participation": "online",
            "quality_assurance": None,
            "supervision": None,
            "ects": None,
        },
        change_note={},
        sources={},
    )
    session.add(version)
    session.flush()
    session.add_all(
        [
            CourseText(
                course_version_id=version.id,
                lang="es",
                title=f"Curso {slug.upper()}",
                summary="",
                outcomes={},
                body_html="",
                search_text=slug,
            ),
            Module(
                course_version_id=version.id,
                number=1,
                slug="only",
                minutes=30,
                quiz_minutes=0,
                task_minutes=0,
                required=True,
                valid_until=None,
                content_hash=f"{slug:0>64}"[:64],
            ),
        ]
    )
    if is_live:
        session.add(LiveVersion(course_id=course.id, course_version_id=version.id))
    session.flush()
    return course


def make_learner(
    session: Session, institution: Institution, full_name: str = "Ana", **overrides: Any
) -> User:
    """Make somebody who belongs to an institution."""
    user = make_user(session, full_name, **overrides)
    make_membership(session, user, "learner", institution)
    return user


def make_manager(
    session: Session, institution: Institution, full_name: str = "Lucía"
) -> User:
    """Make a training manager of an institution."""
    user = make_user(session, full_name)
    make_membership(session, user, "manager", institution)
    return user


def make_coordinator(session: Session, full_name: str = "Clara") -> User:
    """Make one of the coordination."""
    user = make_user(session, full_name)
    make_membership(session, user, "coordinator")
    return user


def enter(client: FlaskClient, session: Session, user: User) -> FlaskClient:
    """Sign somebody in and return their browser."""
    sign_in(client, session, user)
    return client


def make_plan(
    session: Session,
    institution: Institution,
    *lines: Requirement,
    is_approved: bool = True,
    **overrides: Any,
) -> TrainingPlan:
    """Make a plan with lines, in force since yesterday unless said otherwise."""
    values: dict[str, Any] = {
        "institution_id": institution.id,
        "series": next(_numbers),
        "version": 1,
        "title": "Plan de capacitación",
        "starts_on": in_days(-30),
        "ends_on": in_days(330),
        "target_bp": 9000,
        "hours_budget": None,
        "revision": 1,
        "created_at": NOW,
        "approved_on": in_days(-1) if is_approved else None,
        "act_reference": "Acuerdo 1" if is_approved else "",
        "act_on": in_days(-2) if is_approved else None,
    }
    plan = TrainingPlan(**(values | overrides))
    session.add(plan)
    session.flush()
    for ordinal, line in enumerate(lines, start=1):
        line.plan_id, line.ordinal = plan.id, ordinal
        session.add(line)
    session.flush()
    return plan


def requirement(course: Course, **overrides: Any) -> Requirement:
    """Make a line of a plan: everybody in a post owes a course in 200 days."""
    values: dict[str, Any] = {
        "audience_kind": "institution",
        "audience_key": "",
        "course_id": course.id,
        "due_on": in_days(200),
        "due_days": None,
        "weight": 2,
        "reason_kind": "other",
        "reason_text": "The council wants it",
    }
    return Requirement(**(values | overrides))


def moment(day: date) -> datetime:
    """Return noon of a day, in UTC."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def make_town(
    session: Session, slug: str = "xaltepec", **overrides: Any
) -> Institution:
    """Make an institution whose clocks show UTC, so that its days are those above."""
    return make_institution(session, slug, **({"timezone": "UTC"} | overrides))
