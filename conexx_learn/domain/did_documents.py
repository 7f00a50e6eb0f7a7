"""What the issuer publishes about its keys: did.json, a key set, one bare key."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from conexx_learn.domain.issuer_addresses import issuer_did, key_address
from conexx_learn.domain.issuer_keys import KeyKind, PublicKey, published

Document = dict[str, Any]

CONTEXTS = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
)


def did_document(
    keys: Iterable[PublicKey], *, public_url: str, now: datetime
) -> Document:
    """Return did.json: every key whose signatures count, those of yesterday included.

    Verifiers refuse a key that `assertionMethod` does not name; it holds absolute
    addresses as plain texts, since that is what all of them read.

    Args:
        keys: All that there were.
        public_url: Origin of absolute links.
        now: Decides the order, not what is there.
    """
    did = issuer_did(public_url)
    methods = [_method(key, did, public_url) for key in published(keys, now)]
    return {
        "@context": list(CONTEXTS),
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def key_set(keys: Iterable[PublicKey], *, public_url: str, now: datetime) -> Document:
    """Return the same RSA keys for a JOSE library, each named as headers name it."""
    return {
        "keys": [
            _jwk(key, key_address(public_url, key.fragment))
            for key in published(keys, now)
            if key.kind is KeyKind.RSA
        ]
    }


def bare_key(
    keys: Iterable[PublicKey], fragment: str, *, public_url: str, now: datetime
) -> Document | None:
    """Return one RSA key by its thumbprint; None where its signatures do not count."""
    for key in published(keys, now):
        if key.kind is KeyKind.RSA and key.fragment == fragment:
            return _jwk(key, key_address(public_url, fragment))
    return None


def _method(key: PublicKey, did: str, public_url: str) -> Document:
    address = key_address(public_url, key.fragment)
    if key.kind is KeyKind.ED25519:
        return {
            "id": address,
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.fragment,
        }
    return {
        "id": address,
        "type": "JsonWebKey",
        "controller": did,
        # The name that the standard recommends here is the fragment.
        "publicKeyJwk": _jwk(key, key.fragment),
    }


def _jwk(key: PublicKey, name: str) -> Document:
    """Return the public members alone, whatever the row holds besides."""
    members = {member: key.jwk[member] for member in ("kty", "n", "e")}
    return members | {"alg": "RS256", "use": "sig", "kid": name}
