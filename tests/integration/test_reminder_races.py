"""Two who remind at once, and one who is killed: nobody is told twice or not at all."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from conexx_learn.cli.reminding import due_at, remind
from conexx_learn.config import Config
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment
from conexx_learn.models.registry import db
from conexx_learn.models.reminders import Reminder
from conexx_learn.queries.reminders import every_place
from conexx_learn.services.reminders import LETTERS, Kept, Letters, keep_digests
from conexx_learn.services.unit_of_work import unit_of_work
from tests.conftest import empty_database
from tests.real_application import real_application
from tests.sample_institutions import Line, Sketch, xaltepec
from tests.stored_institutions import store_institution

MORNING = datetime(2026, 11, 16, 15, tzinfo=UTC)
AT_ONCE = 4


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    with real_application(
        config, empty_database(tmp_path_factory.mktemp("reminders"), "reminders")
    ) as app:
        with app.app_context():
            store_institution(db.session(), xaltepec())
            _share_ana(db.session())
            db.session().commit()
        yield app


def _share_ana(session: Session) -> None:
    """Store a second town in which Ana owes the same by the same day."""
    sketch = Sketch()
    sketch.seat("Anita", sketch.add_post("PM", sketch.add_unit("Projects")))
    sketch.plan([Line("PM", "C4", 29, 3)], approved=-10)
    other = store_institution(session, sketch.facts(), slug="tonala")
    for column in (Membership.user_id, Appointment.user_id):
        session.execute(
            update(column.class_).where(column == other.people[1]).values(user_id=1)
        )


@pytest.fixture
def session(real_app: Flask) -> Iterator[Session]:
    with real_app.app_context():
        yield db.session()
        with unit_of_work() as work:
            work.execute(delete(Reminder))
            work.execute(delete(OutboxMail))


def send(app: Flask, slug: str, moment: datetime, gate: Barrier | None = None) -> Kept:
    with app.app_context():
        one = next(one for one in every_place(db.session()) if one.place.slug == slug)
        if gate is not None:
            gate.wait()
        return remind(app, one, now=moment)


def counts(session: Session) -> tuple[int, int]:
    session.rollback()
    mails = session.scalar(select(func.count(OutboxMail.id))) or 0
    told = session.scalar(select(func.count(Reminder.id))) or 0
    return mails, told


def test_many_at_once_write_what_one_writes(real_app: Flask, session: Session) -> None:
    alone = send(real_app, "xaltepec", MORNING)
    expected = counts(session)
    with unit_of_work() as work:
        work.execute(delete(Reminder))
        work.execute(delete(OutboxMail))
    gate = Barrier(AT_ONCE)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        kept = list(
            threads.map(
                lambda _: send(real_app, "xaltepec", MORNING, gate), range(AT_ONCE)
            )
        )

    assert sum(one.mailed for one in kept) == alone.mailed > 3
    assert counts(session) == expected


def test_two_towns_on_two_sides_of_midnight_tell_one_person_once(
    real_app: Flask, session: Session
) -> None:
    """Their digests have different days; what they tell is the same."""
    days = {"xaltepec": MORNING, "tonala": MORNING + timedelta(days=1)}
    gate = Barrier(2)

    with ThreadPoolExecutor(2) as threads:
        list(
            threads.map(
                lambda item: send(real_app, item[0], item[1], gate), days.items()
            )
        )

    session.rollback()
    shared = session.scalars(
        select(Reminder.told_on).where(
            Reminder.user_id == 1, Reminder.kind.in_(("due-30", "due-7"))
        )
    ).all()
    assert len(shared) == 1


def test_a_digest_that_another_town_overtakes_waits_whole(
    real_app: Flask, session: Session
) -> None:
    """Read before the other one wrote: a part was told meanwhile, so none is kept."""
    slow = next(one for one in every_place(session) if one.place.slug == "xaltepec")
    due = due_at(slow, now=MORNING)
    letters: Letters = real_app.extensions[LETTERS]
    mails = letters.digests(due)
    send(real_app, "tonala", MORNING + timedelta(days=1))

    with unit_of_work() as work:
        keep_digests(work, due, mails=mails, weekly=[], now=MORNING)

    session.rollback()
    keys = session.scalars(
        select(OutboxMail.key).where(OutboxMail.key.startswith("digest.1."))
    ).all()
    assert keys == ["digest.1.2026-11-17"]
    told = session.scalars(select(Reminder.kind).where(Reminder.user_id == 1)).all()
    assert told == ["due-30"]
    assert send(real_app, "xaltepec", MORNING + timedelta(days=2)).mailed == 1


def test_killed_before_the_commit_all_is_done_again(
    real_app: Flask, session: Session
) -> None:
    class KilledError(BaseException):
        """Stands for a kill, which nothing catches."""

    one = next(one for one in every_place(session) if one.place.slug == "xaltepec")
    due = due_at(one, now=MORNING)
    letters: Letters = real_app.extensions[LETTERS]
    mails = letters.digests(due)

    def die() -> None:
        with unit_of_work() as work:
            keep_digests(work, due, mails=mails, weekly=[], now=MORNING)
            raise KilledError

    with pytest.raises(KilledError):
        die()

    assert counts(session) == (0, 0)
    assert send(real_app, "xaltepec", MORNING).mailed == len(mails)
