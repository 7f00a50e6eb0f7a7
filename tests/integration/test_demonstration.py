"""The demonstration: fictional people, real courses, loaded once."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import CertificateState
from conexx_learn.domain.progress import Step
from conexx_learn.domain.section_questions import QuestionState
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.course_reviews import CourseReview
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.queries.catalogue import course_place, outline_of
from conexx_learn.queries.certification import certificates_of
from conexx_learn.queries.section_questions import moments_of
from conexx_learn.services.course_checking import PROJECT_COURSES, check_folder
from conexx_learn.services.demo_people import ANA, CARLA, FIDEL, SAUL
from conexx_learn.services.demo_review import ENGLISH, SPANISH
from conexx_learn.services.demo_stories import FIRST_COURSE, LONG_COURSE
from conexx_learn.services.demonstration import DEMO_COURSES, DRAFT
from conexx_learn.services.draft_reading import draft_of
from tests.demonstration import (
    load_demo,
    load_whole_demo,
)
from tests.factories import NOW, make_user

CONTRACT_ACCOUNTS = [
    ("ana@xaltepec.example", "learner", "xaltepec"),
    ("carla@xaltepec.example", "learner", "xaltepec"),
    ("manager@xaltepec.example", "manager", "xaltepec"),
    ("manager@izalpa.example", "manager", "izalpa"),
    ("trainer@conexx.example", "trainer", None),
    ("assessor@conexx.example", "trainer", None),
    ("coordinator@conexx.example", "coordinator", None),
    ("coordinator2@conexx.example", "coordinator", None),
    ("observer@asociacion.example", "observer", "asociacion"),
    ("alcaldia@xaltepec.example", "manager", "xaltepec"),
]


def _id(session: Session, email: str) -> int:
    return session.scalars(select(User.id).where(User.email == email)).one()


def test_every_account_of_the_contract_has_its_role(session: Session) -> None:
    assert load_demo()
    rows = session.execute(
        select(User.email, Membership.role, Institution.slug)
        .join(Membership, Membership.user_id == User.id)
        .outerjoin(Institution, Institution.id == Membership.institution_id)
    )
    assert set(CONTRACT_ACCOUNTS) <= {tuple(row) for row in rows}


def test_every_institution_of_the_contract_is_there(session: Session) -> None:
    load_demo()
    slugs = set(session.scalars(select(Institution.slug)))
    assert {"xaltepec", "izalpa", "harribide", "chorti-sur", "san-jacinto"} <= slugs


def test_one_technician_has_no_mailbox(session: Session) -> None:
    load_demo()
    person = session.scalars(select(User).where(User.username == FIDEL)).one()
    assert person.email is None
    assert person.password is not None


def test_who_was_not_invited_cannot_sign_in(session: Session) -> None:
    load_demo()
    without = session.scalars(select(User).where(User.password.is_(None))).all()
    assert [user.email for user in without] == ["tania@izalpa.example"]
    assert without[0].confirmed_at is None


def test_loading_again_does_nothing(session: Session) -> None:
    load_whole_demo(session)
    counts = [session.scalar(select(func.count(t.id))) for t in (User, Certificate)]
    assert not load_demo(now=NOW + timedelta(days=1))
    again = [session.scalar(select(func.count(t.id))) for t in (User, Certificate)]
    assert again == counts


def test_a_database_with_an_account_is_left_alone(session: Session) -> None:
    make_user(session)
    session.commit()
    assert not load_demo()
    assert session.scalar(select(func.count(User.id))) == 1


def test_people_come_without_courses_too(session: Session) -> None:
    assert load_demo()
    assert session.scalar(select(func.count(Certificate.id))) == 0


def test_ana_goes_on_with_module_5(session: Session) -> None:
    load_whole_demo(session)
    place = course_place(session, slug=LONG_COURSE, user_id=_id(session, ANA))
    outline = outline_of(session, place, "es")
    following = outline.next_step
    assert following.step is Step.READ
    assert following.module is not None
    assert following.module.number == 5
    quizzes = [module.quiz for module in outline.modules[:4]]
    assert all(quiz and quiz.grade and quiz.grade.passed for quiz in quizzes)


@pytest.mark.parametrize(
    ("email", "state"),
    [
        pytest.param(ANA, CertificateState.VALID, id="ana"),
        pytest.param(SAUL, CertificateState.REVOKED, id="saul"),
    ],
)
def test_there_is_a_valid_and_a_revoked_certificate(
    session: Session, email: str, state: CertificateState
) -> None:
    load_whole_demo(session)
    user_id = _id(session, email)
    (held,) = certificates_of(session, user_id=user_id, today=NOW.date())
    assert held.claims.course_slug == FIRST_COURSE
    assert held.verdict.state is state
    assert held.claims.demo


def test_the_revocation_has_two_different_approvals(session: Session) -> None:
    load_whole_demo(session)
    user_id = _id(session, SAUL)
    (held,) = certificates_of(session, user_id=user_id, today=NOW.date())
    approvals = [event for event in held.events if event.reason]
    assert [event.reason for event in approvals] == ["issued-in-error"] * 2
    assert len({event.by for event in approvals}) == 2


def test_carla_has_not_passed_her_final(session: Session) -> None:
    load_whole_demo(session)
    place = course_place(session, slug=FIRST_COURSE, user_id=_id(session, CARLA))
    final = outline_of(session, place, "es").final
    assert final is not None
    assert final.grade is not None
    assert final.grade.passed is False
    assert final.grade.earned > 0


def test_a_change_of_the_first_course_waits_for_a_second_trainer(
    session: Session,
) -> None:
    load_whole_demo(session)
    assert session.scalars(
        select(CourseReview.slug).where(CourseReview.state == "open")
    ).all() == [FIRST_COURSE]
    changed = draft_of(session, slug=FIRST_COURSE, homes=(PROJECT_COURSES,)).changed
    assert sorted(changed) == [ENGLISH, SPANISH]


def test_the_draft_has_one_deliberate_warning(app: Flask) -> None:
    load_demo()
    folder = Path(app.instance_path) / DEMO_COURSES / DRAFT
    problems = check_folder(folder, today=NOW.date())
    assert [problem.code for problem in problems] == ["W312"]


def test_a_draft_that_somebody_changed_stays(app: Flask) -> None:
    load_demo()
    file = Path(app.instance_path) / DEMO_COURSES / DRAFT / "course.es.md"
    before = file.read_text(encoding="utf-8")
    file.write_text(before + "\nMás texto.\n", encoding="utf-8")
    load_demo()
    assert "Más texto." in file.read_text(encoding="utf-8")
    file.write_text(before, encoding="utf-8")


def test_learners_asked_and_a_trainer_answered(session: Session) -> None:
    load_whole_demo(session)

    rows = session.scalars(select(SectionQuestion).order_by(SectionQuestion.id)).all()

    assert [moments_of(row).state for row in rows] == [
        QuestionState.PUBLISHED,
        QuestionState.PUBLISHED,
        QuestionState.WAITING,
    ]
    assert [row.lang for row in rows] == ["en", "es", "es"]
    assert all(row.heading for row in rows)
    assert rows[-1].due_at > NOW
