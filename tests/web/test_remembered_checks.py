"""Self-checks of who is signed in: answered at once, remembered, theirs alone."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.folder import ModuleWork
from tests.factories import make_user, sign_in

WELL = "/courses/small-course/the-well"
ANSWER = f"{WELL}/self-check"
FIRST = {"check": "0"}
PIECE = {"X-Piece": "self-check"}


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def right_key(client: FlaskClient) -> str:
    """Find the shown key of “From the well”, as a learner reads it."""
    html = page(client.get(WELL))
    found = re.search(r'value="(\w)"[^>]*> <span>(?:<p>)?From the well', html)
    assert found
    return found[1]


def stored(session: Session) -> ModuleWork:
    return session.scalars(
        select(ModuleWork).execution_options(populate_existing=True)
    ).one()


def test_an_answer_is_shown_again_on_the_next_visit(
    signed_in: FlaskClient, session: Session
) -> None:
    key = right_key(signed_in)

    answer = signed_in.post(ANSWER, data=FIRST | {"the-well-check": key})

    assert (answer.status_code, answer.location) == (303, f"{WELL}#check-0")
    html = page(signed_in.get(WELL))
    assert "Hint-right" in html
    assert "Check again" in html
    assert re.search(rf'value="{key}" checked', html)
    assert stored(session).checks == {"the-well-check": "a"}


def test_a_script_gets_the_self_check_alone(signed_in: FlaskClient) -> None:
    key = right_key(signed_in)

    sent = FIRST | {"the-well-check": key}
    piece = page(signed_in.post(ANSWER, data=sent, headers=PIECE))

    assert piece.strip().startswith('<div class="selfcheck')
    assert "Hint-right" in piece
    assert "<html" not in piece
    assert 'name="csrf_token"' in piece
    assert "‡" not in piece


def test_a_visitor_gets_it_alone_too_and_nothing_is_kept(
    client: FlaskClient, session: Session, small_course: str
) -> None:
    address = f"{small_course}/the-well?lang=en&check=0&the-well-check=a"

    piece = page(client.get(address, headers=PIECE))

    assert "<html" not in piece
    assert "Hint-" in piece
    assert client.post(ANSWER, data=FIRST | {"the-well-check": "a"}).status_code == 303
    assert session.scalars(select(ModuleWork)).all() == []


def test_a_visitor_after_a_learner_is_not_sent_to_where_answers_are_kept(
    signed_in: FlaskClient, session: Session
) -> None:
    assert f'action="{ANSWER}"' in page(signed_in.get(WELL))

    signed_in.get("/sign-out")
    signed_in.post("/sign-out")

    html = page(signed_in.get(f"{WELL}?lang=en"))
    assert ANSWER not in html
    assert 'action="#check-0"' in html
    sign_in(signed_in, session, make_user(session, "Beto"))
    assert f'action="{ANSWER}"' in page(signed_in.get(WELL))


def test_an_empty_answer_forgets_the_one_before(
    signed_in: FlaskClient, session: Session
) -> None:
    signed_in.post(ANSWER, data=FIRST | {"the-well-check": right_key(signed_in)})

    signed_in.post(ANSWER, data=FIRST)

    assert stored(session).checks == {}
    assert "Hint-" not in page(signed_in.get(WELL))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"the-well-check": "z"}, id="an unknown key"),
        pytest.param({"the-well-check": "a" * 5000}, id="a long key"),
        pytest.param({"another": "a"}, id="another question"),
    ],
)
def test_an_answer_that_is_none_keeps_nothing(
    signed_in: FlaskClient, session: Session, fields: dict[str, str]
) -> None:
    assert signed_in.post(ANSWER, data=FIRST | fields).status_code == 303
    assert stored(session).checks == {}


@pytest.mark.parametrize("number", ["-1", "1", "x", "", str(2**31), "9" * 5000])
def test_a_self_check_that_is_not_there(
    signed_in: FlaskClient, session: Session, number: str
) -> None:
    answer = signed_in.post(ANSWER, data={"check": number})

    assert answer.status_code == 404
    assert session.scalars(select(ModuleWork)).all() == []


def test_nobody_else_sees_what_one_answered(
    signed_in: FlaskClient, session: Session
) -> None:
    signed_in.post(ANSWER, data=FIRST | {"the-well-check": right_key(signed_in)})
    other: User = make_user(session, "Beto")
    session.commit()

    sign_in(signed_in, session, other)

    assert "Hint-" not in page(signed_in.get(WELL))


def test_what_no_longer_fits_its_question_is_forgotten(
    signed_in: FlaskClient, session: Session
) -> None:
    signed_in.post(ANSWER, data=FIRST | {"the-well-check": right_key(signed_in)})
    stored(session).checks = {"the-well-check": ["gone"], "removed": "a"}
    session.commit()

    html = page(signed_in.get(WELL))

    assert "Hint-" not in html
    assert "Where does the water come from?" in html
