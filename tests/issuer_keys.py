"""Keys to test with, made once for all tests of a process: RSA takes its time."""

import functools
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from openbadgeslib.ob3 import multikey_from_pem
from sqlalchemy.orm import Session

from conexx_learn.adapters.key_folder import write_key
from conexx_learn.adapters.key_making import key_of_pem
from conexx_learn.domain.issuer_addresses import issuer_did
from conexx_learn.domain.issuer_keys import SigningKey, SigningPair
from conexx_learn.models.credentials import IssuerKey

PUBLIC_URL = "https://learn.example.org"


@functools.cache
def private_pems() -> tuple[bytes, bytes]:
    """Return an Ed25519 and an RSA key."""
    return _new_pems()


@functools.cache
def other_pems() -> tuple[bytes, bytes]:
    """Return an Ed25519 and an RSA key of somebody else."""
    return _new_pems()


def _new_pems() -> tuple[bytes, bytes]:
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


def install_keys(session: Session, folder: Path, *, now: datetime) -> None:
    """Store the pair of the tests as the issuer's keys: rows, and files in a folder."""
    for pem in private_pems():
        key = key_of_pem(pem)
        write_key(folder, key)
        session.add(
            IssuerKey(
                kind=key.kind,
                fragment=key.fragment,
                public_jwk=key.jwk,
                created_at=now,
                signs_from=now,
            )
        )
    session.flush()
