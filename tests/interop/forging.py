"""Signatures that the product would never make: whatever is asked, with any key."""

import base64
import gzip
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, cast

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from joserfc.jwk import RSAKey

from tests.interop.issuer_site import Json
from tests.interop.second_opinion import ED25519_PREFIX, base58, hash_data


def public_multikey(pem: bytes) -> str:
    """Write the public half of an Ed25519 key as Multikey."""
    public = load_pem_private_key(pem, None).public_key()
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "z" + base58(ED25519_PREFIX + raw)


def embedded(
    document: Json, pem: bytes, method: str, created: str = "2026-11-16T08:00:00Z"
) -> Json:
    """Put a proof into a document, in place of any that it has."""
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    key = cast("Ed25519PrivateKey", load_pem_private_key(pem, None))
    signature = key.sign(hash_data(unsigned, proof))
    return unsigned | {"proof": [proof | {"proofValue": "z" + base58(signature)}]}


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def unsigned_token(header: Json, payload: Json) -> str:
    """Write the two parts of a compact JWS that are signed."""
    return f"{_encoded(_json(header))}.{_encoded(_json(payload))}"


def token_of(document: Json, pem: bytes, kid: str, **headers: Any) -> str:
    """Sign a document as compact JWS, with the claims that follow from it."""
    payload = document | {
        "iss": document["issuer"]["id"]
        if isinstance(document["issuer"], dict)
        else document["issuer"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
    }
    if "validUntil" in document:
        payload["exp"] = _seconds(document["validUntil"])
    return resigned_token(payload, pem, {"alg": "RS256", "kid": kid, **headers})


def resigned_token(payload: Json, pem: bytes, header: Json) -> str:
    """Sign a payload just as it is."""
    signed = unsigned_token(header, payload)
    key = cast("RSAPrivateKey", load_pem_private_key(pem, None))
    signature = key.sign(signed.encode(), PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_encoded(signature)}"


def hmac_token(payload: Json, secret: bytes, kid: str) -> str:
    """Sign a payload with HS256, in the hope that a public key is taken as secret."""
    signed = unsigned_token({"alg": "HS256", "kid": kid}, payload)
    return f"{signed}.{_encoded(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def with_bits(document: Json, places: list[int], size: int = 131_072) -> Json:
    """Return a status list with other bits; nothing is signed."""
    bits = bytearray(size // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    encoded = "u" + _encoded(gzip.compress(bytes(bits), mtime=0))
    subject = document["credentialSubject"] | {"encodedList": encoded}
    return document | {"credentialSubject": subject}


def public_jwk(pem: bytes) -> Json:
    """Return the public half of an RSA key as JSON Web Key."""
    return dict(RSAKey.import_key(pem).as_dict(private=False))


def public_pem(pem: bytes) -> bytes:
    """Return the public half of a key, PEM."""
    public = load_pem_private_key(pem, None).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
