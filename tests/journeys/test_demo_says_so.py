"""What a demonstration issues says in every form that it is not valid."""

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuers import DEMO_ISSUER
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.queries.papers import paper_facts
from conexx_learn.queries.question_desk import Coordinator
from conexx_learn.services.signing import sign_certificate, sign_waiting
from conexx_learn.services.status_lists import sign_status_lists
from conexx_learn.web.certificate_mails import tell_certificate_event
from conexx_learn.web.paper_mails import unprinted_mail
from tests.factories import NOW, sign_in
from tests.issuer_keys import install_keys
from tests.learning import complete_small_course, enrolled_user
from tests.published import publish_sample

SPANISH, ENGLISH = "Demostración, sin validez", "Demonstration, not valid"
PUBLIC_URL = "http://127.0.0.1:8000"


@pytest.fixture
def keys(app: Flask, session: Session, tmp_path: Path) -> Iterator[Path]:
    """Keys of the demonstration, in its own folder."""
    install_keys(session, tmp_path, now=NOW)
    session.commit()
    before, app.config["ISSUER_KEYS"] = app.config["ISSUER_KEYS"], tmp_path
    yield tmp_path
    app.config["ISSUER_KEYS"] = before


@pytest.fixture
def holder(session: Session) -> User:
    publish_sample(session)
    return enrolled_user(session)


@pytest.fixture
def issued(session: Session, keys: Path, holder: User) -> Certificate:
    complete_small_course(session, holder)
    moment = now()
    assert sign_waiting(public_url=PUBLIC_URL, folder=keys, demo=True, now=moment) == 1
    sign_status_lists(public_url=PUBLIC_URL, folder=keys, now=moment, demo=True)
    return session.scalars(select(Certificate)).one()


@pytest.fixture
def number(issued: Certificate) -> str:
    return grouped(issued.number)


def payload_of(token: str) -> dict[str, Any]:
    """Read what a compact form says; who signed it is not asked here."""
    part = token.split(".")[1]
    found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    assert isinstance(found, dict)
    return found


def says_so(text: str) -> bool:
    return SPANISH in text or ENGLISH in text


def test_the_issuer_is_fictional(issued: Certificate) -> None:
    assert issued.claims["issuer"]["name"] == DEMO_ISSUER.name
    assert issued.claims["demo"] is True
    assert DEMO_ISSUER.url.endswith(".example")


def test_the_paper_says_so_on_its_face_and_in_its_title(
    client: FlaskClient, number: str
) -> None:
    reader = PdfReader(io.BytesIO(client.get(f"/certificates/{number}.pdf").data))
    text = " ".join(page.extract_text() for page in reader.pages)

    assert text.count(ENGLISH) >= 2
    assert reader.metadata is not None
    assert says_so(str(reader.metadata.title))
    assert says_so(str(reader.metadata.get("/Keywords")))


def test_the_credential_says_so_in_name_and_in_what_was_achieved(
    client: FlaskClient, issued: Certificate
) -> None:
    address = f"/credentials/{issued.uuid}"
    forms = (
        json.loads(client.get(f"{address}.json").text),
        payload_of(client.get(f"{address}.jwt").text),
    )
    for form in forms:
        assert says_so(str(form["name"]))
        assert says_so(str(form["credentialSubject"]["achievement"]["name"]))
        assert "demostración" in str(form["issuer"]["name"])


def test_the_picture_says_so(client: FlaskClient, issued: Certificate) -> None:
    picture = client.get(f"/credentials/{issued.uuid}.svg").text

    # Once for who reads the title, once across the face.
    assert picture.count(SPANISH) + picture.count(ENGLISH) >= 2


def test_the_status_lists_say_so(client: FlaskClient, issued: Certificate) -> None:
    assert issued.id
    embedded = json.loads(client.get("/status/revocation/1").text)
    compact = payload_of(client.get("/status/revocation/1.jwt").text)

    for form in (embedded, compact):
        assert ENGLISH in str(form["name"])


@pytest.mark.parametrize(("lang", "said"), [("es", SPANISH), ("en", ENGLISH)])
def test_every_page_says_so(
    client: FlaskClient,
    session: Session,
    holder: User,
    number: str,
    lang: str,
    said: str,
) -> None:
    sign_in(client, session, holder)
    assert said in client.get(f"/verify/{number}?lang={lang}").text
    achievement = f"/achievements/small-course/1.0?lang={lang}"
    assert said in client.get(achievement, headers={"Accept": "text/html"}).text
    told = client.get(achievement, headers={"Accept": "application/json"}).text
    assert says_so(json.loads(told)["name"])
    assert said in client.get(f"/me/certificates?lang={lang}").text
    mine = client.get(f"/me/certificates/{number}?lang={lang}").text
    assert said in mine
    assert "linkedin.com" not in mine


def test_the_register_says_so_beside_a_file_that_was_altered(
    client: FlaskClient, issued: Certificate
) -> None:
    altered = client.get(f"/credentials/{issued.uuid}.json").text.replace("20", "19")

    page = client.post("/verify", data={"text": altered}).text

    assert says_so(page.partition('id="register"')[2].partition("</section>")[0])


def test_the_shell_says_so(
    app: Flask, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    runner = app.test_cli_runner()

    for command in ("show", "verify"):
        assert ENGLISH in runner.invoke(args=["certificates", command, number]).output
        told = runner.invoke(
            args=["certificates", command, number, "--format", "json"]
        ).output
        assert json.loads(told)["demo"] is True


def test_the_mails_say_so(session: Session, issued: Certificate) -> None:
    event = CertificateEvent(
        certificate_id=issued.id,
        kind=EventKind.SUSPENDED,
        at=now(),
        by_user_id=None,
        reason="",
        note="",
    )
    session.add(event)
    session.flush()
    tell_certificate_event(session, event_id=event.id, now=now())
    facts = paper_facts(session, number=issued.number)
    assert facts is not None
    to = Coordinator(1, "Luz", "luz@conexx.example", "en")

    (mail,) = session.scalars(
        select(OutboxMail).where(OutboxMail.key == f"certificate.{event.id}")
    ).all()
    assert says_so(mail.text)
    assert says_so(mail.html)
    assert says_so(unprinted_mail(to, facts.claims, "漢").text)


def test_a_demonstration_stays_one_where_demo_is_turned_off(
    app: Flask,
    session: Session,
    client: FlaskClient,
    keys: Path,
    holder: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No real key signs it, and page and paper go on saying what it is."""
    complete_small_course(session, holder)
    row = session.scalars(select(Certificate)).one()
    monkeypatch.setitem(app.config, "DEMO", False)

    assert not sign_certificate(
        row.id, public_url=PUBLIC_URL, folder=keys, demo=False, now=now()
    )
    number = grouped(row.number)
    paper = client.get(f"/certificates/{number}.pdf").data
    reader = PdfReader(io.BytesIO(paper))
    assert "credential.json" not in reader.attachments
    assert ENGLISH in " ".join(page.extract_text() for page in reader.pages)
    assert ENGLISH in client.get(f"/verify/{number}?lang=en").text
    assert client.get(f"/credentials/{row.uuid}.json").status_code == 503
