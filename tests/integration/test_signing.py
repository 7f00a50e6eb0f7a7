"""Certificates are signed from an outbox: whole, once, and checked before."""

import json
import secrets
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.key_making import new_key
from conexx_learn.adapters.signing import is_proven, proven_payload
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.credentials.validation import UnsignableError
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.identifiers import NUMBER_BITS, certificate_number
from conexx_learn.domain.issuance_log import FIRST_HASH, claims_hash
from conexx_learn.domain.issuer_keys import KeyKind
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import (
    IssuanceEntry,
    IssuerKey,
    SignedForm,
    StatusPlace,
)
from conexx_learn.queries.credentials import waiting_certificates
from conexx_learn.queries.handed_forms import handed_form
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.issuance_log import examine
from conexx_learn.services.issuer_keys import make_first_keys, signing_pair
from conexx_learn.services.signed_forms import Signer, made_forms, store_forms
from conexx_learn.services.signing import (
    NEWEST,
    Signed,
    sign_all,
    sign_certificate,
    sign_newest,
    sign_waiting,
)
from conexx_learn.services.status_places import status_place
from tests.credentials import add_keys
from tests.factories import NOW, SAMPLES, publish
from tests.issuer_keys import PUBLIC_URL, install_keys
from tests.learning import SMALL, complete_small_course, enrolled_user
from tests.signed_certificates import is_handed_out

STATEMENTS_OF_ONE = 18


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    install_keys(session, folder, now=NOW)
    session.commit()
    return folder


@pytest.fixture
def learner(session: Session) -> User:
    publish(SMALL, SAMPLES)
    return enrolled_user(session)


@pytest.fixture
def certificate(session: Session, learner: User) -> Certificate:
    complete_small_course(session, learner)
    return session.scalars(select(Certificate)).one()


def sign(folder: Path) -> Signed:
    return sign_all(public_url=PUBLIC_URL, folder=folder, demo=True, now=NOW)


def bodies(session: Session) -> dict[str, str]:
    rows = session.execute(select(SignedForm.form, SignedForm.body))
    return {row.form: row.body for row in rows}


def take_back(session: Session, certificate: Certificate) -> None:
    session.add(
        CertificateEvent(
            certificate_id=certificate.id,
            kind=EventKind.REVOKED,
            at=NOW,
            by_user_id=None,
            reason="fraud",
            note="",
        )
    )
    session.commit()


