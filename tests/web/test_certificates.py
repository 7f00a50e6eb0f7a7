"""My certificates, and the paper itself."""

import io
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuedPaper, IssuerKey, SignedForm
from tests.factories import NOW, make_membership, make_user, sign_in
from tests.issuer_keys import install_keys
from tests.learning import complete_small_course


@pytest.fixture
def number(session: Session, ana: User) -> str:
    """Let Ana complete the course and return the number of her certificate."""
    complete_small_course(session, ana)
    return grouped(session.scalars(select(Certificate.number)).one())


def test_my_certificates_are_listed_with_number_paper_and_public_page(
    signed_in: FlaskClient, number: str
) -> None:
    html = signed_in.get("/me/certificates").get_data(as_text=True)

    assert f'href="/certificates/{number}.pdf"' in html
    assert f'href="/verify/{number}"' in html
    assert "Valid until 16 November 2028" in html
    assert "Demonstration, not valid" in html


def test_who_holds_none_is_told_how_to_get_one(
    session: Session, client: FlaskClient
) -> None:
    sign_in(client, session, make_user(session))

    html = client.get("/me/certificates").get_data(as_text=True)

    assert "You have no certificate yet" in html


def test_nobody_sees_the_certificates_of_another(
    session: Session, client: FlaskClient, number: str
) -> None:
    sign_in(client, session, make_user(session))

    assert number not in client.get("/me/certificates").get_data(as_text=True)


def test_the_paper_answers_whoever_has_its_address(
    client: FlaskClient, number: str
) -> None:
    paper = client.get(f"/certificates/{number}.pdf")

    assert paper.status_code == 200
    assert paper.mimetype == "application/pdf"
    assert paper.headers["Content-Disposition"] == f'inline; filename="{number}.pdf"'
    assert paper.headers["X-Robots-Tag"] == "noindex"
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(paper.data)).pages)
    for said in ("Ana", number, "Clean water in the municipality", "not valid"):
        assert said in text


def test_the_paper_is_the_same_bytes_each_time(
    client: FlaskClient, number: str
) -> None:
    first, second = (client.get(f"/certificates/{number}.pdf").data for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    "entry", ["0000-0000-0000", "nonsense", "%00", "-1", "9" * 300, "..%2f..%2fetc"]
)
def test_a_paper_that_does_not_exist_is_not_found(
    client: FlaskClient, entry: str
) -> None:
    assert client.get(f"/certificates/{entry}.pdf").status_code == 404


def row_of(session: Session) -> Certificate:
    return session.scalars(select(Certificate)).one()


def test_every_paper_that_leaves_is_in_the_register(
    session: Session, client: FlaskClient, number: str
) -> None:
    made = [client.get(f"/certificates/{number}.pdf").data for _ in range(2)]
    row_of(session).shows_score = True
    session.commit()
    made.append(client.get(f"/certificates/{number}.pdf").data)

    known = session.scalars(select(IssuedPaper.sha256).order_by(IssuedPaper.sha256))
    assert list(known) == sorted({sha256(pdf).hexdigest() for pdf in made})
    assert len(set(made)) == 2


def test_a_paper_that_was_made_costs_two_reads(
    session: Session, client: FlaskClient, number: str, statements: list[str]
) -> None:
    sign(session, "{}")
    client.get(f"/certificates/{number}.pdf")
    statements.clear()

    client.get(f"/certificates/{number}.pdf")

    assert len(statements) == 2


def test_the_score_stands_on_the_paper_once_the_holder_wants_it(
    session: Session, client: FlaskClient, number: str
) -> None:
    assert "100%" not in text_of(client.get(f"/certificates/{number}.pdf").data)

    row_of(session).shows_score = True
    session.commit()

    assert "100%" in text_of(client.get(f"/certificates/{number}.pdf").data)


