"""Signatures: an embedded proof (eddsa-rdfc-2022), and a compact JWS (RS256)."""

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jwt
from openbadgeslib.ob3 import add_data_integrity_proof

from conexx_learn.domain.issuer_keys import SigningKey

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
    """
    with _canonicalising:
        signed = add_data_integrity_proof(
            dict(document), key.pem, key.address, created=created
        )
    # The strict schema of Open Badges wants an array where several may stand.
    return signed | {"proof": [signed["proof"]]}


def compact_jws(payload: Mapping[str, Any], key: SigningKey) -> str:
    """Sign a payload as compact JWS; the header names the key and nothing else.

    Args:
        payload: The credential with its registered claims (`iss`, `jti`, `nbf` …).
        key: RSA.
    """
    return jwt.encode(
        dict(payload), key.pem, algorithm="RS256", headers={"kid": key.address}
    )
