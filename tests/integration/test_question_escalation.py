"""Questions that nobody answered in five working days go to the coordination, once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.cli.escalation import escalate
from conexx_learn.cli.job_list import JOBS
from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.registry import db
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.question_escalation import LATE_LETTER, escalate_questions
from conexx_learn.services.unit_of_work import unit_of_work
from tests.conftest import empty_database
from tests.factories import make_membership, make_user, sign_in
from tests.learning import enrolled_user
from tests.mails import mails_to
from tests.published import publish_sample
from tests.section_questions import ANSWERED, WORDS, ask, store_questions

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 28, tzinfo=UTC)
"""Five full working days after that Friday have passed, in UTC."""
AT_ONCE = 6


@pytest.fixture
def ana(session: Session) -> User:
    publish_sample(session)
    return enrolled_user(session)


@pytest.fixture
def elvira(session: Session, ana: User) -> User:
    """Make a coordinator with a mailbox."""
    return coordinator(session, "Elvira")


def coordinator(session: Session, name: str, **overrides: object) -> User:
    user = make_user(session, name, **overrides)
    make_membership(session, user, "coordinator")
    session.commit()
    return user


def hand_over(app: Flask, session: Session, moment: datetime) -> int:
    count = hand_over_in(session, app, moment)
    session.commit()
    return count


def hand_over_in(session: Session, app: Flask, moment: datetime) -> int:
    return escalate_questions(
        session, letter=app.extensions[LATE_LETTER], lang="es", now=moment
    )


def marks(session: Session) -> list[datetime | None]:
    session.expire_all()
    return list(
        session.scalars(
            select(SectionQuestion.escalated_at).order_by(SectionQuestion.id)
        )
    )


def test_asked_on_a_friday_it_is_late_once_the_next_friday_is_over(
    app: Flask, session: Session, ana: User, elvira: User
) -> None:
    ask(session, ana, now=FRIDAY)

    assert hand_over(app, session, SATURDAY - timedelta(seconds=1)) == 0
    assert marks(session) == [None]
    assert mails_to(session, elvira.email or "") == []
    assert hand_over(app, session, SATURDAY) == 1
    assert marks(session) == [SATURDAY]


def test_the_days_are_those_of_the_institution(
    app: Flask, session: Session, ana: User
) -> None:
    ask(session, ana, now=FRIDAY, zone="America/Mexico_City")

    assert hand_over(app, session, SATURDAY) == 0
    assert hand_over(app, session, SATURDAY + timedelta(hours=6)) == 1


def test_it_is_handed_over_and_told_once(
    app: Flask, session: Session, ana: User, elvira: User
) -> None:
    ask(session, ana, now=FRIDAY)

    counts = [
        hand_over(app, session, SATURDAY + timedelta(hours=hour)) for hour in range(3)
    ]

    assert counts == [1, 0, 0]
    assert marks(session) == [SATURDAY]
    (mail,) = mails_to(session, elvira.email or "")
    assert mail.subject == "1 question of a learner is unanswered"
    assert "Clean water in the municipality" in mail.html
    assert "Where the water comes from" in mail.html
    assert "/admin/questions" in mail.text
    assert WORDS not in mail.text


def test_what_is_answered_or_withdrawn_is_never_late(
    app: Flask, session: Session, ana: User, elvira: User
) -> None:
    store_questions(session, ana, 1, due_at=FRIDAY, **ANSWERED)
    store_questions(session, ana, 1, due_at=FRIDAY, withdrawn_at=FRIDAY)

    assert hand_over(app, session, SATURDAY) == 0
    assert mails_to(session, elvira.email or "") == []


def test_who_coordinates_no_more_or_has_no_mailbox_is_not_written_to(
    app: Flask, session: Session, ana: User, elvira: User
) -> None:
    coordinator(session, "Tomás", confirmed_at=None)
    coordinator(session, "Raúl", active=False)
    coordinator(session, "Pía", email=None, username="pia.soto")
    former = make_user(session, "Inés")
    make_membership(session, former, "coordinator").to_on = FRIDAY.date()
    ask(session, ana, now=FRIDAY)

    hand_over(app, session, SATURDAY)

    recipients = session.scalars(select(OutboxMail.recipient)).all()
    assert recipients == [elvira.email]


def test_each_coordinator_reads_it_in_their_language(
    app: Flask, session: Session, ana: User, elvira: User
) -> None:
    tomas = coordinator(session, "Tomás", locale="es")
    store_questions(session, ana, 22, due_at=FRIDAY)

    assert hand_over(app, session, SATURDAY) == 22

    (mail,) = mails_to(session, elvira.email or "")
    assert mail.subject == "22 questions of learners are unanswered"
    assert "and 2 more" in mail.text
    (mail,) = mails_to(session, tomas.email or "")
    assert mail.subject == "Hay 22 preguntas de participantes sin responder"
    assert "Agua limpia en el municipio" in mail.html


def test_without_a_coordinator_it_stands_in_the_queue(
    app: Flask, client: FlaskClient, session: Session, ana: User
) -> None:
    ask(session, ana, now=FRIDAY)
    ask(session, ana, "Not late yet?", now=SATURDAY)
    hand_over(app, session, SATURDAY)
    sign_in(client, session, coordinator(session, "Elvira"))

    page = client.get("/admin/questions").text

    assert "1 question is unanswered" in page
    assert WORDS in page
    assert "Not late yet?" not in page
    assert "working days" in page


def test_the_queue_has_pages_and_few_statements(
    client: FlaskClient,
    session: Session,
    ana: User,
    elvira: User,
    statements: list[str],
) -> None:
    sign_in(client, session, elvira)
    store_questions(session, ana, 40, escalated_at=SATURDAY)

    client.get("/admin/questions")
    statements.clear()
    page = client.get("/admin/questions").text

    assert len(statements) <= 3
    assert page.count("Question number") == 25
    assert "number 039" in client.get("/admin/questions?page=2").text


def test_the_coordinator_answers_and_the_queue_is_empty(
    client: FlaskClient, session: Session, ana: User, elvira: User
) -> None:
    (one,) = store_questions(session, ana, 1, escalated_at=SATURDAY)
    sign_in(client, session, elvira)

    path = f"/trainer/section-questions/{one.id}/answer"
    assert client.post(path, data={"answer": "Forty."}).status_code == 303
    assert "No question is unanswered" in client.get("/admin/questions").text


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones, with three late ones."""
    url = empty_database(tmp_path_factory.mktemp("late"), "late")
    made = create_app(replace(config, database_url=url))
    with made.app_context():
        prepare_database()
        upgrade(directory=made.config["MIGRATIONS"])
        session = db.session()
        publish_sample(session)
        user = enrolled_user(session)
        for name in ("Elvira", "Tomás"):
            make_membership(session, make_user(session, name), "coordinator")
        store_questions(session, user, 3, due_at=now() - timedelta(days=1))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def real_session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()
        with unit_of_work() as work:
            work.execute(delete(OutboxMail))
            for one in work.scalars(select(SectionQuestion)):
                one.escalated_at = None


