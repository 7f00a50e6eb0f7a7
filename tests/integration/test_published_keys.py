"""What is published verifies what is signed, in the hands of another library."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jws
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import KeySet, RSAKey
from sqlalchemy.orm import Session

from conexx_learn.adapters.signing import compact_jws
from conexx_learn.domain.did_documents import bare_key, did_document, key_set
from conexx_learn.domain.issuer_keys import PUBLISHED_FIRST
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.issuer_keys import (
    mark_compromised,
    rotate_keys,
    signing_pair,
)
from tests.factories import NOW
from tests.issuer_keys import install_keys

PUBLIC_URL = "https://learn.example.org"
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PREFIX = bytes([0xED, 0x01])


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    install_keys(session, folder, now=NOW)
    session.commit()
    return folder


def base58_bytes(text: str, length: int) -> bytes:
    """Decode base58btc with nothing of the library that encoded it."""
    number = 0
    for sign in text:
        number = number * 58 + ALPHABET.index(sign)
    return number.to_bytes(length, "big")


def token_of(session: Session, folder: Path) -> str:
    pair = signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=NOW)
    return compact_jws({"jti": "urn:uuid:1"}, pair.rsa)


def published_set(session: Session) -> KeySet:
    keys = public_keys(session)
    return KeySet.import_key_set(key_set(keys, public_url=PUBLIC_URL, now=NOW))  # type: ignore[arg-type] # the shape of RFC 7517


def test_a_jose_library_finds_the_key_by_the_name_in_the_header(
    session: Session, folder: Path
) -> None:
    compact = token_of(session, folder)

    found = jws.deserialize_compact(compact, published_set(session), ["RS256"])

    assert found.payload == b'{"jti":"urn:uuid:1"}'
    assert set(found.headers()) == {"alg", "kid", "typ"}


def test_the_bare_key_and_the_document_hold_the_same_key(
    session: Session, folder: Path
) -> None:
    compact = token_of(session, folder)
    keys = public_keys(session)
    document = did_document(keys, public_url=PUBLIC_URL, now=NOW)
    method = document["verificationMethod"][0]
    fragment = method["id"].partition("#")[2]
    bare = bare_key(keys, fragment, public_url=PUBLIC_URL, now=NOW)
    assert bare is not None

    for jwk in (bare, method["publicKeyJwk"]):
        key = RSAKey.import_key(jwk)
        assert jws.deserialize_compact(compact, key, ["RS256"]).payload
        assert key.thumbprint() == fragment


def test_the_multikey_is_the_key_itself(session: Session, folder: Path) -> None:
    pair = signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=NOW)
    document = did_document(public_keys(session), public_url=PUBLIC_URL, now=NOW)
    text = document["verificationMethod"][1]["publicKeyMultibase"]
    private = load_pem_private_key(pair.ed25519.pem, None)
    assert isinstance(private, Ed25519PrivateKey)
    signature = private.sign(b"what was signed")

    raw = base58_bytes(text.removeprefix("z"), len(ED25519_PREFIX) + 32)
    public = Ed25519PublicKey.from_public_bytes(raw.removeprefix(ED25519_PREFIX))

    public.verify(signature, b"what was signed")
    with pytest.raises(InvalidSignature):
        public.verify(signature, b"what was not")


def test_what_a_retired_key_signed_goes_on_being_verified(
    session: Session, folder: Path
) -> None:
    compact = token_of(session, folder)
    rotate_keys(folder=folder, now=NOW)
    keys = public_keys(session)
    later = key_set(keys, public_url=PUBLIC_URL, now=NOW + 9 * PUBLISHED_FIRST)

    found = KeySet.import_key_set(later)  # type: ignore[arg-type] # the shape of RFC 7517

    assert jws.deserialize_compact(compact, found, ["RS256"]).payload


def test_what_a_compromised_key_signed_verifies_nowhere(
    session: Session, folder: Path
) -> None:
    compact = token_of(session, folder)
    address = signing_pair(
        session, folder=folder, public_url=PUBLIC_URL, now=NOW
    ).rsa.address
    mark_compromised(address, folder=folder, now=NOW)

    with pytest.raises(InvalidKeyIdError):
        jws.deserialize_compact(compact, published_set(session), ["RS256"])
