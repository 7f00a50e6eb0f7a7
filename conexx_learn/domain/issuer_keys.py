"""The issuer's keys: which kind signs which form, and what the world may know."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

PUBLISHED_FIRST = timedelta(hours=24)
"""How long a new key is public before it signs: as long as copies may be kept."""


class KeyKind(StrEnum):
    """What a key is; each signs one form of a credential."""

    ED25519 = "ed25519"
    RSA = "rsa"


SHOWN_KINDS = (KeyKind.RSA, KeyKind.ED25519)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What the world may know of a key.

    Attributes:
        id: Of its row.
        kind: What it is.
        fragment: Ends its address: the Multikey itself, or the RFC 7638 thumbprint.
        jwk: As JSON Web Key (RFC 7517), without private members.
        created_at: When it was made.
        signs_from: From when it signs.
        retired_at: Since when it signs no more; its signatures still count.
        compromised_at: Since when its signatures no longer count.
    """

    id: int
    kind: KeyKind
    fragment: str
    jwk: dict[str, Any]
    created_at: datetime
    signs_from: datetime
    retired_at: datetime | None = None
    compromised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs now.

    Attributes:
        id: Of its row.
        address: `did:web:…#fragment`, as proofs and headers carry it.
        pem: The private half (PKCS 8, PEM, not encrypted); never printed or logged.
    """

    id: int
    address: str
    pem: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SigningPair:
    """The two keys that sign now: one for each form of a credential.

    Attributes:
        did: The issuer.
        ed25519: Signs the embedded proof.
        rsa: Signs the compact form.
    """

    did: str
    ed25519: SigningKey
    rsa: SigningKey


class KeyState(StrEnum):
    """Where a key stands at a moment."""

    WAITING = "waiting"
    """Published, and signs later."""

    SIGNING = "signing"
    RETIRED = "retired"
    """Signs no more; its signatures count."""

    COMPROMISED = "compromised"
    """Somebody else may hold it: nothing that it signed counts."""


def state_of(key: PublicKey, now: datetime) -> KeyState:
    """Say where a key stands."""
    if key.compromised_at is not None:
        return KeyState.COMPROMISED
    if key.retired_at is not None and key.retired_at <= now:
        return KeyState.RETIRED
    return KeyState.WAITING if key.signs_from > now else KeyState.SIGNING


def signing_key(
    keys: Iterable[PublicKey], kind: KeyKind, now: datetime
) -> PublicKey | None:
    """Return the key of a kind that signs: the one that began last."""
    able = [
        key
        for key in keys
        if key.kind is kind and state_of(key, now) is KeyState.SIGNING
    ]
    return max(able, key=_turn, default=None)


def turns(keys: Iterable[PublicKey]) -> list[PublicKey]:
    """Write into each key when the next one of its kind takes over, if one does.

    A key that was given up before its turn came never signed, so nobody retires for
    it; one that was compromised after it had begun did take over.
    """
    in_turn = sorted(keys, key=_turn)
    settled = []
    for place, key in enumerate(in_turn):
        later = (
            other
            for other in in_turn[place + 1 :]
            if other.kind is key.kind and not _was_given_up(other)
        )
        successor = next(later, None)
        if _was_given_up(key) or successor is None:
            settled.append(key)
        else:
            settled.append(replace(key, retired_at=successor.signs_from))
    return settled


def replacement_begins(key: PublicKey, now: datetime) -> datetime | None:
    """Say when the replacement of a key that is compromised now begins to sign.

    Returns:
        At once for the key that signs, since nothing else does; as any new key for one
        that was waiting; None for a key that would not sign again.
    """
    match state_of(key, now):
        case KeyState.SIGNING:
            return now
        case KeyState.WAITING:
            return now + PUBLISHED_FIRST
        case _:
            return None


def next_turn(keys: Iterable[PublicKey], now: datetime) -> datetime | None:
    """Say when a key that waits begins to sign; None while none waits."""
    waiting = [key.signs_from for key in keys if state_of(key, now) is KeyState.WAITING]
    return min(waiting, default=None)


def published(keys: Iterable[PublicKey], now: datetime) -> list[PublicKey]:
    """Return the keys whose signatures count, in the order in which they are shown.

    RSA comes first, and of each kind the one that signs: a verifier that is told no
    key tries the first.
    """
    counting = (key for key in keys if state_of(key, now) is not KeyState.COMPROMISED)
    return sorted(
        counting, key=lambda key: (SHOWN_KINDS.index(key.kind), *_shown(key, now))
    )


def _shown(key: PublicKey, now: datetime) -> tuple[bool, int]:
    return state_of(key, now) is not KeyState.SIGNING, -key.id


def _turn(key: PublicKey) -> tuple[datetime, int]:
    return key.signs_from, key.id


def _was_given_up(key: PublicKey) -> bool:
    """Say whether a key was withdrawn or compromised before it began to sign."""
    ends = (key.compromised_at, key.retired_at)
    return any(end is not None and end < key.signs_from for end in ends)


def thumbprint(jwk: Mapping[str, str]) -> str:
    """Return the RFC 7638 thumbprint (SHA-256, base64url) of an RSA key.

    Args:
        jwk: With `kty`, `n` and `e`; other members do not count.
    """
    members = {name: jwk[name] for name in ("e", "kty", "n")}
    text = json.dumps(members, separators=(",", ":"), sort_keys=True)
    digest = hashlib.sha256(text.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