def counts(session: Session) -> tuple[int, int]:
    session.rollback()
    mails = session.scalar(select(func.count(OutboxMail.id))) or 0
    late = select(func.count(SectionQuestion.id)).where(
        SectionQuestion.escalated_at.is_not(None)
    )
    return mails, session.scalar(late) or 0


def test_many_workers_at_once_hand_over_once(
    real_app: Flask, real_session: Session
) -> None:
    gate = Barrier(AT_ONCE)

    def work(_number: int) -> int:
        with real_app.app_context():
            gate.wait()
            return escalate(real_app)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        done = list(threads.map(work, range(AT_ONCE)))

    assert sorted(done) == [0] * (AT_ONCE - 1) + [3]
    assert counts(real_session) == (2, 3)


def test_killed_before_the_commit_all_is_done_again(
    real_app: Flask, real_session: Session
) -> None:
    class KilledError(BaseException):
        """Stands for a kill, which nothing catches."""

    def die() -> None:
        with unit_of_work() as work:
            hand_over_in(work, real_app, now())
            raise KilledError

    with pytest.raises(KilledError):
        die()

    assert counts(real_session) == (0, 0)

    assert escalate(real_app) == 3
    assert counts(real_session) == (2, 3)


def test_the_clock_does_it_every_hour(real_app: Flask, real_session: Session) -> None:
    job = next(job for job in JOBS if job.name == "late-questions")

    assert job.minute.isdigit()
    assert job.work(real_app) == 3
    assert counts(real_session)[1] == 3
