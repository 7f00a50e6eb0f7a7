"""Mail that nobody requires is given up by its link, and on the account page."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.web.signed_links import calendar_path, optional_mail_path
from tests.factories import make_user, sign_in


@pytest.fixture
def reader(session: Session) -> User:
    user = make_user(session, locale="es")
    session.commit()
    return user


@pytest.fixture
def link(client: FlaskClient, reader: User) -> str:
    with client.application.test_request_context():
        return optional_mail_path(reader.id)


def wants(session: Session, user: User) -> bool:
    wanted = select(User.wants_optional_mail).where(User.id == user.id)
    return bool(session.scalar(wanted))


def test_opening_the_link_alone_changes_nothing(
    client: FlaskClient, session: Session, reader: User, link: str
) -> None:
    page = client.get(f"{link}?lang=es").text

    assert "Dejar de recibirlos" in page
    assert (reader.email or "@") not in page
    assert wants(session, reader)


def test_without_a_session_it_is_given_up_and_taken_up_again(
    client: FlaskClient, session: Session, reader: User, link: str
) -> None:
    for wanted in ("no", "no", "yes"):
        response = client.post(link, data={"wanted": wanted})
        assert (response.status_code, response.location) == (303, link)
        assert wants(session, reader) is (wanted == "yes")


def test_links_of_others_are_not_there(
    client: FlaskClient, session: Session, reader: User, link: str
) -> None:
    with client.application.test_request_context():
        calendar = calendar_path(reader.id, 0).removesuffix(".ics")
    signed = calendar.rsplit("/", 1)[1]

    for path in (f"/mail/optional/{signed}", f"{link}x", "/mail/optional/1"):
        assert client.get(path).status_code == 404
        assert client.post(path, data={"wanted": "no"}).status_code == 404
    assert wants(session, reader)


@pytest.mark.parametrize("wanted", [True, False])
def test_the_account_page_keeps_the_choice(
    client: FlaskClient, session: Session, reader: User, wanted: bool
) -> None:
    sign_in(client, session, reader)

    data = {"wanted": "yes"} if wanted else {}
    response = client.post("/account/reminders", data=data)

    assert response.status_code == 303
    assert wants(session, reader) is wanted
    box = client.get("/account").text.partition('name="wanted"')[2].partition(">")[0]
    assert ("checked" in box) is wanted
