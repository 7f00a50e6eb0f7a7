"""What learners did is read in few statements, and only of whom a trainer sees."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from conexx_learn.domain.course_activity import FINAL, LearnerTrace
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import User
from conexx_learn.models.folder import ModuleWork
from conexx_learn.queries.course_activity import (
    CourseTraces,
    appeal_counts,
    course_traces,
    taught_course,
)
from conexx_learn.services.enrolment import enrol
from tests.factories import NOW, make_institution, make_membership
from tests.learning import (
    SMALL,
    begin_attempt,
    complete_small_course,
    enrolled_user,
    pass_quiz,
    read_module,
    submit,
)
from tests.published import edited_copy, publish_sample, version

DAY = timedelta(days=1)
PLATFORM = Actor(user_id=0, places=(Place(Role.TRAINER, None),))


@pytest.fixture(autouse=True)
def _published(session: Session) -> None:
    publish_sample(session)


def found(session: Session, actor: Actor = PLATFORM) -> CourseTraces:
    course = taught_course(session, slug=SMALL, lang="en")
    return course_traces(session, course_id=course.id, actor=actor, today=NOW.date())


def trace_of(session: Session, user: User) -> LearnerTrace:
    (one,) = (one for one in found(session).traces if one.user_id == user.id)
    return one


def test_a_course_has_versions_and_the_modules_of_the_live_one(
    session: Session, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = edited_copy(tmp_path_factory.mktemp("raised"), version("1.1"))
    publish_sample(session, folder=folder)

    course = taught_course(session, slug=SMALL, lang="en")

    assert list(course.versions.values()) == ["1.1", "1.0"]
    assert [one.slug for one in course.modules] == ["the-well", "the-pump"]
    assert course.modules[0].title == "The well"
    assert [one.has_graded_quiz for one in course.modules] == [True, False]
    spanish = taught_course(session, slug=SMALL, lang="es")
    assert spanish.title != course.title
    assert spanish.modules[0].title == "El pozo"


def test_a_language_that_the_course_lacks_is_answered_in_one_that_it_has(
    session: Session,
) -> None:
    course = taught_course(session, slug=SMALL, lang="pt")

    assert course.title
    assert [one.title for one in course.modules] == ["The well", "The pump"]


def test_what_is_no_course_is_not_there(session: Session) -> None:
    with pytest.raises(NotFoundError):
        taught_course(session, slug="no-such-course", lang="en")


def test_a_trace_holds_what_was_read_and_passed(session: Session) -> None:
    ana = enrolled_user(session)
    read_module(session, ana, "the-well", now=NOW + DAY)
    pass_quiz(session, ana, "the-well", now=NOW + 2 * DAY)

    trace = trace_of(session, ana)

    assert trace.completed == (("the-well", NOW + DAY),)
    assert trace.passed == {"the-well"}
    assert trace.started_at == NOW
    assert trace.last_active_at == NOW + 2 * DAY
    assert (trace.ended_at, trace.has_certificate) == (None, False)


def test_a_completed_course_shows_its_certificate(session: Session) -> None:
    ana = enrolled_user(session)
    complete_small_course(session, ana, now=NOW + DAY)

    trace = trace_of(session, ana)

    assert trace.ended_at == NOW + DAY
    assert trace.has_certificate
    assert trace.passed == {"the-well", FINAL}


def test_a_failed_attempt_is_activity_and_no_pass(session: Session) -> None:
    ana = enrolled_user(session)
    attempt_id = begin_attempt(session, ana, "the-well", now=NOW + 3 * DAY)
    submit(session, ana, attempt_id, now=NOW + 3 * DAY)

    trace = trace_of(session, ana)

    assert trace.passed == frozenset()
    assert trace.last_active_at == NOW + 3 * DAY


def test_writing_in_a_sheet_is_activity(session: Session) -> None:
    ana = enrolled_user(session)
    course = taught_course(session, slug=SMALL, lang="en")
    session.add(
        ModuleWork(
            user_id=ana.id,
            course_id=course.id,
            module_slug="the-well",
            sheet="x",
            save_number=1,
            saved_at=NOW + 5 * DAY,
            checks={},
        )
    )
    session.commit()

    assert trace_of(session, ana).last_active_at == NOW + 5 * DAY


def test_a_renewal_counts_once_with_the_newest_enrolment(session: Session) -> None:
    ana = enrolled_user(session)
    complete_small_course(session, ana)
    enrol(session, slug=SMALL, user_id=ana.id, lang="en", now=NOW + 600 * DAY)
    session.commit()

    trace = trace_of(session, ana)

    assert trace.started_at == NOW + 600 * DAY
    assert (trace.completed, trace.ended_at) == ((), None)


def test_a_trainer_of_an_institution_sees_its_people_alone(session: Session) -> None:
    here, there = make_institution(session), make_institution(session, "izalpa")
    ana, beto = enrolled_user(session), enrolled_user(session)
    enrolled_user(session)
    make_membership(session, ana, "learner", here)
    make_membership(session, ana, "manager", here)
    make_membership(session, beto, "learner", there)
    actor = Actor(user_id=0, places=(Place(Role.TRAINER, here.id),))

    seen = found(session, actor)

    assert [one.user_id for one in seen.traces] == [ana.id]
    assert seen.institutions == {here.id: here.name}
    assert seen.traces[0].institution_ids == {here.id}
    assert len(found(session).traces) == 3


def test_reading_takes_the_same_statements_for_few_and_for_many(
    session: Session, statements: list[str]
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            complete_small_course(session, enrolled_user(session))
        statements.clear()
        course = taught_course(session, slug=SMALL, lang="en")
        course_traces(session, course_id=course.id, actor=PLATFORM, today=NOW.date())
        appeal_counts(session, course_id=course.id, actor=PLATFORM, today=NOW.date())
        counts.append(len(statements))

    assert counts == [4, 4]
