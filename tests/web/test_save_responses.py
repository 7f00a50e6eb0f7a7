"""Saving as one goes: numbered, whole or not at all, by script or by form."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from tests.factories import NOW, sign_in
from tests.learning import begin_attempt, enrolled_user, submit


@pytest.fixture
def attempt_id(session: Session, ana: User) -> int:
    return begin_attempt(session, ana, "the-well", now=now())


def kept(session: Session, attempt_id: int) -> dict[str, object]:
    session.expire_all()
    return session.get_one(Attempt, attempt_id).responses


def save(client: FlaskClient, attempt_id: int, body: Any) -> int:
    return client.post(f"/attempts/{attempt_id}/responses", json=body).status_code


def test_a_save_is_kept_and_shown_again(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    body = {"number": 1, "responses": {"well-words": "tank", "well-number": "1.255"}}

    assert save(signed_in, attempt_id, body) == 204

    html = signed_in.get(f"/attempts/{attempt_id}").get_data(as_text=True)
    assert 'value="tank"' in html
    assert "Read as 1,255 or 1.26" in html or "Read as 1.26 or 1,255" in html
    assert "2 of 7" in html


def test_an_older_number_is_taken_and_ignored(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    save(signed_in, attempt_id, {"number": 9, "responses": {"well-words": "new"}})
    older = {"number": 8, "responses": {"well-words": "old"}}

    assert save(signed_in, attempt_id, older) == 204
    assert kept(session, attempt_id) == {"well-words": "new"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(None, id="null"),
        pytest.param([], id="a list"),
        pytest.param("text", id="a text"),
        pytest.param({}, id="nothing"),
        pytest.param({"number": 1}, id="no responses"),
        pytest.param({"responses": {}}, id="no number"),
        pytest.param({"number": "1", "responses": {}}, id="a number as text"),
        pytest.param({"number": True, "responses": {}}, id="a truth as number"),
        pytest.param({"number": 1.0, "responses": {}}, id="a fraction"),
        pytest.param({"number": 0, "responses": {}}, id="number 0"),
        pytest.param({"number": -1, "responses": {}}, id="a negative number"),
        pytest.param({"number": 2**63, "responses": {}}, id="a huge number"),
        pytest.param({"number": 1, "responses": []}, id="responses as a list"),
        pytest.param({"number": 1, "responses": {"ghost": "a"}}, id="not asked"),
        pytest.param(
            {"number": 1, "responses": {"well-single": {"a": "b"}}}, id="wrong shape"
        ),
        pytest.param(
            {"number": 1, "responses": {"well-words": "x" * 10**6}}, id="a megabyte"
        ),
        pytest.param({"number": 1, "responses": {}, "score": 7}, id="a score"),
    ],
)
def test_a_wrong_shape_is_refused_and_stores_nothing(
    session: Session, signed_in: FlaskClient, attempt_id: int, body: Any
) -> None:
    assert save(signed_in, attempt_id, body) == 422
    assert kept(session, attempt_id) == {}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"{", id="broken"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe{}", id="not UTF-8"),
        pytest.param(b'{"number": NaN, "responses": {}}', id="not a number"),
        pytest.param(b'{"number": 1e999, "responses": {}}', id="infinite"),
        pytest.param(
            b'{"number": ' + b"9" * 6000 + b', "responses": {}}', id="endless digits"
        ),
        pytest.param(b"[" * 100_000, id="a hundred thousand levels"),
        pytest.param(
            b'{"number":1,"responses":{"well-words":"\\ud800"}}', id="half a sign"
        ),
        pytest.param(
            b'{"number":1,"responses":{"well-words":"a\\u0000"}}', id="an escaped NUL"
        ),
    ],
)
def test_what_is_no_json_of_ours_is_refused(
    session: Session, signed_in: FlaskClient, attempt_id: int, data: bytes
) -> None:
    response = signed_in.post(
        f"/attempts/{attempt_id}/responses",
        data=data,
        content_type="application/json",
    )

    assert response.status_code in {400, 422}
    assert response.is_json
    assert kept(session, attempt_id) == {}


def test_a_closed_attempt_takes_no_save(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    submit(session, ana, attempt_id, now=now())
    body = {"number": 1, "responses": {"well-words": "tank"}}

    assert save(signed_in, attempt_id, body) == 409
    assert kept(session, attempt_id) == {}


def test_an_attempt_whose_time_is_over_takes_no_save(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    expired = begin_attempt(session, ana, "the-well", now=NOW)
    body = {"number": 1, "responses": {"well-words": "tank"}}

    assert save(signed_in, expired, body) == 409


def test_a_script_without_a_session_is_told_so(
    client: FlaskClient, attempt_id: int
) -> None:
    assert save(client, attempt_id, {"number": 1, "responses": {}}) == 401


def test_another_learners_attempt_is_not_there(
    session: Session, client: FlaskClient, attempt_id: int
) -> None:
    sign_in(client, session, enrolled_user(session))

    assert save(client, attempt_id, {"number": 1, "responses": {}}) == 404
    assert client.get(f"/attempts/{attempt_id}").status_code == 404
    assert client.post(f"/attempts/{attempt_id}/draft").status_code == 404
    assert client.post(f"/attempts/{attempt_id}/submission").status_code == 404


def test_leaving_keeps_the_whole_form_without_a_script(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    fields = {"shown": "{}", "well-words": "tank", "well-number": "abc"}

    response = signed_in.post(f"/attempts/{attempt_id}/draft", data=fields)

    assert response.status_code == 303
    assert response.location == f"/attempts/{attempt_id}"
    assert kept(session, attempt_id) == {"well-words": "tank", "well-number": "abc"}


def test_a_form_of_an_older_tab_erases_nothing(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    save(signed_in, attempt_id, {"number": 5, "responses": {"well-words": "tank"}})

    old_tab = {"shown": "{}", "well-number": "1255", "well-words": ""}
    signed_in.post(f"/attempts/{attempt_id}/draft", data=old_tab)

    assert kept(session, attempt_id) == {"well-words": "tank", "well-number": "1255"}


def test_a_form_of_the_newest_state_may_empty_an_answer(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    save(signed_in, attempt_id, {"number": 5, "responses": {"well-words": "tank"}})
    html = signed_in.get(f"/attempts/{attempt_id}").get_data(as_text=True)
    shown = '{"well-words":"tank"}'
    assert f'name="shown" value="{escape(shown)}"' in html

    signed_in.post(
        f"/attempts/{attempt_id}/draft", data={"shown": shown, "well-words": ""}
    )

    assert kept(session, attempt_id) == {}
