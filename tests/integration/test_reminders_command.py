"""`flask reminders send`: says what is due, writes it once, repeats without harm."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import today
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.models.reminders import Reminder
from tests.sample_institutions import Line, Sketch
from tests.stored_institutions import store_institution


@pytest.fixture(autouse=True)
def _town(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    sketch = Sketch(today())
    sketch.seat("Ana", sketch.add_post("PM", sketch.add_unit("Projects")))
    sketch.plan([Line("PM", "C4", 60, 3)], approved=-10)
    store_institution(session, sketch.facts())
    session.commit()


def run(app: Flask, *words: str) -> str:
    result = app.test_cli_runner().invoke(args=["reminders", "send", *words])
    assert result.exit_code == 0, result.output
    return result.output


def written(session: Session) -> tuple[int, int]:
    mails = session.scalar(select(func.count(OutboxMail.id))) or 0
    return mails, session.scalar(select(func.count(Reminder.id))) or 0


def test_a_dry_run_says_what_is_due_and_writes_nothing(
    app: Flask, session: Session
) -> None:
    for _ in range(2):
        (row,) = json.loads(run(app, "--dry-run", "--format", "json"))
        assert (row["institution"], row["person"], row["by"]) == (
            "xaltepec",
            "Ana",
            "mail",
        )
        assert (row["course"], row["kind"]) == ("C4", "assigned")
    assert "xaltepec: Ana, C4, assigned" in run(app, "--dry-run")
    assert written(session) == (0, 0)


def test_it_is_safe_to_repeat(app: Flask, session: Session) -> None:
    assert run(app) == "xaltepec: 1 by mail, 0 in person, 0 to managers\n"
    assert run(app) == "There is nothing new to tell today.\n"
    assert json.loads(run(app, "--format", "json")) == []
    assert run(app, "--dry-run") == "There is nothing new to tell today.\n"
    assert written(session) == (1, 1)
