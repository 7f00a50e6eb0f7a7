"""Somebody changed the database by hand: every page answers, and says so."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import EventKind
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import (
    IssuanceEntry,
    IssuerKey,
    SignedForm,
    StatusList,
)
from conexx_learn.services.certificate_register import add_event
from conexx_learn.services.issuance_log import examine
from conexx_learn.services.status_lists import sign_status_lists
from tests.signed_certificates import PUBLIC_URL, SignedCertificate
from tests.web.test_presented_files import show

DAMAGED = ["", "nonsense", "{}", "[]", "a.b.c", "é.é.é"]


def public_page(client: FlaskClient, signed: SignedCertificate) -> str:
    answer = client.get(f"/verify/{signed.number}?lang=en")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("payload", DAMAGED)
def test_a_damaged_line_of_the_log_is_told(
    client: FlaskClient, session: Session, signed: SignedCertificate, payload: str
) -> None:
    session.execute(update(IssuanceEntry).values(payload=payload))
    session.commit()

    assert "<title>Altered" in public_page(client, signed)
    found = examine(session)
    assert (found.broken_at, found.changed) == (1, (signed.number.replace("-", ""),))


@pytest.mark.parametrize("body", DAMAGED)
@pytest.mark.parametrize("form", ["json", "jwt"])
def test_a_damaged_form_is_told_and_nothing_is_taken_for_it(
    client: FlaskClient,
    session: Session,
    signed: SignedCertificate,
    form: str,
    body: str,
) -> None:
    session.execute(update(SignedForm).where(SignedForm.form == form).values(body=body))
    session.commit()

    assert "<title>Altered" in public_page(client, signed)
    shown = show(client, signed.document if form == "json" else signed.jws)
    assert shown.status_code == 200
    assert "exactly the one" not in shown.text


@pytest.mark.parametrize("jwk", [{}, {"kty": "RSA"}, {"kty": "OKP", "x": "AA"}])
def test_a_damaged_key_proves_nothing(
    client: FlaskClient,
    session: Session,
    signed: SignedCertificate,
    jwk: dict[str, str],
) -> None:
    assert "<title>Valid" in public_page(client, signed)
    session.execute(update(IssuerKey).values(public_jwk=jwk))
    session.commit()

    page = public_page(client, signed)

    assert "<title>Altered" in page
    assert "A signature is wrong" in page


@pytest.mark.parametrize("body", DAMAGED)
@pytest.mark.parametrize("column", ["json_body", "jwt_body"])
def test_a_damaged_status_list_is_signed_again(
    session: Session, signed: SignedCertificate, column: str, body: str
) -> None:
    session.execute(update(StatusList).values({column: body}))
    session.commit()

    done = sign_status_lists(
        public_url=PUBLIC_URL, folder=signed.keys, demo=True, now=now()
    )

    session.expire_all()
    assert done == 1
    assert getattr(session.scalars(select(StatusList)).one(), column) != body


def test_a_list_of_before_in_the_place_of_the_newest_is_signed_again(
    session: Session, signed: SignedCertificate
) -> None:
    """An old copy carries a right signature, and forgets who was revoked since."""

    def signed_lists() -> int:
        return sign_status_lists(
            public_url=PUBLIC_URL, folder=signed.keys, demo=True, now=now()
        )

    assert signed_lists() == 1
    assert signed_lists() == 0
    row = session.scalars(select(StatusList)).one()
    old_json, old_jwt = row.json_body, row.jwt_body
    certificate = session.scalars(select(Certificate)).one()
    add_event(session, certificate, EventKind.REVOKED, by=None, now=now())
    session.commit()
    assert signed_lists() == 1
    session.execute(update(StatusList).values(json_body=old_json, jwt_body=old_jwt))
    session.commit()

    assert signed_lists() == 1
    session.expire_all()
    row = session.scalars(select(StatusList)).one()
    assert old_json != row.json_body
    assert old_jwt != row.jwt_body
