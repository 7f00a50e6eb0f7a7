"""Signatures: an embedded proof (eddsa-rdfc-2022), and a compact JWS (RS256)."""

import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from openbadgeslib.errors import ErrorSigningFile
from openbadgeslib.ob3 import (
    OB3VerificationError,
    add_data_integrity_proof,
    verify_data_integrity_proof,
)
from openbadgeslib.ob3.contexts import document_loader
from pyld import jsonld

from conexx_learn.domain.credentials.validation import UnsignableError
from conexx_learn.domain.issuer_keys import SigningKey

_LONGEST_REASON = 200
_canonicalising = threading.Lock()
"""The JSON-LD processor keeps state between calls."""


def with_embedded_proof(
    document: Mapping[str, Any], key: SigningKey, *, created: datetime
) -> dict[str, Any]:
    """Return a document with its proof; the same arguments give the same proof.

    Args:
        document: A verifiable credential without a proof. Its contexts come from the
            installed library, never from the network.
        key: Ed25519.
        created: When it is signed; whole seconds.

    Raises:
        UnsignableError: It is too large or too deep, or no plain JSON.
    """
    try:
        with _canonicalising:
            signed = add_data_integrity_proof(
                dict(document), key.pem, key.address, created=created
            )
    except ErrorSigningFile as error:
        raise UnsignableError(f"proof: {str(error)[:_LONGEST_REASON]}") from error
    # The strict schema of Open Badges wants an array where several may stand.
    return signed | {"proof": [signed["proof"]]}


def compact_jws(payload: Mapping[str, Any], key: SigningKey) -> str:
    """Sign a payload as compact JWS; the header names the key and nothing else.

    Args:
        payload: The credential with its registered claims (`iss`, `jti`, `nbf` …).
        key: RSA.
    """
    return jwt.encode(
        dict(payload), _loaded(key.pem), algorithm="RS256", headers={"kid": key.address}
    )


@lru_cache(maxsize=2)
def _loaded(pem: bytes) -> rsa.RSAPrivateKey:
    """Read a key once: its check takes twenty times as long as a signature."""
    key = load_pem_private_key(pem, None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("RS256 is signed with RSA")
    return key


def is_proven(document: Mapping[str, Any], public_jwk: Mapping[str, Any]) -> bool:
    """Say whether the embedded proof of a document is by a key.

    Only for documents that this issuer made: the work on a hostile one is not bounded
    by the size of what is asked. Dates and status are not looked at.

    Args:
        document: With one proof.
        public_jwk: Ed25519.
    """
    try:
        public_pem = jwt.PyJWK(dict(public_jwk), algorithm="EdDSA").key.public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )
        with _canonicalising:
            verify_data_integrity_proof(dict(document), public_pem)
    except (jwt.PyJWTError, OB3VerificationError):
        return False
    return True


def proven_payload(
    compact: str, public_jwk: Mapping[str, Any]
) -> dict[str, Any] | None:
    """Return what a compact JWS says when it is by a key, else None.

    Dates are not looked at: a certificate that ended was signed all the same.

    Args:
        compact: RS256 and nothing else.
        public_jwk: RSA.
    """
    try:
        payload: dict[str, Any] = jwt.decode(
            compact,
            jwt.PyJWK(dict(public_jwk), algorithm="RS256"),
            algorithms=["RS256"],
            options={"verify_exp": False, "verify_nbf": False},
        )
    except jwt.PyJWTError:
        return None
    return payload


def refuse_unsigned_members(document: Mapping[str, Any]) -> None:
    """Refuse a document of which a proof would leave something out.

    The processor drops without a word what no context defines, and resolves unknown
    types against nowhere. So the document is expanded and compacted again, and must
    come back whole.

    Raises:
        UnsignableError: A member is lost, or a name stays relative.
    """
    options = {"documentLoader": document_loader()}
    with _canonicalising:
        try:
            expanded = jsonld.expand(dict(document), options)
            compacted = jsonld.compact(expanded, document["@context"], options)
        except jsonld.JsonLdError as error:
            raise UnsignableError(f"JSON-LD: {error.code or error.type}") from error
        except ValueError as error:
            raise UnsignableError("JSON-LD: a relative address") from error
    for name in _names(expanded):
        if ":" not in name:
            raise UnsignableError(f"{name}: no context defines it")
    if _unwrapped(compacted) != _unwrapped(document):
        raise UnsignableError("a member is lost between the contexts")


def _names(expanded: object) -> Iterator[str]:
    """List what must be an absolute name: ids, types and terms."""
    if isinstance(expanded, list):
        for entry in expanded:
            yield from _names(entry)
    elif isinstance(expanded, dict):
        for key, value in expanded.items():
            if key == "@id":
                yield value
            elif key == "@type":
                yield from [value] if isinstance(value, str) else value
            elif not key.startswith("@"):
                yield key
                yield from _names(value)


def _unwrapped(value: object) -> object:
    """Take lists of one apart, since compacting does it too; order stays."""
    if isinstance(value, Mapping):
        return {
            key: _unwrapped(member)
            for key, member in value.items()
            if key != "@context"
        }
    if isinstance(value, list):
        entries = [_unwrapped(entry) for entry in value]
        return entries[0] if len(entries) == 1 else entries
    return value
