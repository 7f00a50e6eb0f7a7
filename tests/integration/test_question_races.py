"""Two at once at one question: each act is done by one of them, and the other hears."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.config import Config
from conexx_learn.domain.errors import LearnError
from conexx_learn.domain.section_questions import MOST_OPEN, SectionPlace
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import User
from conexx_learn.models.registry import db
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.section_questions import (
    answer_question,
    ask_question,
    withdraw_question,
)
from conexx_learn.services.unit_of_work import unit_of_work
from tests.conftest import empty_database
from tests.factories import NOW, make_user
from tests.learning import SMALL, enrolled_user
from tests.published import publish_sample
from tests.section_questions import MODULE, ORIGIN, store_questions

AT_ONCE = 6


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    url = empty_database(tmp_path_factory.mktemp("races"), "questionraces")
    made = create_app(replace(config, database_url=url))
    with made.app_context():
        prepare_database()
        upgrade(directory=made.config["MIGRATIONS"])
        publish_sample(db.session())
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()
        with unit_of_work() as work:
            work.execute(delete(SectionQuestion))


@pytest.fixture
def ana(session: Session) -> User:
    return enrolled_user(session)


def at_once(app: Flask, *acts: Callable[[Session], Any]) -> list[Any]:
    """Run acts at the same moment; a refusal is an outcome too."""
    gate = Barrier(len(acts))

    def run(act: Callable[[Session], Any]) -> Any:
        with app.app_context():
            gate.wait()
            try:
                with unit_of_work() as work:
                    return act(work)
            except LearnError as error:
                return error.code

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def asking(user_id: int, text: str) -> Callable[[Session], bool]:
    place = SectionPlace(SMALL, MODULE, ORIGIN)
    return lambda work: ask_question(
        work, place, text=text, user_id=user_id, lang="en", zone="UTC", now=NOW
    )


def answering(question_id: int, user_id: int) -> Callable[[Session], bool]:
    return lambda work: answer_question(
        work,
        question_id=question_id,
        answer=f"By {user_id}",
        answered_by=user_id,
        now=now(),
    )


def rows(session: Session) -> list[SectionQuestion]:
    session.rollback()
    session.expire_all()
    return list(session.scalars(select(SectionQuestion).order_by(SectionQuestion.id)))


def test_many_clicks_at_once_ask_once(
    real_app: Flask, session: Session, ana: User
) -> None:
    done = at_once(real_app, *[asking(ana.id, "How deep?")] * AT_ONCE)

    assert sorted(done) == [False] * (AT_ONCE - 1) + [True]
    assert len(rows(session)) == 1


def test_two_trainers_at_once_answer_once(
    real_app: Flask, session: Session, ana: User
) -> None:
    (one,) = store_questions(session, ana, 1)
    trainers = [make_user(session, f"Trainer {number}").id for number in range(AT_ONCE)]
    session.commit()

    done = at_once(real_app, *[answering(one.id, trainer) for trainer in trainers])

    assert done.count(True) == 1
    (kept,) = rows(session)
    assert kept.answered_by == trainers[done.index(True)]
    assert kept.answer == f"By {kept.answered_by}"


def test_an_answer_and_a_withdrawal_at_once_are_one_of_the_two(
    real_app: Flask, session: Session, ana: User
) -> None:
    (one,) = store_questions(session, ana, 1)
    trainer, owner = make_user(session, "Iker").id, ana.id
    session.commit()

    answered, withdrawn = at_once(
        real_app,
        answering(one.id, trainer),
        lambda work: withdraw_question(
            work, question_id=one.id, user_id=owner, now=now()
        ),
    )

    (kept,) = rows(session)
    if answered is True:
        assert withdrawn == "section-question-answered"
        assert kept.withdrawn_at is None
        assert kept.text
    else:
        assert answered == "section-question-withdrawn"
        assert (kept.text, kept.answer) == ("", "")


def test_no_second_window_asks_beyond_the_limit_one_after_the_other(
    real_app: Flask, session: Session, ana: User
) -> None:
    store_questions(session, ana, MOST_OPEN - 1)

    done = [
        at_once(real_app, asking(ana.id, text))[0] for text in ("One?", "Two?", "One?")
    ]

    assert done == [True, "section-questions-too-many", False]
    assert len(rows(session)) == MOST_OPEN
