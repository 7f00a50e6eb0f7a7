"""Attacks on attempts, results, reports and statistics: nothing told, none broken."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.certification import Certificate
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.repair import apply_repairs
from tests.factories import sign_in
from tests.learning import (
    begin_attempt,
    enrolled_user,
    pass_quiz,
    read_module,
    save_answers,
    submit,
)
from tests.published import edited_copy, publish_sample
from tests.right_answers import right_responses, sitting_of
from tests.voids import APPLYING, publish_voided


def exported(client: FlaskClient) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(client.get("/me/data").data)) as archive:
        return dict(json.loads(archive.read("data.json")))


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_export_holds_answers_in_the_letters_that_were_shown(
    session: Session, signed_in: FlaskClient, ana: User, is_closed: bool
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    right = dict[str, object](right_responses(sitting_of(session, attempt_id, ana.id)))
    save_answers(session, ana.id, attempt_id, right, now=now())
    session.commit()
    if is_closed:
        submit(session, ana, attempt_id, right, now=now())

    (row,) = exported(signed_in)["attempts"]

    assert row["responses"] == right
    assert "form" not in row


@pytest.mark.parametrize("number", ["9" * 5000, "-1", "٣", "1e3", "²"])
def test_a_number_of_a_self_check_that_is_none_is_ignored(
    client: FlaskClient, small_course: str, number: str
) -> None:
    answer = client.get(f"{small_course}/the-well", query_string={"check": number})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        b'{"number": 1, "responses": {"well-words": "\\ud800"}}',
        b'{"number": 1, "responses": {"well-words": "a\\u0000b"}}',
        b'{"number": NaN, "responses": {}}',
        b'{"number": 1, "responses": {"well-number": NaN}}',
        b'{"number": 1, "responses": {"well-number": 1e999}}',
        b'{"number": ' + b"9" * 5000 + b', "responses": {}}',
        b'{"number": 1, "responses": {"\\ud800": "a"}}',
        b'{"number": 1, "known": 0, "responses": {}, "times": {"x": -1}}',
        b'{"number": 1, "responses": {}, "times": [1]}',
        b'{"number": 1, "responses": {"well-order": ["a", ["b"]]}}',
        b'{"number": 1, "responses": {"well-match": {"a": {"b": "c"}}}}',
        b'{"number": 1, "responses": {"well-several": ["a", "a"]}}',
        b'{"number": 1, "responses": {"well-words": "' + b"x" * 1_000_000 + b'"}}',
    ],
)
def test_what_no_page_sends_changes_nothing(
    session: Session, signed_in: FlaskClient, ana: User, raw: bytes
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())

    answer = signed_in.post(
        f"/attempts/{attempt_id}/responses", data=raw, content_type="application/json"
    )

    assert answer.status_code == 422
    assert session.get_one(Attempt, attempt_id).responses == {}


def test_times_of_questions_that_were_not_asked_are_not_kept(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    times = {f"x{number}": 2**52 for number in range(10_000)}
    sent = {"number": 1, "device": "a", "known": 0, "times": times}

    answer = signed_in.post(
        f"/attempts/{attempt_id}/responses",
        json=sent | {"responses": {"well-words": "tank"}},
    )

    assert answer.status_code == 200
    session.expire_all()
    kept = session.get_one(Attempt, attempt_id).saves
    assert kept is not None
    assert set(kept["times"]) == {"well-words"}


@pytest.mark.parametrize("act", ["draft", "submission"])
def test_a_form_that_no_page_makes_is_refused(
    session: Session, signed_in: FlaskClient, ana: User, act: str
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    address = f"/attempts/{attempt_id}/{act}"
    forms: list[tuple[dict[str, Any], set[int]]] = [
        ({f"f{number}": "x" for number in range(10_000)}, {413}),
        ({"well-match.zz": "a"}, {422}),
        ({"well-order.zz": "1"}, {422}),
        ({"well-order.a": "9" * 5000}, {422}),
        (
            {"well-single": ["a", "b"], "part": "9" * 50, "well-words": "x" * 3000},
            {422},
        ),
        ({"well-words": "\ufffe" * 2001, "part": "٣"}, {422}),
    ]
    for data, statuses in forms:
        answer = signed_in.post(address, data=data)
        assert answer.status_code in statuses, (data, answer.status_code)
        session.expire_all()
        attempt = session.get_one(Attempt, attempt_id)
        assert (attempt.responses, attempt.closed_at) == ({}, None)


def test_under_never_a_corrected_result_tells_the_grade_only(
    client: FlaskClient, session: Session, tmp_path: Path
) -> None:
    quiz = {"01-the-well.quiz.es.md": ("after-attempt", "never")}
    publish_sample(session, folder=edited_copy(tmp_path / "old", quiz))
    user = enrolled_user(session)
    attempt_id = begin_attempt(session, user, "the-well", now=now())
    submit(session, user, attempt_id, now=now())
    publish_voided(session, tmp_path / "new")
    apply_repairs(APPLYING, now=now())
    sign_in(client, session, user)

    page = client.get(f"/attempts/{attempt_id}").text

    assert "Your result was corrected on" in page
    assert "Sign-" not in page


def test_a_repair_certifies_nobody_who_was_erased(
    session: Session, ana: User, tmp_path: Path
) -> None:
    for module in ("the-well", "the-pump"):
        read_module(session, ana, module)
    pass_quiz(session, ana, None)
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    right = dict[str, object](right_responses(sitting_of(session, attempt_id, ana.id)))
    for question in ("well-single", "well-truth", "well-several"):
        right.pop(question)
    submit(session, ana, attempt_id, right, now=now())
    erase_account(session, user_id=ana.id, now=now())
    session.commit()
    publish_voided(session, tmp_path)

    done = apply_repairs(APPLYING, now=now())

    assert done.passed == 1
    assert session.scalars(select(Certificate)).all() == []


def test_the_attempt_of_a_twenty_first_page_is_numbered_too(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    """Each time a page is opened it counts anew: an evening has many."""
    attempt_id = begin_attempt(session, ana, "the-well", now=now())

    def save(device: str, number: int, words: str) -> None:
        body = {"device": device, "number": number, "responses": {"well-words": words}}
        answer = signed_in.post(f"/attempts/{attempt_id}/responses", json=body)
        assert answer.status_code == 204

    for page in range(20):
        for number in (1, 2, 3):
            save(f"page{page}", number, "bucket")
    save("last", 1, "tank")
    save("last", 2, "reservoir")
    save("last", 1, "tank")

    session.expire_all()
    kept = session.get_one(Attempt, attempt_id).responses
    assert kept == {"well-words": "reservoir"}
