"""The public page checks the register against its signatures on each view."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import (
    IssuanceEntry,
    IssuerKey,
    SignedForm,
    StatusList,
)
from tests.learning import complete_small_course
from tests.signed_certificates import SignedCertificate, sign_lists

HOLDING = (
    "The signatures of both files are right",
    "They were made with keys of the issuer",
    "The status list says the same",
    "Not one byte of the files has changed",
    "This page says what was signed",
)
MOST_STATEMENTS = 2


def page(client: FlaskClient, signed: SignedCertificate, lang: str = "en") -> str:
    return client.get(f"/verify/{signed.number}?lang={lang}").text


def add_event(session: Session, kind: str) -> None:
    session.add(
        CertificateEvent(
            certificate_id=session.scalars(select(Certificate.id)).one(),
            kind=kind,
            at=now(),
            by_user_id=None,
            reason="",
            note="",
        )
    )
    session.commit()


def test_every_check_is_shown_with_its_answer(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    html = page(client, signed)

    for sentence in HOLDING:
        assert f'data-state="met">{sentence}' in html
    assert "<title>Valid" in html
    assert "/.well-known/jwks.json" in html


def test_what_is_not_signed_yet_says_so_and_stays_valid(
    session: Session, client: FlaskClient, ana: User
) -> None:
    complete_small_course(session, ana)
    number = session.scalars(select(Certificate.number)).one()

    html = client.get(f"/verify/{number}?lang=en").text

    assert 'data-state="none">Its files are still being signed' in html
    assert "<title>Valid" in html


def other_body(session: Session, form: str, change: Callable[[str], str]) -> None:
    row = session.scalars(select(SignedForm).where(SignedForm.form == form)).one()
    row.body = change(row.body)
    session.commit()


def other_claims(session: Session, **changes: Any) -> None:
    row = session.scalars(select(Certificate)).one()
    row.claims = row.claims | changes
    session.commit()


def without_log(session: Session) -> None:
    """Take the log away, so that the signed forms alone speak."""
    session.execute(delete(IssuanceEntry))


def another_name_unlogged(session: Session) -> None:
    without_log(session)
    other_claims(session, holder="Somebody Else")


def later_end_unlogged(session: Session) -> None:
    without_log(session)
    other_claims(session, valid_until="2099-01-01")


def other_key(session: Session) -> None:
    """Point the compact form to a key that did not make it."""
    row = session.scalars(select(IssuerKey).where(IssuerKey.kind == "rsa")).one()
    modulus = row.public_jwk["n"]
    row.public_jwk = row.public_jwk | {
        "n": ("B" if modulus[0] == "A" else "A") + modulus[1:]
    }
    session.commit()


def deleted_revocation(session: Session) -> None:
    session.execute(delete(CertificateEvent).where(CertificateEvent.kind == "revoked"))
    session.commit()


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        pytest.param(
            lambda s: other_claims(s, holder="Somebody Else"), HOLDING[4], id="name"
        ),
        pytest.param(lambda s: other_claims(s, score=100_0), HOLDING[4], id="score"),
        pytest.param(another_name_unlogged, HOLDING[4], id="name without log"),
        pytest.param(later_end_unlogged, HOLDING[4], id="end without log"),
        pytest.param(
            lambda s: other_body(s, "json", lambda b: b.replace("Ana", "Eva")),
            HOLDING[0],
            id="embedded form",
        ),
        pytest.param(
            lambda s: other_body(s, "jwt", lambda b: b[:-8] + "AAAAAAAA"),
            HOLDING[3],
            id="compact form",
        ),
        pytest.param(
            lambda s: other_body(s, "json", lambda _b: "[" * 100_000),
            HOLDING[0],
            id="a form that is no document",
        ),
        pytest.param(
            lambda s: other_body(s, "json", lambda _b: json.dumps({"proof": []})),
            HOLDING[0],
            id="a form without a proof",
        ),
        pytest.param(other_key, HOLDING[0], id="another key"),
    ],
)
def test_a_register_that_was_changed_is_not_to_be_accepted(
    session: Session,
    client: FlaskClient,
    signed: SignedCertificate,
    tamper: Callable[[Session], None],
    sentence: str,
) -> None:
    assert "<title>Valid" in page(client, signed)

    tamper(session)
    html = page(client, signed)

    assert "<title>Altered" in html
    assert "does not say what was signed" in html
    assert "Altered: do not accept it." in page(client, signed, "es")
    assert sentence not in html
    assert ".json" not in html.replace("did.json", "").replace("jwks.json", "")


def test_a_revocation_that_was_taken_out_of_the_register_is_noticed(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    add_event(session, "revoked")
    sign_lists(signed.keys)
    assert "<title>Revoked" in page(client, signed)

    deleted_revocation(session)

    html = page(client, signed)
    assert "<title>Altered" in html
    assert "The status list says that it was taken back" in html


def test_until_the_list_is_signed_anew_a_revocation_counts_and_the_list_waits(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    add_event(session, "revoked")

    html = page(client, signed)

    assert "<title>Revoked" in html
    assert "The status list is being renewed" in html
    sign_lists(signed.keys)
    assert HOLDING[2] in page(client, signed)


def list_gone(session: Session) -> None:
    session.execute(delete(StatusList))
    session.commit()


def list_forged(session: Session) -> None:
    row = session.scalars(select(StatusList)).one()
    row.jwt_body = row.jwt_body[:-8] + "AAAAAAAA"
    session.commit()


def list_key_lost(session: Session) -> None:
    session.execute(update(IssuerKey).values(compromised_at=now()))
    session.commit()


@pytest.mark.parametrize("lose", [list_gone, list_forged, list_key_lost])
def test_a_list_that_does_not_count_is_never_said_to_agree(
    session: Session,
    client: FlaskClient,
    signed: SignedCertificate,
    lose: Callable[[Session], None],
) -> None:
    page(client, signed)

    lose(session)

    html = page(client, signed)
    assert "The status list is being renewed" in html
    assert HOLDING[2] not in html


def test_a_key_that_was_lost_is_told_and_the_register_goes_on_answering(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    list_key_lost(session)

    html = page(client, signed)

    assert "<title>Valid" in html
    assert "A key was withdrawn; the files are being signed again" in html
    assert client.get(f"{signed.address}.json").status_code == 503


def test_a_key_that_was_only_retired_goes_on_counting(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    session.execute(update(IssuerKey).values(retired_at=now() - timedelta(days=1)))
    session.commit()

    assert HOLDING[1] in page(client, signed)


def test_the_page_costs_as_many_statements_as_before(
    client: FlaskClient, signed: SignedCertificate, statements: list[str]
) -> None:
    page(client, signed)
    statements.clear()

    page(client, signed)

    assert len(statements) == MOST_STATEMENTS
