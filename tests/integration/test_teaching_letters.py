"""The weekly letter of trainers: of what happened, once, to who wants it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from conexx_learn.adapters import clock
from conexx_learn.cli.teaching import write_on_mondays, write_to_trainers
from conexx_learn.models.accounts import User
from tests.factories import SAMPLES, make_institution, make_membership, make_user
from tests.learning import enrolled_user
from tests.mails import mails_to
from tests.published import publish_sample

MONDAY = datetime(2026, 11, 23, 12, 27, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _published(session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "COURSES", SAMPLES)
    publish_sample(session)


@pytest.fixture
def trainer(session: Session) -> User:
    person = make_user(session, "Iker")
    make_membership(session, person, "trainer")
    return person


def test_enrolments_of_the_week_are_told_once(
    app: Flask, session: Session, trainer: User
) -> None:
    for _ in range(6):
        enrolled_user(session, now=MONDAY - 3 * DAY)

    assert write_to_trainers(app, now=MONDAY) == 1
    assert write_to_trainers(app, now=MONDAY + 2 * DAY) == 0

    (mail,) = mails_to(session, trainer.email or "")
    assert mail.key == f"teaching.{trainer.id}.2026-11-23"
    assert "Enrolled: 6. Completed: 0. Stopped: 0." in mail.text
    assert "/trainer/courses/small-course/learners" in mail.text
    assert mail.unsubscribe


def test_few_people_are_not_counted_out(
    app: Flask, session: Session, trainer: User
) -> None:
    enrolled_user(session, now=MONDAY - 3 * DAY)
    enrolled_user(session, now=MONDAY - 20 * DAY)
    write_to_trainers(app, now=MONDAY)

    (mail,) = mails_to(session, trainer.email or "")
    assert "Enrolled: fewer than 5." in mail.text
    assert "Stopped: fewer than 5." in " ".join(mail.text.split())


@pytest.mark.parametrize("days", [0, 8])
def test_a_week_in_which_nothing_happened_has_no_letter(
    app: Flask, session: Session, trainer: User, days: int
) -> None:
    enrolled_user(session, now=MONDAY - days * DAY)

    assert write_to_trainers(app, now=MONDAY) == 0
    assert mails_to(session, trainer.email or "") == []


@pytest.mark.parametrize(
    "about", [{"confirmed_at": None}, {"wants_optional_mail": False}, {"active": False}]
)
def test_who_has_no_mailbox_or_wants_no_letter_has_none(
    app: Flask, session: Session, trainer: User, about: dict[str, object]
) -> None:
    for name, value in about.items():
        setattr(trainer, name, value)
    enrolled_user(session, now=MONDAY - 3 * DAY)

    assert write_to_trainers(app, now=MONDAY) == 0


def test_a_trainer_of_an_institution_hears_of_its_people_alone(
    app: Flask, session: Session
) -> None:
    person = make_user(session, "Nerea")
    town = make_institution(session)
    make_membership(session, person, "trainer", town)
    user = enrolled_user(session, now=MONDAY - 3 * DAY)

    assert write_to_trainers(app, now=MONDAY) == 0
    make_membership(session, user, "learner", town)
    assert write_to_trainers(app, now=MONDAY) == 1


@pytest.mark.usefixtures("trainer")
def test_the_clock_writes_on_mondays_from_noon_on(app: Flask, session: Session) -> None:
    enrolled_user(session, now=MONDAY - 3 * DAY)

    assert write_on_mondays(app, now=MONDAY - timedelta(hours=1)) == 0
    assert write_on_mondays(app, now=MONDAY + DAY) == 0
    assert write_on_mondays(app, now=MONDAY) == 1


@pytest.mark.usefixtures("trainer")
def test_the_command_says_which_letters_are_due_and_writes_them_once(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    last_week = clock.now() - timedelta(days=clock.now().weekday() + 2)
    enrolled_user(session, now=last_week)

    def run(*words: str) -> str:
        return app.test_cli_runner().invoke(args=["reminders", "send", *words]).output

    assert "Iker: small-course" in run("--dry-run")
    assert "Letters to trainers: 1" in run()
    assert "Letters to trainers" not in run()
