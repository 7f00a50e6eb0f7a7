"""What a learner is told, and when: nothing of the key before, by policy after."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from tests.factories import NOW, sign_in
from tests.learning import begin_attempt, enrolled_user, pass_quiz, submit
from tests.published import Edits, edited_copy, publish_sample, version
from tests.right_answers import right_responses, sitting_of

SECRETS = re.compile(
    r"(?i)sign-(?!in|out)|seña-|key-|clave-|final-key|explanation|(?<!font-)weight|revision|seed|"
    r'"right"|data-right|data-key|position|scoring'
)
"""Feedback, explanations, hints and the words of the stored model."""


def html_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def told(html: str) -> str:
    """Return the text of a page without its frame."""
    return html.split("<main")[1]


def half_right(session: Session, user: User, attempt_id: int) -> dict[str, object]:
    """Answer the first two questions wrong where that is easily done."""
    right = right_responses(sitting_of(session, attempt_id, user.id))
    wrong = next(key for key in "abcd" if key != right["well-single"])
    return {"well-single": wrong, "well-words": "bucket", "well-number": "125.50"}


def test_nothing_tells_an_answer_while_the_attempt_is_open(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    address = f"/attempts/{attempt_id}"
    body = {"number": 1, "responses": {"well-words": "bucket", "well-single": "a"}}

    answers = [
        html_of(signed_in, address),
        html_of(signed_in, f"{address}?lang=es"),
        signed_in.post(f"{address}/responses", json=body).get_data(as_text=True),
        signed_in.post(
            f"{address}/responses", json={"number": 2, "responses": {"x": "a"}}
        ).get_data(as_text=True),
        signed_in.post(f"{address}/submission", data={"well-number": "abc"}).get_data(
            as_text=True
        ),
        html_of(signed_in, address),
        html_of(signed_in, "/courses/small-course/the-well/quiz"),
        html_of(signed_in, "/courses/small-course/offline.es.html"),
    ]

    for text in answers:
        assert SECRETS.search(text) is None, SECRETS.search(text)


def test_options_are_lettered_by_the_place_where_they_are_shown(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    html = html_of(
        signed_in, f"/attempts/{begin_attempt(session, ana, 'the-well', now=now())}"
    )

    for name in ("well-single", "well-several"):
        values = re.findall(rf'name="{name}" value="(\w+)"', html)
        assert values == ["a", "b", "c", "d"]


def test_after_an_attempt_one_sees_ones_own_answers_but_no_key(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well")
    responses = half_right(session, ana, attempt_id)
    submit(session, ana, attempt_id, responses)

    html = html_of(signed_in, f"/attempts/{attempt_id}")

    assert "Not passed yet" in html
    assert "Sign-bucket" in html
    assert "Sign-month" in html
    assert "Sign-multiply" in html
    assert 'href="/courses/small-course/the-well"' in html
    for hidden in ("Key-", "Sign-chosen", "Sign-pen", "Right answer"):
        assert hidden not in html


def test_after_attempt_shows_no_key_even_when_passed(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    pass_quiz(session, ana, "the-well")
    attempt_id = begin_attempt(session, ana, "the-well")
    submit(session, ana, attempt_id)

    html = html_of(signed_in, f"/attempts/{attempt_id}")

    assert "Key-" not in html
    assert "Right answer" not in html


def test_after_pass_shows_the_key_only_once_passed(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    failed = begin_attempt(session, ana, None)
    submit(session, ana, failed)
    before = html_of(signed_in, f"/attempts/{failed}")

    pass_quiz(session, ana, None, now=NOW.replace(day=18))
    after = html_of(signed_in, f"/attempts/{failed}")

    assert "Final-key" not in before
    assert "Right answer" not in before
    assert after.count("Final-key") == 2
    assert after.count("Right answer") == 2


def test_immediate_shows_everything_after_every_attempt(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-pump")
    submit(session, ana, attempt_id)

    html = html_of(signed_in, f"/attempts/{attempt_id}")

    assert "The pump lifts the water." in html
    assert "Right answer" in html


def test_never_shows_the_grade_only(session: Session, signed_in: FlaskClient) -> None:
    publish_sample(session, "members-course")
    start = signed_in.post("/courses/members-course/final/attempts")
    signed_in.post(f"{start.location}/submission", data={"desk-first": "a"})

    html = html_of(signed_in, start.location)

    assert "This quiz shows the grade only." in html
    assert "Nunca-" not in html
    assert "¿Qué hace primero?" not in html


def test_a_grade_below_the_mark_is_never_rounded_up_to_it(
    session: Session, client: FlaskClient, small_course: str, tmp_path: Path
) -> None:
    edits: Edits = version("2.0") | {"01-the-well.quiz.es.md": ("60%", "28.6%")}
    publish_sample(session, folder=edited_copy(tmp_path, edits))
    user = enrolled_user(session)
    attempt_id = begin_attempt(session, user, "the-well")
    right = right_responses(sitting_of(session, attempt_id, user.id))
    two = dict[str, object](list(right.items())[:2])
    submit(session, user, attempt_id, two)
    sign_in(client, session, user)

    html = html_of(client, f"/attempts/{attempt_id}")

    assert "Not passed yet: 28.5" in html


def test_an_old_result_tells_after_a_move_what_it_told_before(
    session: Session, signed_in: FlaskClient, ana: User, tmp_path: Path
) -> None:
    pass_quiz(session, ana, "the-pump")
    attempt_id = begin_attempt(session, ana, "the-well")
    submit(session, ana, attempt_id, half_right(session, ana, attempt_id))
    before = told(html_of(signed_in, f"/attempts/{attempt_id}"))
    edits: Edits = version("2.0") | {
        "01-the-well.quiz.es.md": ("Clave-uno", "Clave-primera"),
    }
    publish_sample(session, folder=edited_copy(tmp_path, edits))
    signed_in.post("/courses/small-course/enrolment/version")
    signed_in.get("/me")

    assert told(html_of(signed_in, f"/attempts/{attempt_id}")) == before


def test_a_typed_answer_is_shown_as_text(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well")
    submit(session, ana, attempt_id, {"well-words": "<img src=x onerror=alert(1)>"})

    html = html_of(signed_in, f"/attempts/{attempt_id}")

    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_result_is_in_the_readers_language(
    session: Session, signed_in: FlaskClient, ana: User, lang: str
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well")
    submit(session, ana, attempt_id)

    html = html_of(signed_in, f"/attempts/{attempt_id}?lang={lang}")

    title = {"es": "Cuestionario del pozo", "en": "Quiz of the well"}[lang]
    assert title in html
