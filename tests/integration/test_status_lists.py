"""Status lists: signed at once when something changed, and never believed damaged."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwk, jws
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.signing import compact_jws
from conexx_learn.adapters.status_list_reading import verified_list
from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.issuer_keys import KeyKind
from conexx_learn.domain.status_bits import (
    StatusListError,
    encoded_list,
    is_revoked,
    list_bits,
    read_list,
)
from conexx_learn.domain.status_documents import CLOCKS_APART
from conexx_learn.models.credentials import IssuerKey, StatusList
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.queries.status_lists import kept_list
from conexx_learn.services import status_lists
from conexx_learn.services.status_lists import publish_status, sign_status_lists
from tests.factories import NOW
from tests.issuer_keys import PUBLIC_URL, install_keys
from tests.published import publish_sample
from tests.status_lists import add_event, placed_certificate

ADDRESS = f"{PUBLIC_URL}/status/revocation/1"
DAY = timedelta(days=1)


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    """Give the folder of an issuer with keys, and publish a course."""
    publish_sample(session)
    folder = tmp_path / "keys"
    install_keys(session, folder, now=NOW - 30 * DAY)
    session.commit()
    return folder


def sign(folder: Path, now: Any = NOW) -> int:
    return sign_status_lists(public_url=PUBLIC_URL, folder=folder, now=now)


def stored(session: Session, number: int = 1) -> dict[str, Any]:
    kept = kept_list(session, number=number)
    assert kept is not None
    document: dict[str, Any] = json.loads(kept.json_body)
    return document


def bits(session: Session, number: int = 1) -> bytes:
    return read_list(stored(session, number)["credentialSubject"]["encodedList"])


def published_bits(session: Session, now: datetime = NOW) -> bytes:
    """Read the first list as a verifier does, with the keys of today."""
    kept = kept_list(session, number=1)
    assert kept is not None
    return verified_list(
        kept.jwt_body,
        keys=public_keys(session),
        address=f"{ADDRESS}.jwt",
        did="did:web:learn.example.org",
        now=now,
    )


def test_without_certificates_there_is_nothing_to_sign(
    session: Session, tmp_path: Path
) -> None:
    assert sign(tmp_path) == 0


def test_without_keys_nothing_is_signed_and_it_is_said(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    placed_certificate(session, 5)

    with pytest.raises(RuleError, match="keys-missing"):
        sign(tmp_path / "keys")
    assert kept_list(session, number=1) is None
    done = publish_status(public_url=PUBLIC_URL, folder=tmp_path, demo=True, now=NOW)
    assert done == 0


def test_both_forms_are_signed_and_hold_the_same_bits(
    session: Session, folder: Path
) -> None:
    certificate = placed_certificate(session, 94_567)
    add_event(session, certificate, EventKind.REVOKED)

    assert sign(folder) == 1
    kept = kept_list(session, number=1)
    assert kept is not None
    embedded = json.loads(kept.json_body)
    rsa = next(key for key in public_keys(session) if key.kind is KeyKind.RSA)
    opened = jws.deserialize_compact(
        kept.jwt_body, jwk.RSAKey.import_key(rsa.jwk), algorithms=["RS256"]
    )
    payload = json.loads(opened.payload)
    assert opened.headers() == {
        "alg": "RS256",
        "kid": f"did:web:learn.example.org#{rsa.fragment}",
        "typ": "JWT",
    }
    assert (embedded["id"], payload["id"]) == (ADDRESS, f"{ADDRESS}.jwt")
    assert [proof["cryptosuite"] for proof in embedded["proof"]] == ["eddsa-rdfc-2022"]
    assert payload["exp"] - payload["nbf"] == (30 * DAY + CLOCKS_APART).total_seconds()
    for document in (embedded, payload):
        subject = document["credentialSubject"]
        assert subject["encodedList"] == encoded_list([94_567])
        assert subject["statusPurpose"] == "revocation"


@pytest.mark.parametrize("kind", [EventKind.REVOKED, EventKind.SUPERSEDED])
def test_what_is_taken_back_is_in_the_list_at_once(
    session: Session, folder: Path, kind: EventKind
) -> None:
    certificate = placed_certificate(session, 7)
    placed_certificate(session, 8)
    sign(folder)
    assert not is_revoked(bits(session), 7)

    add_event(session, certificate, kind)

    assert sign(folder) == 1
    assert is_revoked(bits(session), 7)
    assert not is_revoked(bits(session), 8)
    assert published_bits(session) == list_bits([7])


@pytest.mark.parametrize("kind", [EventKind.SUSPENDED, EventKind.REVOCATION_PROPOSED])
def test_what_may_still_be_undone_is_not_in_the_list(
    session: Session, folder: Path, kind: EventKind
) -> None:
    certificate = placed_certificate(session, 7)
    sign(folder)

    add_event(session, certificate, kind)

    assert sign(folder) == 0
    assert not is_revoked(bits(session), 7)


def test_an_unchanged_list_is_signed_again_after_a_day(
    session: Session, folder: Path
) -> None:
    placed_certificate(session, 7)
    sign(folder)

    assert sign(folder, NOW + timedelta(hours=23)) == 0
    assert sign(folder, NOW + DAY) == 1
    assert stored(session)["validFrom"] == "2026-11-17T08:55:00Z"


def test_each_list_holds_its_own_certificates(session: Session, folder: Path) -> None:
    placed_certificate(session, 7)
    second = placed_certificate(session, 7, number=2)
    add_event(session, second, EventKind.REVOKED)

    assert sign(folder) == 2
    assert not is_revoked(bits(session, 1), 7)
    assert is_revoked(bits(session, 2), 7)


def test_a_lost_key_does_not_count_and_the_next_one_signs_at_once(
    session: Session, folder: Path
) -> None:
    placed_certificate(session, 7)
    sign(folder)
    key = session.scalars(select(IssuerKey).where(IssuerKey.kind == "rsa")).one()
    key.compromised_at = NOW
    session.commit()

    with pytest.raises(StatusListError):
        published_bits(session)
    with pytest.raises(RuleError, match="keys-missing"):
        sign(folder)

    key.compromised_at = None
    key.retired_at = None
    row = session.scalars(select(StatusList)).one()
    session.add(
        IssuerKey(
            kind="ed25519",
            fragment="z-of-a-key-before",
            public_jwk={},
            created_at=NOW - 90 * DAY,
            signs_from=NOW - 90 * DAY,
            compromised_at=NOW,
        )
    )
    session.flush()
    row.json_key_id = max(key.id for key in public_keys(session))
    session.commit()

    assert sign(folder) == 1
    kept = kept_list(session, number=1)
    assert kept is not None
    assert not kept.has_lost_key


def test_a_list_of_another_origin_is_signed_for_this_one(
    session: Session, folder: Path
) -> None:
    placed_certificate(session, 7)
    sign(folder)
    moved = "https://learn.elsewhere.example"

    assert sign_status_lists(public_url=moved, folder=folder, now=NOW) == 1
    assert stored(session)["issuer"] == "did:web:learn.elsewhere.example"


def test_a_revocation_while_a_list_is_signed_is_not_lost(
    session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = placed_certificate(session, 7)
    signed = compact_jws
    rounds: list[int] = []

    def revoked_meanwhile(*args: Any) -> str:
        rounds.append(1)
        if len(rounds) == 1:
            add_event(session, certificate, EventKind.REVOKED)
        return signed(*args)

    monkeypatch.setattr(status_lists, "compact_jws", revoked_meanwhile)

    assert sign(folder) == 1
    assert len(rounds) == 2
    assert is_revoked(bits(session), 7)


@pytest.mark.parametrize("away", [-DAY, 31 * DAY])
def test_a_list_out_of_its_time_is_never_an_all_clear(
    session: Session, folder: Path, away: timedelta
) -> None:
    placed_certificate(session, 7)
    sign(folder)

    assert published_bits(session) == list_bits([])
    with pytest.raises(StatusListError):
        published_bits(session, NOW + away)


def changed_part(body: str, part: int) -> str:
    parts = body.split(".")
    parts[part] = parts[part][:-9] + "AAAAAAAAA"
    return ".".join(parts)


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param(lambda _body: "", id="empty"),
        pytest.param(lambda body: body[:-40], id="cut short"),
        pytest.param(lambda body: changed_part(body, 0), id="another header"),
        pytest.param(lambda body: changed_part(body, 1), id="other bits"),
        pytest.param(lambda body: changed_part(body, 2), id="another signature"),
    ],
)
def test_a_damaged_list_is_never_an_all_clear(
    session: Session, folder: Path, damaged: Any
) -> None:
    placed_certificate(session, 7)
    sign(folder)
    row = session.scalars(select(StatusList)).one()
    row.jwt_body = damaged(row.jwt_body)
    session.commit()

    with pytest.raises(StatusListError):
        published_bits(session)


def test_many_certificates_need_no_more_statements(
    session: Session, folder: Path, statements: list[str]
) -> None:
    def count(index: int) -> int:
        add_event(session, placed_certificate(session, index), EventKind.REVOKED)
        statements.clear()
        sign(folder)
        return len(statements)

    count(1)
    assert count(2) == count(3)
