"""What is pasted into the editor from a text processor comes as Markdown."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import make_membership, make_user, sign_in

AT = "/trainer/courses/first-steps/paste/01-how-to-learn-here.es.md"
FROM_WORD = (
    '<html xmlns:o="urn:x"><body><h2>Agua</h2><p class=MsoNormal>Uno <b>dos</b>'
    "</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>· </span>Pozo</p></body></html>"
)


@pytest.fixture
def desk(client: FlaskClient, session: Session, app: Flask) -> FlaskClient:
    person = make_user(session)
    make_membership(session, person, "trainer")
    sign_in(client, session, person)
    session.commit()
    return client


def test_headings_letters_and_lists_survive(desk: FlaskClient) -> None:
    answer = desk.post(AT, json={"html": FROM_WORD})

    assert answer.get_json()["markdown"] == "## Agua\n\nUno **dos**\n\n- Pozo"
    assert answer.get_json()["remarks"] == []


def test_what_does_not_survive_is_named(desk: FlaskClient) -> None:
    html = FROM_WORD.replace("Uno", '<a href="javascript:x()">Uno</a>')

    told = desk.post(f"{AT}?lang=es", json={"html": html}).get_json()

    assert "javascript" not in told["markdown"]
    assert len(told["remarks"]) == 1


def test_several_first_headings_stay_sections_of_one_text(desk: FlaskClient) -> None:
    html = "<h1>Uno</h1><p>a</p><h1>Dos</h1><p>b</p>"

    told = desk.post(AT, json={"html": html}).get_json()

    assert told["markdown"] == "## Uno\n\na\n\n## Dos\n\nb"


def test_a_numbered_question_stays_text(desk: FlaskClient) -> None:
    html = "<p>1. ¿Qué es?</p><p>a) Uno</p><p><b>b) Dos</b></p><p>c) Tres</p>"

    told = desk.post(AT, json={"html": html}).get_json()

    assert "Tres" in told["markdown"]


@pytest.mark.parametrize("sent", [None, [], {"html": 3}, {"html": None}, {}, "x", 7])
def test_what_is_no_paste_is_refused(desk: FlaskClient, sent: object) -> None:
    assert desk.post(AT, json=sent).status_code == 422


def test_a_paste_too_large_says_so(desk: FlaskClient) -> None:
    answer = desk.post(f"{AT}?lang=en", json={"html": "<p>agua</p>" * 250_000})

    assert answer.status_code == 422
    assert "MB" in answer.get_json()["error"]


def test_a_paste_far_too_large_stops_at_the_door(desk: FlaskClient) -> None:
    answer = desk.post(AT, json={"html": "<p>agua</p>" * 500_000})

    assert answer.status_code == 413


def test_a_learner_pastes_nowhere(client: FlaskClient, session: Session) -> None:
    sign_in(client, session, make_user(session))
    session.commit()

    assert client.post(AT, json={"html": FROM_WORD}).status_code == 404
