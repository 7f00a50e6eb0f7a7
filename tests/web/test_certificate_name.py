"""The name on the certificate: seen before, and mended by its owner within limits."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from tests.factories import make_user, sign_in

ADDRESS = "/me/certificates/name"


@pytest.fixture
def maria(session: Session, client: FlaskClient) -> User:
    user = make_user(session, "maria PEREZ gomez")
    sign_in(client, session, user)
    return user


def name_of(session: Session, user: User) -> str:
    session.expire_all()
    return session.get_one(User, user.id).full_name


def test_the_name_is_shown_as_it_will_be_printed(
    client: FlaskClient, maria: User
) -> None:
    html = client.get(ADDRESS).get_data(as_text=True)

    assert '<p class="claim">maria PEREZ gomez</p>' in html


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param("María Pérez Gómez", "María Pérez Gómez", id="accents"),
        pytest.param("Gomez Perez Maria", "Gomez Perez Maria", id="order"),
        pytest.param("MARIA PEREZ GOMEZ", "MARIA PEREZ GOMEZ", id="capitals"),
        pytest.param("  María\tPérez   Gómez ", "María Pérez Gómez", id="spaces"),
        pytest.param("maria PEREZ gomez", "maria PEREZ gomez", id="nothing"),
    ],
)
def test_accents_order_and_capitals_are_the_owners(
    session: Session, client: FlaskClient, maria: User, typed: str, printed: str
) -> None:
    response = client.post(ADDRESS, data={"full_name": typed})

    assert response.status_code == 303
    assert name_of(session, maria) == printed


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("María Pérez", id="a surname less"),
        pytest.param("María Pérez Gómez Díaz", id="a surname more"),
        pytest.param("Mario Pérez Gómez", id="another name"),
        pytest.param(
            "María\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE} P G", id="towers"
        ),
        pytest.param("x" * 5000, id="endless"),
        pytest.param("\u202e", id="a mark that turns the writing"),
    ],
)
def test_more_than_that_is_for_the_manager_and_comes_back_as_typed(
    session: Session, client: FlaskClient, maria: User, typed: str
) -> None:
    response = client.post(ADDRESS, data={"full_name": typed})

    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "write to your training manager" in html
    assert 'aria-invalid="true"' in html
    assert name_of(session, maria) == "maria PEREZ gomez"
    assert f'href="{ADDRESS}?lang=es"' in html


def test_one_returns_to_the_final_and_never_to_another_site(
    client: FlaskClient, maria: User
) -> None:
    body = {"full_name": "María Pérez Gómez"}

    home = client.post(f"{ADDRESS}?next=/courses/small-course/final", data=body)
    away = [
        client.post(f"{ADDRESS}?next={path}", data=body)
        for path in (
            "//evil.example",
            "/%5Cevil.example",
            "/%09/evil.example",
            "http:x",
        )
    ]

    assert home.location == "/courses/small-course/final"
    assert {response.location for response in away} == {"/me/certificates"}


def test_signs_that_the_paper_cannot_print_are_named_before(
    session: Session, client: FlaskClient
) -> None:
    sign_in(client, session, make_user(session, "Ana 漢"))

    assert "The paper cannot print: 漢" in client.get(ADDRESS).get_data(as_text=True)


def test_the_name_is_nobody_elses_to_see(client: FlaskClient) -> None:
    assert client.get(ADDRESS).location == f"/sign-in?next={ADDRESS}"
    assert client.post(ADDRESS, data={"full_name": "x"}).status_code == 303
