"""The answers as a file: given, taken back, and refused where they are not ours."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now
from conexx_learn.domain.answer_files import KIND, LARGEST_FILE
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from tests.factories import NOW, sign_in
from tests.learning import begin_attempt, enrolled_user, save_answers, submit


@pytest.fixture
def attempt_id(session: Session, ana: User) -> int:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    answers = {"well-words": "tank", "well-single": "b"}
    save_answers(session, ana.id, attempt_id, answers, now=now())
    session.commit()
    return attempt_id


def kept(session: Session, attempt_id: int) -> dict[str, object]:
    session.expire_all()
    return session.get_one(Attempt, attempt_id).responses


def give_back(client: FlaskClient, attempt_id: int, content: Any) -> TestResponse:
    """Send a file as a browser does.

    Written out here: the client of the tests leaves a large body open behind it.
    """
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    head = b'Content-Disposition: form-data; name="file"; filename="answers.json"'
    body = b"\r\n".join([b"--limit", head, b"", data, b"--limit--", b""])
    return client.post(
        f"/attempts/{attempt_id}/answers",
        data=body,
        content_type="multipart/form-data; boundary=limit",
    )


def downloaded(client: FlaskClient, attempt_id: int) -> dict[str, Any]:
    answer = client.get(f"/attempts/{attempt_id}/answers")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert f"{attempt_id}.json" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    return dict(json.loads(answer.data))


def test_the_file_holds_what_is_saved_in_the_letters_that_are_shown(
    signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    file = downloaded(signed_in, attempt_id)

    assert file["kind"] == KIND
    assert (file["attempt"], file["person"]) == (attempt_id, ana.id)
    assert file["responses"] == {"well-words": "tank", "well-single": "b"}


def test_a_file_brings_back_what_was_never_saved(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    file = downloaded(signed_in, attempt_id)
    file["responses"] |= {"well-number": "1255"}

    answer = give_back(signed_in, attempt_id, file)

    assert answer.status_code == 303
    assert kept(session, attempt_id)["well-number"] == "1255"
    assert "of your file" in signed_in.get(answer.location).text


def test_what_was_answered_after_the_file_stays(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    session.get_one(Attempt, attempt_id).started_at = now().replace(hour=0, minute=0)
    file = downloaded(signed_in, attempt_id)
    save_answers(
        session, ana.id, attempt_id, {"well-words": "later"}, number=2, now=now()
    )
    session.commit()

    page = give_back(signed_in, attempt_id, file)

    assert kept(session, attempt_id)["well-words"] == "later"
    assert "1 stays as you answered it later." in signed_in.get(page.location).text


def test_a_file_without_times_overwrites_nothing(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    session.get_one(Attempt, attempt_id).started_at = NOW
    session.get_one(Attempt, attempt_id).deadline_at = None
    session.commit()
    save_answers(
        session, ana.id, attempt_id, {"well-words": "later"}, number=2, now=now()
    )
    session.commit()
    file = downloaded(signed_in, attempt_id) | {"times": {}}
    file["responses"] = {"well-words": "forged", "well-number": "7"}

    give_back(signed_in, attempt_id, file)

    assert kept(session, attempt_id)["well-words"] == "later"
    assert kept(session, attempt_id)["well-number"] == "7"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"kind": "photos"}, "not a file of answers", id="another kind"),
        pytest.param({"person": -1}, "another person", id="another person"),
        pytest.param({"attempt": -1}, "another attempt", id="another attempt"),
        pytest.param({"attempt": True}, "another attempt", id="no number"),
        pytest.param({"responses": []}, "not a file of answers", id="a list"),
        pytest.param(
            {"responses": {"ghost": "a"}}, "not a file of answers", id="not asked"
        ),
        pytest.param(
            {"responses": {"well-single": "z"}}, "not a file of answers", id="no option"
        ),
        pytest.param(
            {"responses": {"well-words": "x" * 2001}}, "not a file", id="too long"
        ),
        pytest.param({"times": {"well-words": -1}}, "not a file", id="before it began"),
        pytest.param({"times": 7}, "not a file of answers", id="times as a number"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_changes_nothing(
    session: Session,
    signed_in: FlaskClient,
    attempt_id: int,
    changed: dict[str, object],
    said: str,
) -> None:
    before = kept(session, attempt_id)
    file = downloaded(signed_in, attempt_id) | {"responses": {"well-words": "x"}}

    answer = give_back(signed_in, attempt_id, file | changed)

    assert answer.status_code == 422
    assert said in answer.text
    assert "The file was not taken" in answer.text
    assert 'value="tank"' in answer.text
    assert kept(session, attempt_id) == before


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="broken"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"kind": NaN}', id="not a number"),
        pytest.param(b"9" * 6000, id="endless digits"),
        pytest.param(b" " * (LARGEST_FILE + 1), id="too large"),
        pytest.param(b"null", id="null"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(
    session: Session, signed_in: FlaskClient, attempt_id: int, content: bytes
) -> None:
    before = kept(session, attempt_id)

    assert give_back(signed_in, attempt_id, content).status_code == 422
    assert kept(session, attempt_id) == before


def test_a_form_without_a_file_is_refused(
    signed_in: FlaskClient, attempt_id: int
) -> None:
    assert signed_in.post(f"/attempts/{attempt_id}/answers").status_code == 422


def test_a_closed_attempt_gives_and_takes_no_file(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    file = downloaded(signed_in, attempt_id)
    submit(session, ana, attempt_id, now=now())
    before = kept(session, attempt_id)

    assert give_back(signed_in, attempt_id, file).status_code == 409
    assert give_back(signed_in, attempt_id, b"{").status_code == 409
    assert signed_in.get(f"/attempts/{attempt_id}/answers").status_code == 409
    assert kept(session, attempt_id) == before


def test_another_learners_attempt_is_not_there(
    session: Session, client: FlaskClient, attempt_id: int
) -> None:
    sign_in(client, session, enrolled_user(session))

    assert client.get(f"/attempts/{attempt_id}/answers").status_code == 404
    assert give_back(client, attempt_id, {}).status_code == 404
