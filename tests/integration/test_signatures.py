"""The adapter that signs: nothing is left out of a signature, nothing is fetched."""

import json
from datetime import timedelta
from hashlib import sha256
from importlib import resources
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from conexx_learn.adapters.signing import (
    compact_jws,
    is_proven,
    proven_payload,
    refuse_unsigned_members,
    with_embedded_proof,
)
from conexx_learn.domain.credentials.document import registered_claims
from conexx_learn.domain.credentials.validation import UnsignableError
from tests.credentials import ISSUED_AT, make_document
from tests.issuer_keys import signing_pair

CONTEXTS = {
    "credentials-v2.json": (
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    ),
    "ob-v3p0-context-3.0.3.json": (
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"
    ),
    "ob-v3p0-extensions.json": (
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93"
    ),
    "security-multikey-v1.json": (
        "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"
    ),
}
PAIR = signing_pair()


def public(pem: bytes, algorithm: Any) -> dict[str, Any]:
    key = load_pem_private_key(pem, None).public_key()
    found: dict[str, Any] = json.loads(algorithm.to_jwk(key))
    return found


ED25519 = public(PAIR.ed25519.pem, jwt.algorithms.OKPAlgorithm)
RSA = public(PAIR.rsa.pem, jwt.algorithms.RSAAlgorithm)


@pytest.mark.parametrize(("name", "digest"), CONTEXTS.items())
def test_the_contexts_of_the_library_are_the_pinned_ones(
    name: str, digest: str
) -> None:
    text = resources.files("openbadgeslib.ob3.contexts").joinpath(name).read_bytes()

    assert sha256(text).hexdigest() == digest


@pytest.mark.parametrize(
    "address",
    [
        "https://www.w3.org/2018/credentials/v1",
        "http://127.0.0.1:1/context",
        "context.json",
        "",
    ],
)
def test_any_other_context_is_refused_without_fetching_it(address: str) -> None:
    document = make_document()
    document["@context"] = [*document["@context"], address]

    with pytest.raises(UnsignableError):
        refuse_unsigned_members(document)
    with pytest.raises(UnsignableError):
        with_embedded_proof(document, PAIR.ed25519, created=ISSUED_AT)


def test_what_we_make_is_signed_whole() -> None:
    refuse_unsigned_members(make_document())


@pytest.mark.parametrize(
    "holder", ["Zoë 😀", "فاطمة", "ñ" * 200, "a\nb", "\u2028", "\\n"]
)
def test_any_name_comes_back_whole(holder: str) -> None:
    document = make_document(holder=holder)
    refuse_unsigned_members(document)

    signed = with_embedded_proof(document, PAIR.ed25519, created=ISSUED_AT)
    payload = registered_claims(document)

    assert is_proven(json.loads(json.dumps(signed)), ED25519)
    assert proven_payload(compact_jws(payload, PAIR.rsa), RSA) == payload


@pytest.mark.parametrize(
    "more",
    [
        {"shoeSize": 42},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "Wurst"]},
        {"name": None},
        {"credentialSchema": [{"id": "relative", "type": "Wurst"}]},
    ],
)
def test_what_a_signature_would_leave_out_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(UnsignableError):
        refuse_unsigned_members(make_document() | more)


def test_the_type_of_the_schema_needs_the_third_context() -> None:
    document = make_document()
    document["@context"] = document["@context"][:2]

    with pytest.raises(UnsignableError):
        refuse_unsigned_members(document)


def test_a_document_that_is_too_large_is_refused() -> None:
    document = make_document(holder="x" * 300_000)

    with pytest.raises(UnsignableError, match="limit"):
        with_embedded_proof(document, PAIR.ed25519, created=ISSUED_AT)


def test_the_same_document_gets_the_same_proof() -> None:
    one, same, later = (
        with_embedded_proof(make_document(), PAIR.ed25519, created=created)
        for created in (ISSUED_AT, ISSUED_AT, ISSUED_AT + timedelta(seconds=1))
    )

    assert one == same
    assert one["proof"] != later["proof"]
    assert one["proof"][0]["verificationMethod"] == PAIR.ed25519.address


def test_an_embedded_proof_covers_every_member() -> None:
    signed = with_embedded_proof(make_document(), PAIR.ed25519, created=ISSUED_AT)

    for name in ("name", "validUntil", "credentialStatus", "credentialSchema"):
        without = {key: value for key, value in signed.items() if key != name}
        assert not is_proven(without, ED25519)
    proof = signed["proof"][0] | {"created": "2026-11-16T09:00:01Z"}
    assert not is_proven(signed | {"proof": [proof]}, ED25519)
    assert not is_proven(signed | {"proof": []}, ED25519)


def test_the_header_names_the_key_and_nothing_else() -> None:
    compact = compact_jws(registered_claims(make_document("jwt")), PAIR.rsa)

    assert jwt.get_unverified_header(compact) == {
        "alg": "RS256",
        "kid": PAIR.rsa.address,
        "typ": "JWT",
    }


def test_a_compact_form_of_another_kind_proves_nothing() -> None:
    payload = registered_claims(make_document("jwt"))
    compact = compact_jws(payload, PAIR.rsa)
    head, body, signature = compact.split(".")
    unsigned = jwt.encode(payload, "", algorithm="none")
    symmetric = jwt.encode(payload, "x" * 32, algorithm="HS256")

    assert proven_payload(compact, RSA) == payload
    assert proven_payload(unsigned, RSA) is None
    assert proven_payload(symmetric, RSA) is None
    assert proven_payload(f"{head}.{body}x.{signature}", RSA) is None
    assert proven_payload(f"{head}.{body}.", RSA) is None
    assert proven_payload("", RSA) is None
