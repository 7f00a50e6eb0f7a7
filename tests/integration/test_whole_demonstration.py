"""The whole demonstration: dossiers at every stage, a certificate of each state."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import CertificateState
from conexx_learn.domain.errors import PrerequisiteError
from conexx_learn.models.accounts import User
from conexx_learn.models.graded_work import HandInAuthor
from conexx_learn.models.registry import db
from conexx_learn.queries.catalogue import course_place
from conexx_learn.queries.certificate_desk import register_page, waiting_certificates
from conexx_learn.queries.certification import certificate_by_number, certificates_of
from conexx_learn.queries.demonstration import numbers_by_fate
from conexx_learn.queries.prerequisites import prerequisites
from conexx_learn.queries.work_assessments import assessments_of
from conexx_learn.queries.work_rubrics import version_rubric
from conexx_learn.services.demo_dossiers import CRITERIA, OF_HEATING
from conexx_learn.services.demo_office import C2, C3, C4, C10
from conexx_learn.services.demo_people import ANA, ASSESSOR, TRAINER
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.marking import submit_marks
from conexx_learn.services.work_assessors import begin_assessment
from tests.conftest import _rolled_back
from tests.demonstration import load_demo, publish_every_course
from tests.factories import NOW
from tests.learning import ISSUING

FIRST = (C2, C3, C4)
LEVELS = {("K10", 3), ("K3", 3), ("K4", 3)}
TEAM = ("jon@harribide.example", "leire@harribide.example")


@pytest.fixture(scope="module")
def loaded(migrated_app: Flask) -> Iterator[Session]:
    """Load the demonstration once; each test looks at another person of it."""
    with migrated_app.app_context(), contextmanager(_rolled_back)(migrated_app):
        publish_every_course(db.session())
        assert load_demo()
        yield db.session()


def _id(session: Session, email: str) -> int:
    return session.scalars(select(User.id).where(User.email == email)).one()


def _granted(session: Session, email: str) -> set[tuple[str, int]]:
    """Return competencies and levels of somebody's certificate of the last course."""
    held = certificates_of(session, user_id=_id(session, email), today=NOW.date())
    return {
        (one.code, one.level)
        for certificate in held
        if certificate.claims.course_slug == C10
        for one in certificate.claims.competencies
    }


def test_the_criteria_are_those_of_the_rubric(loaded: Session) -> None:
    place = course_place(loaded, slug=C10, user_id=None)
    rubric = version_rubric(loaded, version_id=place.version_id, lang="es")
    assert rubric is not None
    assert tuple(one.id for one in rubric.criteria) == CRITERIA


def test_what_two_assessors_passed_is_certified(loaded: Session) -> None:
    assert _granted(loaded, "benat@harribide.example") == LEVELS
    rows = assessments_of(loaded, assessor_id=_id(loaded, TRAINER), lang="es")
    assert [row.is_decided for row in rows] == [True]


def test_who_holds_what_comes_first_may_begin(loaded: Session) -> None:
    user_id = _id(loaded, "miren@harribide.example")
    assert course_place(loaded, slug=C10, user_id=user_id).enrolment_id is None
    enrol(loaded, slug=C10, user_id=user_id, lang="es", now=NOW)
    assert course_place(loaded, slug=C10, user_id=user_id).enrolment_id


def test_who_lacks_a_certificate_is_told_which(loaded: Session) -> None:
    user_id = _id(loaded, ANA)
    first = prerequisites(loaded, slugs=FIRST, user_id=user_id, lang="en")
    assert [(one.slug, one.is_met) for one in first] == [
        (C2, False),
        (C3, True),
        (C4, False),
    ]
    with pytest.raises(PrerequisiteError):
        enrol(loaded, slug=C10, user_id=user_id, lang="es", now=NOW)


def test_a_second_assessor_decides_what_waits(loaded: Session) -> None:
    assessor_id = _id(loaded, ASSESSOR)
    (row,) = assessments_of(loaded, assessor_id=assessor_id, lang="es")
    assert (row.begun_at, row.is_decided) == (None, False)
    authors = loaded.scalars(
        select(User.email)
        .join(HandInAuthor, HandInAuthor.user_id == User.id)
        .where(HandInAuthor.hand_in_id == row.hand_in_id)
        .order_by(User.email)
    )
    assert tuple(authors) == TEAM
    assert not any(_granted(loaded, email) for email in TEAM)

    begin_assessment(loaded, assessment_id=row.id, assessor_id=assessor_id, now=NOW)
    loaded.flush()
    done = submit_marks(
        loaded,
        assessment_id=row.id,
        assessor_id=assessor_id,
        marks=OF_HEATING[1],
        issuing=ISSUING,
        now=NOW,
    )

    assert done.is_decided
    assert all(_granted(loaded, email) == LEVELS for email in TEAM)


def test_there_is_a_certificate_of_each_state(loaded: Session) -> None:
    found = register_page(
        loaded, query="", state=None, today=NOW.date(), page=1, size=200
    )
    waiting = waiting_certificates(loaded, today=NOW.date())

    assert {row.state for row in found.rows} == set(CertificateState) - {
        CertificateState.UNKNOWN
    }
    assert sorted(row.is_proposal for row in waiting) == [False, True]


def test_each_number_to_try_stands_as_its_word_says(loaded: Session) -> None:
    offered = numbers_by_fate(
        loaded, kinds=["suspended", "superseded", "revoked", "reinstated"]
    )

    found = {
        kind: certificate_by_number(loaded, number=number, today=NOW.date())
        for kind, number in offered.items()
    }
    assert {kind: held and held.verdict.state for kind, held in found.items()} == {
        "suspended": CertificateState.SUSPENDED,
        "superseded": CertificateState.SUPERSEDED,
        "revoked": CertificateState.REVOKED,
    }
