"""Announcing courses that are not written yet."""

from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.planned_courses import read_planned_courses
from conexx_learn.models.catalogue import Course, CourseVersion
from conexx_learn.queries.catalogue import course_place
from conexx_learn.queries.course_cards import course_list
from conexx_learn.services.demo_learning import begin_version
from conexx_learn.services.demo_scene import Cast
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.planned_courses import publish_planned_courses
from conexx_learn.services.progress import complete_module
from tests.factories import NOW, make_user
from tests.learning import ISSUING
from tests.published import publish_sample

PLAN = """
[water]
title = { es = "Agua", en = "Water" }
summary = { es = "De agua.", en = "Of water." }
hours = 2
validity_months = 24
eqf_level = 5
grants = [{ competency = "K1", level = 2 }]
modules = [
    { slug = "wells", minutes = 90, title = { es = "Pozos", en = "Wells" } },
    { slug = "pipes", minutes = 30, title = { es = "Tubos", en = "Pipes" } },
]
"""
PLANNED = read_planned_courses(PLAN)


@pytest.fixture(autouse=True)
def _standards(session: Session) -> None:
    load_standards(session, now=NOW)


def test_a_course_is_announced_once(session: Session) -> None:
    assert publish_planned_courses(session, now=NOW, planned=PLANNED) == ("water",)
    assert publish_planned_courses(session, now=NOW, planned=PLANNED) == ()
    (card,) = course_list(session, lang="en")
    assert (card.title, card.hours, card.module_count) == ("Water", Decimal(2), 2)
    assert card.is_in_preparation
    assert course_list(session, lang="es", search="pozos")


def test_a_course_that_has_a_version_is_not_announced(session: Session) -> None:
    publish_sample(session)
    text = PLAN.replace("[water]", "[small-course]")
    planned = read_planned_courses(text)
    assert publish_planned_courses(session, now=NOW, planned=planned) == ()


def test_the_real_course_takes_the_place_of_its_announcement(session: Session) -> None:
    planned = read_planned_courses(PLAN.replace("[water]", "[small-course]"))
    publish_planned_courses(session, now=NOW, planned=planned)
    assert publish_sample(session).changed
    (card,) = course_list(session, lang="es")
    assert not card.is_in_preparation
    user = make_user(session)
    place = enrol(session, slug="small-course", user_id=user.id, lang="es", now=NOW)
    assert place.version == (1, 0)


def test_nobody_can_enrol(session: Session) -> None:
    publish_planned_courses(session, now=NOW, planned=PLANNED)
    user = make_user(session)
    with pytest.raises(RuleError) as refused:
        enrol(session, slug="water", user_id=user.id, lang="es", now=NOW)
    assert refused.value.code == "course-in-preparation"
    assert not course_place(session, slug="water", user_id=user.id).is_enrolled


def test_nobody_reads_what_is_not_written(session: Session) -> None:
    publish_planned_courses(session, now=NOW, planned=PLANNED)
    user = make_user(session)
    version = session.scalars(
        select(CourseVersion).join(Course).where(Course.slug == "water")
    ).one()
    begin_version(Cast(session, {}, ISSUING, NOW), user.id, version, NOW)
    with pytest.raises(RuleError) as refused:
        complete_module(
            session,
            course="water",
            module="wells",
            user_id=user.id,
            lang="es",
            issuing=ISSUING,
            now=NOW,
        )
    assert refused.value.code == "course-in-preparation"
