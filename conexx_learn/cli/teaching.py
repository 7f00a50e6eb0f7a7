"""The weekly letters of trainers, from what happened to the outbox."""

from datetime import datetime
from pathlib import Path

from flask import Flask

from conexx_learn.services import outbox
from conexx_learn.services.course_desk import course_drafts
from conexx_learn.services.teaching_letters import (
    TEACHING_LETTERS,
    TeachingLetter,
    teaching_letters,
)
from conexx_learn.services.unit_of_work import reading, unit_of_work

MONDAY, HOUR = 0, 12
"""When the clock writes them, in UTC: in the morning in Latin America."""


def write_on_mondays(app: Flask, *, now: datetime) -> int:
    """Write the letters of the week on its Monday; later runs find them written."""
    if now.weekday() != MONDAY or now.hour < HOUR:
        return 0
    return write_to_trainers(app, now=now)


def letters_due(app: Flask, *, now: datetime) -> list[TeachingLetter]:
    """Work out the letters of this week."""
    drafts = course_drafts([Path(app.config["COURSES"])], today=now.date())
    return teaching_letters(reading(), drafts=drafts, day=now.date())


def write_to_trainers(app: Flask, *, now: datetime) -> int:
    """Write the letters of this week that are not written yet, and count them."""
    mails = app.extensions[TEACHING_LETTERS](letters_due(app, now=now))
    with unit_of_work() as session:
        return len(outbox.post_all(session, mails, now=now))
