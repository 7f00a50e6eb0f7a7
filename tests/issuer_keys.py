"""Keys to test with, made once for all tests of a process: RSA takes its time."""

import functools

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from openbadgeslib.ob3 import multikey_from_pem

from conexx_learn.domain.issuer_addresses import issuer_did
from conexx_learn.domain.issuer_keys import SigningKey, SigningPair

PUBLIC_URL = "https://learn.example.org"


@functools.cache
def private_pems() -> tuple[bytes, bytes]:
    """Return an Ed25519 and an RSA key."""
    keys = (
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(public_exponent=65537, key_size=3072),
    )
    ed_pem, rsa_pem = (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        for key in keys
    )
    return ed_pem, rsa_pem


def signing_pair(public_url: str = PUBLIC_URL) -> SigningPair:
    """Return the pair of an issuer that exists only here."""
    did = issuer_did(public_url)
    ed_pem, rsa_pem = private_pems()
    public_pem = (
        load_pem_private_key(ed_pem, None)
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    return SigningPair(
        did=did,
        ed25519=SigningKey(1, f"{did}#{multikey_from_pem(public_pem)}", ed_pem),
        rsa=SigningKey(2, f"{did}#thumbprint-of-the-test", rsa_pem),
    )
