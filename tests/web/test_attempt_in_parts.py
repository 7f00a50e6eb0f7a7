"""Five questions at a time, without a script: going on saves, nothing goes twice."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from tests.learning import begin_attempt
from tests.right_answers import right_responses, sitting_of, typed_fields


@pytest.fixture
def attempt_id(session: Session, ana: User) -> int:
    return begin_attempt(session, ana, "the-well", now=now())


def asked(html: str) -> list[str]:
    """List the questions of a page."""
    return re.findall(r'data-question="([^"]+)"', html)


def numbers(html: str) -> list[str]:
    return re.findall(r'data-number="(\d+)"', html)


def hidden(html: str) -> dict[str, str]:
    """Read the hidden fields that say what the page showed."""
    shown = re.search(r'name="shown" value="([^"]*)"', html)
    part = re.search(r'name="part" value="(\d+)"', html)
    assert shown is not None
    fields = {"shown": shown[1].replace("&#34;", '"')}
    return fields | ({"part": part[1]} if part else {})


def test_the_whole_attempt_is_answered_page_by_page(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    address = f"/attempts/{attempt_id}"
    found = sitting_of(session, attempt_id, ana.id)
    right = typed_fields(found, right_responses(found))
    page = signed_in.post(f"{address}/draft", data={"shown": "{}", "go": "1"})
    assert page.location == f"{address}?part=1"
    first = signed_in.get(page.location).text
    assert numbers(first) == ["1", "2", "3", "4", "5"]
    assert "data-submit" not in first

    def fields_of(html: str) -> dict[str, str | list[str]]:
        here = asked(html)
        own = {k: v for k, v in right.items() if k.split(".")[0] in here}
        return own | hidden(html)

    page = signed_in.post(f"{address}/draft", data=fields_of(first) | {"go": "2"})
    assert page.location == f"{address}?part=2"
    second = signed_in.get(page.location).text
    assert numbers(second) == ["6", "7"]
    assert "5 of 7" in second
    signed_in.post(f"{address}/submission", data=fields_of(second))

    session.expire_all()
    assert session.get_one(Attempt, attempt_id).points_earned == "7"


def test_a_page_says_nothing_of_the_questions_it_does_not_show(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    address = f"/attempts/{attempt_id}"
    body = {"number": 1, "responses": {"well-words": "tank", "well-number": "1255"}}
    signed_in.post(f"{address}/responses", json=body)
    for part in ("1", "2"):
        html = signed_in.get(f"{address}?part={part}").text
        signed_in.post(f"{address}/draft", data=hidden(html) | {"go": "all"})

    session.expire_all()
    kept = session.get_one(Attempt, attempt_id).responses
    # Each page showed its own answers and sent them back as empty fields.
    assert kept == {}


def test_all_questions_stand_on_one_page_unless_asked_otherwise(
    signed_in: FlaskClient, attempt_id: int
) -> None:
    html = signed_in.get(f"/attempts/{attempt_id}").text

    assert len(asked(html)) == 7
    assert 'name="go" value="1"' in html
    back = signed_in.post(
        f"/attempts/{attempt_id}/draft", data={"shown": "{}", "part": "2", "go": "all"}
    )
    assert back.location == f"/attempts/{attempt_id}"


@pytest.mark.parametrize(
    ("wanted", "count"),
    [("0", 7), ("99", 2), ("-1", 7), ("abc", 7), ("²", 7), ("9" * 5000, 7), ("", 7)],
)
def test_a_part_that_is_not_there_is_the_last_one_or_all(
    signed_in: FlaskClient, attempt_id: int, wanted: str, count: int
) -> None:
    html = signed_in.get(f"/attempts/{attempt_id}", query_string={"part": wanted}).text

    assert len(asked(html)) == count


def test_an_unreadable_number_comes_back_on_its_own_page(
    session: Session, signed_in: FlaskClient, ana: User, attempt_id: int
) -> None:
    found = sitting_of(session, attempt_id, ana.id)
    places = [question.id for _, question in found.asked]
    part = places.index("well-number") // 5 + 1
    html = signed_in.get(f"/attempts/{attempt_id}?part={part}").text

    answer = signed_in.post(
        f"/attempts/{attempt_id}/submission",
        data=hidden(html) | {"well-number": "abc"},
    )

    assert answer.status_code == 422
    assert asked(answer.text) == asked(html)
    assert 'value="abc"' in answer.text