def test_a_paper_carries_the_signed_form_once_there_is_one(
    session: Session, client: FlaskClient, number: str
) -> None:
    before = client.get(f"/certificates/{number}.pdf").data
    sign(session, '{"name": "exact  bytes"}')
    after = client.get(f"/certificates/{number}.pdf").data

    assert "credential.json" not in PdfReader(io.BytesIO(before)).attachments
    attached = PdfReader(io.BytesIO(after)).attachments["credential.json"]
    assert attached == [b'{"name": "exact  bytes"}']


def test_a_paper_that_is_asked_for_at_once_is_signed_first(
    session: Session, client: FlaskClient, app: Flask, number: str, tmp_path: Path
) -> None:
    install_keys(session, tmp_path, now=NOW - timedelta(days=1))
    session.commit()
    before, app.config["ISSUER_KEYS"] = app.config["ISSUER_KEYS"], tmp_path
    try:
        paper = client.get(f"/certificates/{number}.pdf")
    finally:
        app.config["ISSUER_KEYS"] = before

    form = session.scalars(select(SignedForm).where(SignedForm.form == "json")).one()
    attached = PdfReader(io.BytesIO(paper.data)).attachments["credential.json"]
    assert attached == [form.body.encode()]


def test_a_form_whose_key_was_lost_is_on_no_new_paper(
    session: Session, client: FlaskClient, number: str
) -> None:
    sign(session, "{}")
    session.execute(update(IssuerKey).values(compromised_at=NOW))
    session.commit()

    paper = client.get(f"/certificates/{number}.pdf").data

    assert "credential.json" not in PdfReader(io.BytesIO(paper)).attachments


def test_whose_holder_was_erased_has_no_paper(
    session: Session, client: FlaskClient, number: str
) -> None:
    row = row_of(session)
    row.claims = row.claims | {"holder": ""}
    session.commit()

    assert client.get(f"/certificates/{number}.pdf").status_code == 404


def test_a_paper_whose_holder_hides_the_name_is_for_the_holder_alone(
    session: Session, client: FlaskClient, ana: User, number: str
) -> None:
    row_of(session).hides_name = True
    coordinator = make_user(session)
    make_membership(session, coordinator, "coordinator")
    session.commit()
    address = f"/certificates/{number}.pdf"

    assert client.get(address).status_code == 404
    sign_in(client, session, make_user(session))
    assert client.get(address).status_code == 404
    sign_in(client, session, ana)
    assert client.get(address).status_code == 200
    sign_in(client, session, coordinator)
    assert client.get(address).status_code == 200


def test_a_paper_that_cannot_be_printed_names_the_sign_and_tells_the_coordination(
    session: Session, client: FlaskClient, number: str
) -> None:
    make_membership(session, make_user(session), "coordinator")
    row = row_of(session)
    row.claims = row.claims | {"holder": "Ana 漢"}
    session.commit()

    answers = [client.get(f"/certificates/{number}.pdf") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "漢" in answers[0].get_data(as_text=True)
    assert client.get(f"/verify/{number}").status_code == 200
    mails = session.scalars(
        select(OutboxMail).where(OutboxMail.key.startswith("paper-impossible."))
    ).all()
    assert len(mails) == 1
    assert session.scalars(select(IssuedPaper)).all() == []


def test_the_host_of_a_request_never_reaches_the_paper(
    client: FlaskClient, number: str
) -> None:
    paper = client.get(
        f"/certificates/{number}.pdf", headers={"X-Forwarded-Host": "evil.example"}
    )

    assert b"evil.example" not in paper.data
    assert f"http://127.0.0.1:8000/verify/{number}".encode() in paper.data


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages)


def sign(session: Session, body: str) -> None:
    """Store a signed form as the signing does, with a key of its own."""
    key = IssuerKey(
        kind="ed25519",
        fragment="z6Mk",
        public_jwk={},
        created_at=NOW,
        signs_from=NOW,
    )
    session.add(key)
    session.flush()
    session.add(
        SignedForm(
            certificate_id=row_of(session).id,
            form="json",
            body=body,
            sha256=sha256(body.encode()).hexdigest(),
            key_id=key.id,
            signed_at=NOW,
        )
    )
    session.commit()
