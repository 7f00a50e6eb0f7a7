"""What the bench looks at: a learner in a course, an open attempt, a certificate."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from conexx_learn.domain.attempt_forms import FORM_JSON
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.model_answers import shown_right_response
from conexx_learn.domain.quiz import QuestionType
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.base import db
from conexx_learn.models.certification import Certificate
from conexx_learn.queries.assessment import quiz_texts
from conexx_learn.services import assessment, enrolment, progress
from conexx_learn.services.certification import Issuing
from conexx_learn.services.unit_of_work import unit_of_work
from tests.factories import make_user, publish, sign_in

COURSE = "eu-financing-instruments"
SHORT_COURSE = "first-steps"


@dataclass(frozen=True, slots=True)
class Scene:
    """Addresses and keys for the requests of the bench."""

    user_id: int
    cookie: str
    token: str
    course: str
    module: str
    attempt_id: int
    responses: dict[str, Any]
    number: str


def set_scene(app: Flask) -> Scene:
    """Publish the shipped courses and put one learner into them."""
    now = datetime.now(UTC)  # noqa: TID251 (the server asks the real clock too)
    issuing = Issuing(issuer=app.config["ISSUER"], demo=False)
    publish(COURSE)
    publish(SHORT_COURSE)
    with unit_of_work() as session:
        user_id = make_user(session).id
    for slug in (COURSE, SHORT_COURSE):
        with unit_of_work() as session:
            enrolment.enrol(session, slug=slug, user_id=user_id, lang="en", now=now)
    module = "am-i-eligible"
    common: dict[str, Any] = {"user_id": user_id, "lang": "en", "issuing": issuing}
    with unit_of_work() as session:
        progress.complete_module(
            session,
            course=SHORT_COURSE,
            module="how-to-learn-here",
            now=now,
            **common,
        )
        final_id = assessment.start_attempt(
            session, course=SHORT_COURSE, module=None, now=now, **common
        )
    with unit_of_work() as session:
        assessment.submit_attempt(
            session,
            attempt_id=final_id,
            responses=_right(final_id),
            now=now,
            **common,
        )
        attempt_id = assessment.start_attempt(
            session, course=COURSE, module=module, now=now, **common
        )
    one = dict(list(_right(attempt_id).items())[:1])
    number = db.session.scalars(select(Certificate.number)).one()
    client = app.test_client()
    user = make_user(db.session())
    db.session.rollback()
    user.id = user_id
    sign_in(client, db.session(), user)
    db.session.commit()
    cookie, token = _cookie(app, client)
    return Scene(
        user_id, cookie, token, COURSE, module, attempt_id, one, grouped(number)
    )


def _right(attempt_id: int) -> dict[str, Any]:
    """Answer every question of an attempt right, in shown keys."""
    attempt = db.session.get_one(Attempt, attempt_id)
    quiz = quiz_texts(db.session(), quiz_id=attempt.quiz_id)["es"]
    known = {question.id: question for question in quiz.questions}
    return {
        form.question_id: shown_right_response(form, known[form.question_id])
        for form in FORM_JSON.validate_python(attempt.form).questions
        if known[form.question_id].type is not QuestionType.OPEN
    }


def _cookie(app: Flask, client: Any) -> tuple[str, str]:
    """Return the session cookie with a CSRF token that goes with it."""
    page = client.get("/courses").get_data(as_text=True)
    token = page.split('name="csrf-token" content="')[1].split('"')[0]
    name = app.config["SESSION_COOKIE_NAME"]
    return f"{name}={client.get_cookie(name).value}", token