def test_both_forms_are_signed_by_the_published_keys(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    assert sign(folder) == Signed(first=(certificate.id,))

    ed25519, rsa = (key.jwk for key in public_keys(session))
    forms = bodies(session)
    document = json.loads(forms["json"])
    payload = proven_payload(forms["jwt"], rsa)
    assert is_proven(document, ed25519)
    assert payload is not None
    assert document["id"] == f"{PUBLIC_URL}/credentials/{certificate.uuid}"
    del document["proof"], document["credentialStatus"], payload["credentialStatus"]
    for name in ("iss", "jti", "sub", "nbf", "exp"):
        del payload[name]
    assert payload == document


def test_the_exact_bytes_are_handed_out_with_their_hash(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    sign(folder)

    found = handed_form(session, uuid=certificate.uuid, form="jwt")

    assert found is not None
    assert found.body is not None
    assert found.sha256 == sha256(found.body.encode()).hexdigest()
    assert (found.number, found.user_id) == (certificate.number, certificate.user_id)


def test_only_what_is_of_its_own_kind_is_signed(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    """A demonstration stays one where DEMO is turned off, and the other way round."""
    given: dict[str, Any] = {"public_url": PUBLIC_URL, "folder": folder}

    assert certificate.claims["demo"] is True
    assert sign_all(**given, demo=False, now=NOW) == Signed()
    assert not sign_certificate(certificate.id, **given, demo=False, now=NOW)
    assert sign_waiting(**given, demo=False, now=NOW) == 0
    assert bodies(session) == {}
    certificate.claims = certificate.claims | {"demo": False}
    session.commit()
    assert sign_all(**given, demo=True, now=NOW) == Signed()
    assert sign_all(**given, demo=False, now=NOW).count == 1


def test_signing_twice_changes_nothing(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    sign(folder)
    before = bodies(session)

    assert sign(folder) == Signed()
    assert not sign_certificate(
        certificate.id, public_url=PUBLIC_URL, folder=folder, demo=True, now=NOW
    )

    assert bodies(session) == before
    assert session.scalar(select(func.count()).select_from(StatusPlace)) == 1


def test_what_was_cut_short_goes_on_with_the_same_place(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    number, index = status_place(session, certificate_id=certificate.id)
    session.commit()

    sign(folder)

    status = json.loads(bodies(session)["json"])["credentialStatus"]
    assert status["id"] == f"{PUBLIC_URL}/status/revocation/{number}#{index}"


def test_fifty_and_one_are_signed_in_one_run(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    last = certificate
    for _ in range(50):
        last = copied(session, last)
    session.commit()

    done = sign(folder)

    places = session.execute(select(StatusPlace.list_number, StatusPlace.status_index))
    assert len(set(done.first)) == 51
    assert len(set(places.all())) == 51
    assert examine(session).head.lines == 51
    assert examine(session).is_sound


def test_who_serves_pages_signs_the_newest_alone(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    """Thousands may wait, as after an upgrade: no reader waits for them."""
    ids = [certificate.id]
    last = certificate
    for _ in range(NEWEST + 2):
        last = copied(session, last)
        ids.append(last.id)
    session.commit()

    def newest() -> Signed:
        return sign_newest(public_url=PUBLIC_URL, folder=folder, demo=True, now=NOW)

    assert newest().first == tuple(ids[-NEWEST:])
    assert newest().first == tuple(ids[:-NEWEST])
    assert newest() == Signed()
    assert examine(session).is_sound


def copied(session: Session, certificate: Certificate) -> Certificate:
    """Add a certificate that corrects another, with a number of its own."""
    uuid, number = str(uuid4()), certificate_number(secrets.randbits(NUMBER_BITS))
    copy = Certificate(
        uuid=uuid,
        number=number,
        enrolment_id=certificate.enrolment_id,
        corrects_id=certificate.id,
        user_id=certificate.user_id,
        course_id=certificate.course_id,
        claims=certificate.claims | {"uuid": uuid, "number": number},
        issued_at=certificate.issued_at,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
    )
    session.add(copy)
    session.flush()
    return copy


def test_it_asks_a_fixed_number_of_questions(
    session: Session,
    certificate: Certificate,
    folder: Path,
    statements: list[str],
) -> None:
    statements.clear()
    sign(folder)
    first = len(statements)
    statements.clear()
    sign(folder)

    assert first == STATEMENTS_OF_ONE
    assert len(statements) == 1


def test_without_keys_certificates_wait(
    session: Session, certificate: Certificate, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    assert sign_waiting(public_url=PUBLIC_URL, folder=keys, demo=True, now=NOW) == 0
    with pytest.raises(RuleError, match="keys-missing"):
        sign(keys)

    make_first_keys(folder=keys, now=NOW)

    assert sign_waiting(public_url=PUBLIC_URL, folder=keys, demo=True, now=NOW) == 1
    assert is_handed_out(session, certificate.uuid, "json")


def test_the_log_keeps_the_hash_of_the_claims_and_no_name(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    sign(folder)

    line = session.scalars(select(IssuanceEntry)).one()
    payload = json.loads(line.payload)
    assert (line.seq, line.previous_hash) == (1, FIRST_HASH)
    assert payload["claims"] == claims_hash(certificate.claims)
    assert payload["number"] == certificate.number
    assert "Ana" not in line.payload
    acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts[-1] == "sign"


def test_older_claims_take_the_codes_of_their_course_version(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    younger = ("assessment_codes", "participation_code", "quality_url", "recipient")
    older = {
        name: value
        for name, value in certificate.claims.items()
        if name not in (*younger, "plan", "ects")
    }
    certificate.claims = older
    session.commit()

    sign(folder)

    document = json.loads(bodies(session)["json"])
    achievement = document["credentialSubject"]["achievement"]
    kinds = {entry["targetType"] for entry in achievement["alignment"]}
    assert {"ext:AssessmentType", "ext:FormOfParticipation"} <= kinds
    assert session.get_one(Certificate, certificate.id).claims == older


def test_one_that_cannot_be_signed_holds_up_no_other(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    issuer = certificate.claims["issuer"] | {"url": "https://a site"}
    certificate.claims = certificate.claims | {"issuer": issuer}
    session.commit()
    complete_small_course(session, enrolled_user(session))

    done = sign(folder)

    assert len(done.first) == 1
    assert [each.number for each in done.refusals] == [certificate.number]
    assert done.refusals[0].reason == "issuer.url: no absolute address"
    with pytest.raises(UnsignableError):
        sign_certificate(
            certificate.id, public_url=PUBLIC_URL, folder=folder, demo=True, now=NOW
        )


@pytest.mark.parametrize(
    "damage",
    [
        {"uuid": "00000000-0000-4000-8000-000000000000"},
        {"number": "000000000000"},
        {"issued_at": "yesterday"},
        {"titles": None},
    ],
)
def test_claims_that_were_tampered_with_are_not_signed(
    session: Session,
    certificate: Certificate,
    folder: Path,
    damage: dict[str, object],
) -> None:
    certificate.claims = certificate.claims | damage
    session.commit()

    assert sign(folder).refusals[0].reason.startswith("claims")
    assert bodies(session) == {}


def test_of_an_erased_holder_nothing_is_signed(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    certificate.claims = certificate.claims | {"holder": ""}
    session.commit()

    assert sign(folder) == Signed()


def test_a_certificate_that_was_taken_back_is_signed_too(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    take_back(session, certificate)

    assert sign(folder).first == (certificate.id,)


def compromise(session: Session, kind: str) -> None:
    """Mark a key and put another in its place."""
    session.execute(
        update(IssuerKey).where(IssuerKey.kind == kind).values(compromised_at=NOW)
    )
    session.commit()


def test_after_a_compromise_the_forms_of_that_key_alone_are_signed_anew(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    sign(folder)
    before = bodies(session)
    compromise(session, "rsa")
    assert not is_handed_out(session, certificate.uuid, "jwt")
    assert is_handed_out(session, certificate.uuid, "json")
    add_keys(session, folder)

    later = NOW + timedelta(hours=1)
    done = sign_all(public_url=PUBLIC_URL, folder=folder, demo=True, now=later)

    after = bodies(session)
    assert done == Signed(anew=(certificate.id,))
    assert after["json"] == before["json"]
    assert after["jwt"] != before["jwt"]
    assert is_handed_out(session, certificate.uuid, "jwt")
    assert session.scalar(select(func.count()).select_from(IssuanceEntry)) == 1


def test_what_the_log_does_not_know_is_not_signed_anew(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    sign(folder)
    compromise(session, "ed25519")
    add_keys(session, folder)
    certificate.claims = certificate.claims | {"holder": "Somebody Else"}
    session.commit()

    done = sign(folder)

    assert not done.count
    assert done.refusals[0].reason == "claims: other than those of the log"


def test_forms_that_were_erased_are_neither_handed_out_nor_made_again(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    sign(folder)
    session.execute(update(SignedForm).values(body=""))
    certificate.claims = certificate.claims | {"holder": ""}
    session.commit()

    assert not is_handed_out(session, certificate.uuid, "json")
    assert sign(folder) == Signed()
    compromise(session, "rsa")
    assert sign_waiting(public_url=PUBLIC_URL, folder=folder, demo=True, now=NOW) == 0
    assert set(bodies(session).values()) == {""}


def test_what_was_taken_back_is_not_signed_anew(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    sign(folder)
    take_back(session, certificate)
    compromise(session, "rsa")

    assert sign(folder) == Signed()


def test_an_erasure_while_it_is_signed_wins(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    waiting = waiting_certificates(session, demo=True)
    place = status_place(session, certificate_id=certificate.id)
    keys = {key.id: key.jwk for key in public_keys(session)}
    pair = signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=NOW)
    forms = made_forms(waiting[0], place, Signer(PUBLIC_URL, pair, keys, NOW))
    certificate.claims = certificate.claims | {"holder": ""}
    session.commit()

    assert not store_forms(session, waiting[0], forms, place, now=NOW)
    assert bodies(session) == {}


def test_a_key_that_is_lost_while_it_signs_leaves_nothing(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    assert certificate.id
    waiting = waiting_certificates(session, demo=True)
    place = status_place(session, certificate_id=certificate.id)
    keys = {key.id: key.jwk for key in public_keys(session)}
    pair = signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=NOW)
    forms = made_forms(waiting[0], place, Signer(PUBLIC_URL, pair, keys, NOW))
    compromise(session, "rsa")

    assert not store_forms(session, waiting[0], forms, place, now=NOW)
    assert bodies(session) == {}


def test_a_published_key_that_is_not_the_signing_one_is_noticed(
    session: Session, certificate: Certificate, folder: Path
) -> None:
    (waiting,) = waiting_certificates(session, demo=True)
    assert waiting.id == certificate.id
    pair = signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=NOW)
    stranger = new_key(KeyKind.ED25519).jwk
    keys = {key.id: key.jwk for key in public_keys(session)}
    wrong = keys | {pair.ed25519.id: stranger}

    with pytest.raises(UnsignableError, match="not by the published key"):
        made_forms(waiting, (1, 77), Signer(PUBLIC_URL, pair, wrong, NOW))
