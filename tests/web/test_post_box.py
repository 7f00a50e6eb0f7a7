"""The messages that would be sent, readable on this machine alone."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.mails import mails_to
from tests.people import make_person


def test_messages_are_listed_and_read(client: FlaskClient, session: Session) -> None:
    assert client.get("/dev/mail").status_code == 200
    make_person(session, email="ana@xaltepec.example")
    client.post("/account/forgot", data={"email": "ana@xaltepec.example"})
    mail = mails_to(session, "ana@xaltepec.example")[0]
    assert mail.subject in client.get("/dev/mail").text
    page = client.get(f"/dev/mail/{mail.id}").text
    assert "/account/reset/" in page
    assert client.get("/dev/mail/999999").status_code == 404


def test_the_box_is_closed_to_other_machines(client: FlaskClient) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/dev/mail", environ_base=elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("setting", "value"),
    [("IS_LOOPBACK", False), ("MAIL_URL", "smtp://mail.example")],
)
def test_the_box_is_closed_where_mail_is_really_sent(
    client: FlaskClient,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    value: object,
) -> None:
    monkeypatch.setitem(app.config, "DEMO", False)
    monkeypatch.setitem(app.config, setting, value)
    assert client.get("/dev/mail").status_code == 404
