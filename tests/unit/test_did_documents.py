"""What the issuer publishes of its keys: shape, order, and what is never in it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from conexx_learn.domain.did_documents import bare_key, did_document, key_set
from conexx_learn.domain.issuer_keys import KeyKind, PublicKey

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOST = "https://learn.example.org"
RSA_HALF = {"kty": "RSA", "n": "0vx7", "e": "AQAB"}


def key(number: int, kind: KeyKind, begins: timedelta = -HOUR) -> PublicKey:
    """Return a key whose row says more than the world should know."""
    return PublicKey(
        id=number,
        kind=kind,
        fragment=f"z6Mk{number}" if kind is KeyKind.ED25519 else f"print-{number}",
        jwk=RSA_HALF | {"d": "private", "p": "private"},
        created_at=NOW,
        signs_from=NOW + begins,
    )


PAIR = [key(1, KeyKind.ED25519), key(2, KeyKind.RSA)]


def test_the_document_is_what_verifiers_of_every_kind_read() -> None:
    did = "did:web:learn.example.org"

    assert did_document(PAIR, public_url=HOST, now=NOW) == {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        "id": did,
        "verificationMethod": [
            {
                "id": f"{did}#print-2",
                "type": "JsonWebKey",
                "controller": did,
                "publicKeyJwk": RSA_HALF
                | {"alg": "RS256", "use": "sig", "kid": "print-2"},
            },
            {
                "id": f"{did}#z6Mk1",
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": "z6Mk1",
            },
        ],
        "assertionMethod": [f"{did}#print-2", f"{did}#z6Mk1"],
    }


def test_a_port_is_part_of_the_name() -> None:
    document = did_document(PAIR, public_url="http://127.0.0.1:8000", now=NOW)

    assert document["id"] == "did:web:127.0.0.1%3A8000"
    assert document["assertionMethod"][0] == "did:web:127.0.0.1%3A8000#print-2"


def test_retired_and_waiting_keys_are_there_and_a_compromised_one_is_nowhere() -> None:
    keys = [
        replace(key(1, KeyKind.RSA, -9 * HOUR), retired_at=NOW - HOUR),
        replace(key(2, KeyKind.RSA), compromised_at=NOW),
        key(3, KeyKind.RSA, timedelta()),
        key(4, KeyKind.RSA, 24 * HOUR),
        key(5, KeyKind.ED25519),
    ]

    document = did_document(keys, public_url=HOST, now=NOW)
    fragments = [
        method["id"].partition("#")[2] for method in document["verificationMethod"]
    ]

    # The one that signs comes first: a verifier that is told no key tries that.
    assert fragments == ["print-3", "print-4", "print-1", "z6Mk5"]
    assert [one.partition("#")[2] for one in document["assertionMethod"]] == fragments
    assert "print-2" not in json.dumps(document)
    assert "print-2" not in json.dumps(key_set(keys, public_url=HOST, now=NOW))
    assert bare_key(keys, "print-2", public_url=HOST, now=NOW) is None


def test_the_key_set_names_keys_as_headers_do() -> None:
    (only,) = key_set(PAIR, public_url=HOST, now=NOW)["keys"]

    assert only["kid"] == "did:web:learn.example.org#print-2"
    assert only == bare_key(PAIR, "print-2", public_url=HOST, now=NOW)


def test_a_bare_key_is_one_of_the_compact_form() -> None:
    assert bare_key(PAIR, "z6Mk1", public_url=HOST, now=NOW) is None
    assert bare_key(PAIR, "", public_url=HOST, now=NOW) is None


def test_no_private_member_is_ever_published() -> None:
    shown = json.dumps(
        [
            did_document(PAIR, public_url=HOST, now=NOW),
            key_set(PAIR, public_url=HOST, now=NOW),
        ]
    )

    assert "private" not in shown
