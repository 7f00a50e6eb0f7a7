"""The questions that are late, handed to the coordination by the clock."""

from flask import Flask

from conexx_learn.adapters.clock import now
from conexx_learn.services.question_escalation import LATE_LETTER, escalate_questions
from conexx_learn.services.unit_of_work import unit_of_work


def escalate(app: Flask) -> int:
    """Hand over what became late since the last time; count the questions.

    It is asked every hour, since a day ends at another one in every zone.
    """
    with unit_of_work() as session:
        return escalate_questions(
            session,
            letter=app.extensions[LATE_LETTER],
            lang=str(app.config["BABEL_DEFAULT_LOCALE"]),
            now=now(),
        )
