"""A signed status list, believed only with its signature, issuer, window and length."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import jwt
from jwt.types import Options

from conexx_learn.domain.issuer_keys import KeyKind, PublicKey
from conexx_learn.domain.status_bits import StatusListError
from conexx_learn.domain.status_documents import believed_bits

ALGORITHM = "RS256"
OWN_CHECKS: Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
}
"""The window is checked against the moment that is asked about, not the clock."""


def verified_list(
    jws: str, *, keys: Sequence[PublicKey], address: str, did: str, now: datetime
) -> bytes:
    """Return the bits of a list in its compact form; asks no network.

    Args:
        jws: As it was published.
        keys: Of the issuer; those that were compromised count for nothing.
        address: Where the certificate says that its list is.
        did: The issuer of the certificate.
        now: This moment.

    Raises:
        StatusListError: Anything about it is not as it must be.
    """
    payload = _verified_payload(jws, keys, did)
    if (payload.get("iss"), payload.get("jti")) != (did, address):
        raise StatusListError("another list")
    return believed_bits(payload, address=address, did=did, now=now)


def _verified_payload(jws: str, keys: Sequence[PublicKey], did: str) -> dict[str, Any]:
    able = {
        f"{did}#{key.fragment}": key.jwk
        for key in keys
        if key.kind is KeyKind.RSA and key.compromised_at is None
    }
    try:
        address = jwt.get_unverified_header(jws).get("kid")
        if address not in able:
            raise StatusListError("signed by no key of the issuer")
        key = jwt.PyJWK(able[address], algorithm=ALGORITHM)
        payload: dict[str, Any] = jwt.decode(
            jws, key, algorithms=[ALGORITHM], options=OWN_CHECKS
        )
    except jwt.PyJWTError as error:
        raise StatusListError("not signed") from error
    return payload
