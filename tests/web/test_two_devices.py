"""One attempt on two devices: the newest answer of each question, and nobody misled."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from tests.learning import begin_attempt, submit
from tests.right_answers import sitting_of


@pytest.fixture
def attempt_id(session: Session, ana: User) -> int:
    return begin_attempt(session, ana, "the-well", now=now())


def kept(session: Session, attempt_id: int) -> dict[str, object]:
    session.expire_all()
    return session.get_one(Attempt, attempt_id).responses


def save(
    client: FlaskClient, attempt_id: int, device: str, number: int, **about: Any
) -> dict[str, Any]:
    body = {"device": device, "number": number, "known": 0, "responses": {}} | about
    answer = client.post(f"/attempts/{attempt_id}/responses", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def test_a_page_is_told_what_another_device_answered(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    save(signed_in, attempt_id, "phone", 1, responses={"well-words": "tank"})

    told = save(signed_in, attempt_id, "desk", 1, responses={"well-number": "1255"})

    assert told["newer"] == {"well-words": "tank"}
    assert told["count"] == 2
    assert 0 < told["seconds_left"] <= 30 * 60
    assert kept(session, attempt_id) == {"well-words": "tank", "well-number": "1255"}
    known = save(signed_in, attempt_id, "desk", 2, known=told["count"])
    assert known["newer"] == {}


def test_a_change_made_earlier_and_heard_later_is_told_the_newer_one(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    session.get_one(Attempt, attempt_id).started_at = now().replace(microsecond=0)
    late = {"responses": {"well-words": "tank"}, "times": {"well-words": 0}}
    newest = {"responses": {"well-words": "reservoir"}}
    session.get_one(Attempt, attempt_id).started_at -= now() - now().replace(minute=0)
    session.commit()
    save(signed_in, attempt_id, "phone", 1, **newest)

    told = save(signed_in, attempt_id, "desk", 1, **late)

    assert told["newer"] == {"well-words": "reservoir"}
    assert kept(session, attempt_id) == {"well-words": "reservoir"}


def test_options_are_told_in_the_letters_that_this_attempt_shows(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    save(signed_in, attempt_id, "phone", 1, responses={"well-single": "b"})

    told = save(signed_in, attempt_id, "desk", 1)

    assert told["newer"] == {"well-single": "b"}
    found = sitting_of(session, attempt_id, ana.id)
    (form,) = (f for f, q in found.asked if q.id == "well-single")
    assert found.responses == {"well-single": form.keys[1]}


def test_an_emptied_answer_is_told_as_empty(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    save(signed_in, attempt_id, "phone", 1, responses={"well-words": "tank"})
    save(signed_in, attempt_id, "phone", 2, responses={"well-words": None})

    assert save(signed_in, attempt_id, "desk", 1)["newer"] == {"well-words": None}
    assert kept(session, attempt_id) == {}


def test_a_replayed_save_is_acknowledged_and_changes_nothing(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    first = {"responses": {"well-words": "tank"}}
    save(signed_in, attempt_id, "phone", 1, **first)
    save(signed_in, attempt_id, "phone", 2, responses={"well-words": "reservoir"})

    told = save(signed_in, attempt_id, "phone", 1, **first)

    assert told["newer"] == {"well-words": "reservoir"}
    assert kept(session, attempt_id) == {"well-words": "reservoir"}


def test_looking_without_saying_anything_is_no_save(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    save(signed_in, attempt_id, "phone", 1)

    attempt = session.get_one(Attempt, attempt_id)
    assert attempt.save_number == 0
    assert attempt.saved_at is None


def test_a_form_changes_only_what_was_touched_on_its_page(
    session: Session, signed_in: FlaskClient, attempt_id: int
) -> None:
    """The page showed `tank`; the phone changed it since; the form still holds it."""
    save(signed_in, attempt_id, "phone", 1, responses={"well-words": "tank"})
    save(signed_in, attempt_id, "phone", 2, responses={"well-words": "reservoir"})

    form = {
        "shown": '{"well-words":"tank"}',
        "well-words": "tank",
        "well-number": "1255",
    }
    signed_in.post(f"/attempts/{attempt_id}/draft", data=form)

    assert kept(session, attempt_id) == {
        "well-words": "reservoir",
        "well-number": "1255",
    }


@pytest.mark.parametrize(
    "shown", ["", "[]", "null", "{", "[" * 100_000, "NaN", "\ud7ff", "7"]
)
def test_a_form_that_does_not_say_what_it_showed_erases_nothing(
    session: Session, signed_in: FlaskClient, attempt_id: int, shown: str
) -> None:
    save(signed_in, attempt_id, "phone", 1, responses={"well-words": "tank"})

    form = {"shown": shown, "well-words": "", "well-number": "1255"}
    answer = signed_in.post(f"/attempts/{attempt_id}/draft", data=form)

    assert answer.status_code == 303
    assert kept(session, attempt_id) == {"well-words": "tank", "well-number": "1255"}


def test_the_other_device_is_told_that_the_attempt_is_over(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    submit(session, ana, attempt_id, now=now())
    body = {"device": "desk", "number": 1, "known": 0, "responses": {}}

    answer = signed_in.post(f"/attempts/{attempt_id}/responses", json=body)

    assert answer.status_code == 409
