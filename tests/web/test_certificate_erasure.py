"""An erased holder: the register stays, and nobody is named in it."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.certificates import CertificateState, RevocationReason
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import IssuerKey, SignedForm
from conexx_learn.queries.certification import certificate_by_number
from conexx_learn.queries.personal_data import personal_data
from conexx_learn.services.certificate_acts import revoke_certificate
from conexx_learn.services.certificate_corrections import (
    ask_for_correction,
    correct_certificate,
)
from conexx_learn.services.certificate_erasure import sweep_papers
from tests.factories import make_user, sign_in
from tests.institutions import make_coordinator
from tests.learning import complete_small_course
from tests.people import PASSWORD, PASSWORD_HASH

NAME = "Ana Lucía Quiñónez"
SIGNED = f'{{"name": "{NAME}"}}'


@pytest.fixture
def certificate(session: Session, ana: User) -> Certificate:
    """Give Ana a certificate that is signed, with a past that names her."""
    ana.full_name, ana.password = NAME, PASSWORD_HASH
    session.flush()
    complete_small_course(session, ana, now=now())
    row = session.scalars(select(Certificate)).one()
    key = IssuerKey(
        kind="rsa", fragment="k", public_jwk={}, created_at=now(), signs_from=now()
    )
    session.add(key)
    session.flush()
    session.add(
        SignedForm(
            certificate_id=row.id,
            form="json",
            body=SIGNED,
            sha256="a" * 64,
            key_id=key.id,
            signed_at=now(),
        )
    )
    ask_for_correction(
        session, number=row.number, user_id=ana.id, name=f"{NAME} Paz", now=now()
    )
    session.commit()
    return row


def erase(client: FlaskClient) -> None:
    fields = {"erasure-current_password": PASSWORD}
    assert client.post("/account/erasure", data=fields).status_code == 303


def everything(session: Session) -> str:
    """Write down all that is stored of certificates."""
    session.expire_all()
    rows = [
        *session.scalars(select(Certificate).order_by(Certificate.id)),
        *session.scalars(select(CertificateEvent).order_by(CertificateEvent.id)),
        *session.scalars(select(SignedForm).order_by(SignedForm.form)),
    ]
    return json.dumps(
        [
            {column.name: str(getattr(row, column.name)) for column in row.__table__.c}
            for row in rows
        ],
        ensure_ascii=False,
    )


def test_the_account_page_says_what_becomes_of_certificates(
    signed_in: FlaskClient, certificate: Certificate
) -> None:
    page = signed_in.get("/account?lang=en").text
    erasing = page[page.index('id="erase"') :]

    assert "Your certificates are withdrawn with it" in erasing
    assert "/me/data" in erasing
    assert (
        "Con ello se retiran sus constancias" in signed_in.get("/account?lang=es").text
    )


def test_the_register_keeps_the_certificate_and_forgets_the_holder(
    signed_in: FlaskClient, session: Session, certificate: Certificate
) -> None:
    before = dict(certificate.claims)
    number, uuid = certificate.number, certificate.uuid
    assert NAME in everything(session)

    erase(signed_in)

    kept = everything(session)
    assert NAME not in kept
    row = session.scalars(select(Certificate)).one()
    assert (row.number, row.uuid) == (number, uuid)
    gone = {"holder", "institution", "recipient", "plan", "score", "evidence"}
    assert {key: row.claims[key] for key in before.keys() - gone} == {
        key: before[key] for key in before.keys() - gone
    }
    assert not any(row.claims[key] for key in gone)
    form = session.scalars(select(SignedForm)).one()
    assert (form.body, form.sha256) == ("", "a" * 64)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "The holder withdrew this certificate"),
        ("es", "La persona titular retiró esta constancia"),
    ],
)
def test_the_public_page_says_that_the_holder_withdrew_it(
    signed_in: FlaskClient,
    session: Session,
    certificate: Certificate,
    lang: str,
    said: str,
) -> None:
    number = grouped(certificate.number)
    erase(signed_in)

    page = signed_in.get(f"/verify/{number}?lang={lang}")

    assert page.status_code == 200
    assert said in page.text
    assert NAME not in page.text
    found = certificate_by_number(
        session, number=number.replace("-", ""), today=today()
    )
    assert found is not None
    assert found.verdict.state is CertificateState.REVOKED
    assert found.verdict.reason == RevocationReason.HOLDER_REQUEST
    assert signed_in.get(f"/certificates/{number}.pdf").status_code == 404


def test_no_address_hands_the_signed_forms_out_any_more(
    signed_in: FlaskClient, certificate: Certificate
) -> None:
    address = f"/credentials/{certificate.uuid}.json"
    assert signed_in.get(address).text == SIGNED

    erase(signed_in)

    for ending in (".json", ".jwt", ".svg", ".pdf", ""):
        answer = signed_in.get(address.replace(".json", ending))
        assert NAME not in answer.text
    assert signed_in.get(address).status_code == 404


def test_the_papers_on_disk_go_with_the_holder(
    migrated_app: Flask,
    signed_in: FlaskClient,
    session: Session,
    certificate: Certificate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(migrated_app.config, "PAPERS", tmp_path)
    number = grouped(certificate.number)
    assert signed_in.get(f"/certificates/{number}.pdf").status_code == 200
    other = tmp_path / f"{UUID(int=7)}-ab.pdf"
    other.write_bytes(b"of somebody else")
    (tmp_path / f"{'a' * 64}.pdf").write_bytes(b"of before, nobody knows whose")
    assert len(list(tmp_path.iterdir())) == 3

    erase(signed_in)

    assert list(tmp_path.iterdir()) == [other]


def test_the_clock_deletes_what_a_crash_left(
    signed_in: FlaskClient, certificate: Certificate, tmp_path: Path
) -> None:
    uuid = certificate.uuid
    erase(signed_in)
    for name in (f"{uuid}-ab.pdf", f"{uuid}-ab.pdf.x1.draft", "tmpx1"):
        (tmp_path / name).write_bytes(b"left")

    assert sweep_papers(kept_in=tmp_path) == 3
    assert sweep_papers(kept_in=tmp_path) == 0
    assert sweep_papers(kept_in=tmp_path / "nowhere") == 0


def test_what_was_replaced_or_revoked_is_forgotten_as_well(
    signed_in: FlaskClient, session: Session, certificate: Certificate
) -> None:
    first = certificate.number
    one, other = make_coordinator(session, "Clara"), make_coordinator(session, "Tomás")
    new = correct_certificate(
        session,
        number=first,
        holder=f"{NAME} Paz",
        note=f"Spoke with {NAME}",
        by=one.id,
        now=now(),
    ).number
    for by in (one, other):
        revoke_certificate(
            session,
            number=new,
            reason=RevocationReason.FRAUD,
            note=f"{NAME} said so",
            by=by.id,
            now=now(),
        )
    session.commit()

    erase(signed_in)

    assert NAME not in everything(session)
    for number, reason in ((first, "holder-request"), (new, "fraud")):
        found = certificate_by_number(session, number=number, today=today())
        assert found is not None
        assert (found.verdict.state, found.verdict.reason) == (
            CertificateState.REVOKED,
            reason,
        )


def test_nothing_of_anybody_else_is_touched(
    signed_in: FlaskClient, session: Session, certificate: Certificate
) -> None:
    number = certificate.number
    beto = make_user(session, "Beto")
    certificate.user_id = beto.id
    session.commit()

    erase(signed_in)

    found = certificate_by_number(session, number=number, today=today())
    assert found is not None
    assert found.verdict.is_valid
    assert found.claims.holder == NAME


def test_the_coordination_sees_that_the_holder_is_erased(
    migrated_app: Flask,
    signed_in: FlaskClient,
    session: Session,
    certificate: Certificate,
) -> None:
    number = grouped(certificate.number)
    coordinator = make_coordinator(session)
    session.commit()
    erase(signed_in)
    desk = migrated_app.test_client()
    sign_in(desk, session, coordinator)

    assert "Holder erased" in desk.get("/admin/certificates?lang=en").text
    assert "Holder erased" in desk.get(f"/admin/certificates/{number}?lang=en").text


def test_the_export_holds_the_forms_the_events_and_no_remark(
    session: Session, ana: User, certificate: Certificate
) -> None:
    one = make_coordinator(session, "Clara")
    revoke_certificate(
        session,
        number=certificate.number,
        reason=RevocationReason.FRAUD,
        note="for the office alone",
        by=one.id,
        now=now(),
    )
    session.flush()

    data = personal_data(session, user_id=ana.id)

    assert [row["body"] for row in data["signed_forms"]] == [SIGNED]
    assert [(row["kind"], row["words"]) for row in data["certificate_events"]] == [
        ("issued", None),
        ("correction-asked", f"{NAME} Paz"),
        ("revocation-proposed", None),
    ]
    assert "for the office alone" not in str(data)
    other = personal_data(session, user_id=one.id)
    assert (other["signed_forms"], other["certificate_events"]) == ([], [])
