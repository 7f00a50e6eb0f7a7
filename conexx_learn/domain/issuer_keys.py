"""The issuer's keys: which kind signs which form, and what the world may know."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

PUBLISHED_FIRST = timedelta(hours=24)
"""How long a new key is public before it signs: as long as copies may be kept."""


class KeyKind(StrEnum):
    """What a key is; each signs one form of a credential."""

    ED25519 = "ed25519"
    RSA = "rsa"


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
