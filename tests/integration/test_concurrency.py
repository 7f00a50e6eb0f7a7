"""Many at once, each with a connection of its own, on a database that commits."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.registry import db
from conexx_learn.queries.catalogue import outline_of
from conexx_learn.services.assessment import start_attempt, submit_attempt
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.progress import complete_module
from tests.conftest import empty_database
from tests.factories import NOW, make_user
from tests.learning import (
    ISSUING,
    SMALL,
    begin_attempt,
    enrolled_user,
    pass_quiz,
    read_module,
    save_answers,
    submit,
)
from tests.published import publish_sample
from tests.real_application import at_once, real_application
from tests.right_answers import right_responses, sitting_of

WELL = "the-well"


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    with real_application(
        config, empty_database(tmp_path_factory.mktemp("threads"), "threads")
    ) as app:
        with app.app_context():
            publish_sample(db.session())
        yield app


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()


@pytest.fixture
def learner(session: Session) -> User:
    return enrolled_user(session)


def count_of(session: Session, table: Any, user: User) -> int:
    session.rollback()
    statement = select(func.count()).select_from(table)
    return session.scalar(statement.where(table.user_id == user.id)) or 0


def test_twenty_enrolments_at_once_make_one(real_app: Flask, session: Session) -> None:
    user = make_user(session)
    session.commit()

    places = at_once(
        real_app,
        20,
        lambda work, _: (
            enrol(work, slug=SMALL, user_id=user.id, lang="en", now=NOW).enrolment_id
        ),
    )

    assert len(set(places)) == 1
    assert count_of(session, Enrolment, user) == 1


def test_twenty_starts_with_one_attempt_left_make_one(
    real_app: Flask, session: Session, learner: User
) -> None:
    user_id = learner.id
    for _ in range(2):
        submit(session, learner, begin_attempt(session, learner, WELL))

    started = at_once(
        real_app,
        20,
        lambda work, _: start_attempt(
            work,
            course=SMALL,
            module=WELL,
            user_id=user_id,
            lang="en",
            issuing=ISSUING,
            now=NOW,
        ),
    )

    assert len(set(started)) == 1
    assert count_of(session, Attempt, learner) == 3


def test_ten_submissions_at_once_give_one_result(
    real_app: Flask, session: Session, learner: User
) -> None:
    user_id = learner.id
    attempt_id = begin_attempt(session, learner, WELL)
    right = dict[str, object](
        right_responses(sitting_of(session, attempt_id, learner.id))
    )
    session.rollback()

    def act(work: Session, number: int) -> tuple[bool | None, bool]:
        done = submit_attempt(
            work,
            attempt_id=attempt_id,
            user_id=user_id,
            responses=right if number % 2 else {},
            lang="en",
            issuing=ISSUING,
            now=NOW,
        )
        return done.passed, done.is_new

    outcomes = at_once(real_app, 10, act)

    assert len({passed for passed, _ in outcomes}) == 1
    assert sum(is_new for _, is_new in outcomes) == 1


def test_fifty_completions_at_once_make_one_certificate(
    real_app: Flask, session: Session, learner: User
) -> None:
    user_id = learner.id
    read_module(session, learner, WELL)
    pass_quiz(session, learner, WELL)
    pass_quiz(session, learner, None)

    issued = at_once(
        real_app,
        50,
        lambda work, _: complete_module(
            work,
            course=SMALL,
            module="the-pump",
            user_id=user_id,
            lang="en",
            issuing=ISSUING,
            now=NOW,
        ),
    )

    assert sum(issued) == 1
    assert count_of(session, Certificate, learner) == 1


@pytest.mark.parametrize("_round", range(5))
def test_the_last_module_and_the_final_at_once_still_issue(
    real_app: Flask, session: Session, learner: User, _round: int
) -> None:
    """Neither act alone sees the other's fact; together they complete the course."""
    user_id = learner.id
    read_module(session, learner, WELL)
    pass_quiz(session, learner, WELL)
    attempt_id = begin_attempt(session, learner, None)
    right = dict[str, object](
        right_responses(sitting_of(session, attempt_id, learner.id))
    )
    session.rollback()

    def act(work: Session, number: int) -> bool:
        if number:
            return complete_module(
                work,
                course=SMALL,
                module="the-pump",
                user_id=user_id,
                lang="en",
                issuing=ISSUING,
                now=NOW,
            )
        return submit_attempt(
            work,
            attempt_id=attempt_id,
            user_id=user_id,
            responses=right,
            lang="en",
            issuing=ISSUING,
            now=NOW,
        ).certificate_issued

    assert sorted(at_once(real_app, 2, act)) == [False, True]
    assert count_of(session, Certificate, learner) == 1


def test_saves_of_two_tabs_at_once_lose_no_answer(
    real_app: Flask, session: Session, learner: User
) -> None:
    user_id = learner.id
    attempt_id = begin_attempt(session, learner, WELL)
    typed = {1: {"well-words": "tank"}, 2: {"well-number": "1255"}}

    def act(work: Session, number: int) -> bool:
        return save_answers(
            work, user_id, attempt_id, typed[number + 1], device=f"tab{number}"
        ).is_open

    assert at_once(real_app, 2, act) == [True, True]

    session.rollback()
    kept = sitting_of(session, attempt_id, learner.id).responses
    assert kept == {"well-words": "tank", "well-number": "1255"}


def test_a_save_and_the_submission_at_once_lose_no_answer(
    real_app: Flask, session: Session, learner: User
) -> None:
    user_id = learner.id
    attempt_id = begin_attempt(session, learner, WELL)

    def act(work: Session, number: int) -> bool:
        if number:
            submit_attempt(
                work,
                attempt_id=attempt_id,
                user_id=user_id,
                responses={"well-number": "1255"},
                lang="en",
                issuing=ISSUING,
                now=NOW,
            )
            return True
        return save_answers(work, user_id, attempt_id, {"well-words": "tank"}).is_open

    saved = at_once(real_app, 2, act)[0]

    session.rollback()
    found = sitting_of(session, attempt_id, learner.id)
    expected = {"well-number", "well-words"} if saved is True else {"well-number"}
    assert set(found.responses) == expected
    right = sum(1 for mark in found.outcome(found.responses).marked if mark.earned)
    assert session.get_one(Attempt, attempt_id).points_earned == str(right)


def test_progress_is_the_same_however_many_read_at_once(
    real_app: Flask, session: Session, learner: User
) -> None:
    user_id = learner.id

    def act(work: Session, number: int) -> bool:
        return complete_module(
            work,
            course=SMALL,
            module=("the-well", "the-pump")[number % 2],
            user_id=user_id,
            lang="en",
            issuing=ISSUING,
            now=NOW,
        )

    at_once(real_app, 20, act)

    session.rollback()
    place = enrol(session, slug=SMALL, user_id=user_id, lang="en", now=NOW)
    assert outline_of(session, place, "en").completed_count == 1
