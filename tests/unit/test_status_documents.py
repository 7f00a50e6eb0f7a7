"""A status list is believed only as what it is, from whom it is, and in its time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conexx_learn.domain.status_bits import StatusListError, encoded_list, list_bits
from conexx_learn.domain.status_documents import (
    CLOCKS_APART,
    LIST_WINDOW,
    believed_bits,
    status_document,
    with_registered_claims,
)

ORIGIN = "https://learn.example.org"
DID = "did:web:learn.example.org"
ADDRESS = f"{ORIGIN}/status/revocation/1.jwt"
SIGNED = datetime(2026, 11, 16, 9, 0, 5, 900_000, tzinfo=UTC)


def document(**changes: Any) -> dict[str, Any]:
    encoded = encoded_list([94_567])
    made = status_document(ORIGIN, 1, "jwt", encoded=encoded, signed_at=SIGNED)
    return made | changes


def believed(payload: dict[str, Any], now: datetime = SIGNED) -> bytes:
    return believed_bits(payload, address=ADDRESS, did=DID, now=now)


def test_a_list_says_what_the_standard_asks() -> None:
    made = document()

    assert made["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert (made["id"], made["issuer"]) == (ADDRESS, DID)
    assert made["validFrom"] == "2026-11-16T08:55:05Z"
    assert made["validUntil"] == "2026-12-16T09:00:05Z"
    assert made["credentialSubject"]["statusPurpose"] == "revocation"
    assert made["credentialSubject"]["id"] == f"{ADDRESS}#list"


def test_each_form_has_its_own_address_and_the_same_bits() -> None:
    encoded = encoded_list([3])
    embedded = status_document(ORIGIN, 2, "json", encoded=encoded, signed_at=SIGNED)

    assert embedded["id"] == f"{ORIGIN}/status/revocation/2"
    assert embedded["credentialSubject"]["encodedList"] == encoded


def test_what_a_jwt_repeats_agrees_to_the_second() -> None:
    payload = with_registered_claims(document(), signed_at=SIGNED)

    assert (payload["iss"], payload["jti"]) == (DID, ADDRESS)
    assert payload["sub"] == f"{ADDRESS}#list"
    assert payload["nbf"] == int(
        datetime(2026, 11, 16, 8, 55, 5, tzinfo=UTC).timestamp()
    )
    assert (
        payload["exp"] - payload["nbf"] == (LIST_WINDOW + CLOCKS_APART).total_seconds()
    )


def test_a_list_of_ours_is_believed_within_its_window() -> None:
    assert believed(document()) == list_bits([94_567])
    assert believed(document(), now=SIGNED + timedelta(days=29))


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(document(id=f"{ORIGIN}/status/revocation/2.jwt"), id="another"),
        pytest.param(document(issuer="did:web:forger.example"), id="a forger's"),
        pytest.param(document(type=["VerifiableCredential"]), id="no list"),
        pytest.param(document(credentialSubject=[]), id="nothing in it"),
        pytest.param(
            document(credentialSubject={"statusPurpose": "suspension"}), id="of holds"
        ),
        pytest.param(
            document(
                credentialSubject={"statusPurpose": "revocation", "encodedList": "u"}
            ),
            id="damaged",
        ),
        pytest.param(document(validUntil=None), id="without an end"),
        pytest.param(document(validFrom="soon"), id="without a beginning"),
        pytest.param({}, id="empty"),
    ],
)
def test_anything_else_is_not_believed(payload: dict[str, Any]) -> None:
    with pytest.raises(StatusListError):
        believed(payload)


@pytest.mark.parametrize("away", [timedelta(days=-1), timedelta(days=31)])
def test_a_list_out_of_its_time_is_not_believed(away: timedelta) -> None:
    with pytest.raises(StatusListError):
        believed(document(), now=SIGNED + away)
