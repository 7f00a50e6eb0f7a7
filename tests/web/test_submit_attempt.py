"""Submitting an attempt by its form, without a script."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.attempts import Sitting
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.certification import Certificate
from tests.factories import NOW
from tests.learning import begin_attempt, pass_quiz, read_module
from tests.right_answers import Fields, right_responses, sitting_of, typed_fields


@pytest.fixture
def found(session: Session, ana: User) -> Sitting:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    return sitting_of(session, attempt_id, ana.id)


def right_fields(found: Sitting) -> Fields:
    return typed_fields(found, right_responses(found))


def row(session: Session, attempt_id: int) -> Attempt:
    session.expire_all()
    return session.get_one(Attempt, attempt_id)


def test_every_kind_of_question_is_answered_by_its_fields(
    session: Session, signed_in: FlaskClient, found: Sitting
) -> None:
    response = signed_in.post(
        f"/attempts/{found.id}/submission", data=right_fields(found)
    )

    assert response.status_code == 303
    assert response.location == f"/attempts/{found.id}"
    assert row(session, found.id).points_earned == "7"
    html = signed_in.get(response.location).get_data(as_text=True)
    assert "Passed: 100" in html


def test_a_second_click_changes_nothing(
    session: Session, signed_in: FlaskClient, found: Sitting
) -> None:
    address = f"/attempts/{found.id}/submission"
    signed_in.post(address, data=right_fields(found))
    closed_at = row(session, found.id).closed_at

    again = signed_in.post(address, data={"well-words": "bucket"})

    assert again.status_code == 303
    assert row(session, found.id).closed_at == closed_at
    assert row(session, found.id).points_earned == "7"


@pytest.mark.parametrize("typed", ["abc", "12,34,5x", "--5", "1e", "٣", "9" * 300])
def test_a_number_that_cannot_be_read_comes_back_with_everything_kept(
    session: Session, signed_in: FlaskClient, found: Sitting, typed: str
) -> None:
    fields = right_fields(found) | {"well-number": typed, "well-words": "my tank"}

    response = signed_in.post(f"/attempts/{found.id}/submission", data=fields)

    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "There is one number that we cannot read" in html
    assert f'value="{typed}"' in html
    assert 'value="my tank"' in html
    assert html.count(" checked") == 4
    assert row(session, found.id).closed_at is None
    assert f'href="/attempts/{found.id}?lang=es"' in html


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        pytest.param("1255", "1", id="plain"),
        pytest.param("1,255", "1", id="grouped with a comma"),
        pytest.param("1.255", "1", id="grouped with a point"),
        pytest.param("$ 1 255,00 MXN", "1", id="with its currency"),
        pytest.param("125,50", "1/2", id="half, with a decimal comma"),
        pytest.param("125.5", "1/2", id="half, with a decimal point"),
        pytest.param("1256", "0", id="wrong"),
    ],
)
def test_a_typed_number_is_read_both_ways(
    session: Session, signed_in: FlaskClient, found: Sitting, typed: str, points: str
) -> None:
    signed_in.post(f"/attempts/{found.id}/submission", data={"well-number": typed})

    assert row(session, found.id).points_earned == points


@pytest.mark.parametrize(
    ("places", "points"),
    [
        pytest.param(("10", "20", "30", "40"), "1", id="places with gaps"),
        pytest.param(("4", "3", "2", "1"), "0", id="reversed"),
        pytest.param(("2", "1", "3", "4"), "2/3", id="one pair swapped"),
        pytest.param(("", "", "", ""), "0", id="untouched"),
    ],
)
def test_an_ordering_is_read_from_typed_places(
    session: Session,
    signed_in: FlaskClient,
    found: Sitting,
    places: tuple[str, ...],
    points: str,
) -> None:
    right = right_responses(found)["well-order"]
    assert isinstance(right, list)
    fields = {f"well-order.{k}": p for k, p in zip(right, places, strict=True)}

    signed_in.post(f"/attempts/{found.id}/submission", data=fields)

    assert row(session, found.id).points_earned == points


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"well-single": "z"}, id="an option not shown"),
        pytest.param({"well-several": ["a", "a"]}, id="an option twice"),
        pytest.param({"well-match.a": "z"}, id="a side not shown"),
        pytest.param({"well-order.z": "1"}, id="a step not shown"),
        pytest.param({"well-words": "x" * 2001}, id="a text too long"),
        pytest.param({"well-words": "a\0b"}, id="a sign that cannot be stored"),
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_refused(
    session: Session, signed_in: FlaskClient, found: Sitting, fields: Fields
) -> None:
    response = signed_in.post(f"/attempts/{found.id}/submission", data=fields)

    assert response.status_code in {400, 422}
    assert row(session, found.id).closed_at is None
    assert row(session, found.id).responses == {}


def test_what_a_learner_sends_along_counts_for_nothing(
    session: Session, signed_in: FlaskClient, found: Sitting
) -> None:
    forged = {"score": "100", "passed": "1", "points_earned": "7", "user_id": "1"}

    signed_in.post(f"/attempts/{found.id}/submission", data=forged)

    assert row(session, found.id).points_earned == "0"
    assert row(session, found.id).passed is False


def test_what_was_saved_before_counts_where_the_form_is_blank(
    session: Session, signed_in: FlaskClient, found: Sitting
) -> None:
    body = {"number": 3, "responses": {"well-words": "tank"}}
    signed_in.post(f"/attempts/{found.id}/responses", json=body)

    signed_in.post(f"/attempts/{found.id}/submission", data={"shown": "{}"})

    assert row(session, found.id).points_earned == "1"


def test_after_the_time_only_what_was_saved_counts_and_the_page_says_so(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    attempt_id = begin_attempt(session, ana, "the-well", now=NOW)
    html = signed_in.get(f"/attempts/{attempt_id}").get_data(as_text=True)
    assert "The time has run out" in html
    fields = right_fields(sitting_of(session, attempt_id, ana.id))

    response = signed_in.post(
        f"/attempts/{attempt_id}/submission", data=fields, follow_redirects=True
    )

    assert "The time had run out" in response.get_data(as_text=True)
    assert row(session, attempt_id).points_earned == "0"


def test_the_last_submission_issues_the_certificate_and_says_so(
    session: Session, signed_in: FlaskClient, ana: User
) -> None:
    for module in ("the-well", "the-pump"):
        read_module(session, ana, module)
    pass_quiz(session, ana, "the-well")
    attempt_id = begin_attempt(session, ana, None)
    fields = right_fields(sitting_of(session, attempt_id, ana.id))

    response = signed_in.post(
        f"/attempts/{attempt_id}/submission", data=fields, follow_redirects=True
    )

    html = response.get_data(as_text=True)
    assert "Your certificate is ready" in html
    assert session.scalars(select(Certificate)).one()


def test_submitting_needs_a_session(client: FlaskClient, found: Sitting) -> None:
    response = client.post(f"/attempts/{found.id}/submission")

    assert response.status_code == 303
    assert response.location == f"/sign-in?next=/attempts/{found.id}"
