"""The log of all that was issued: each line holds the hash of the line before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

FIRST_HASH = "0" * 64
"""Stands before the first line."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line as it is stored.

    Attributes:
        seq: 1, 2, 3 … without a gap.
        previous_hash: Of the line before, in hex.
        hash: Of that and the payload, in hex.
        payload: Canonical JSON.
    """

    seq: int
    previous_hash: str
    hash: str
    payload: str


def canonical(value: object) -> str:
    """Write JSON in the one way that is hashed: sorted, without spaces.

    Example:
        >>> canonical({"b": 1, "a": "ñ"})
        '{"a":"ñ","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def claims_hash(claims: Mapping[str, Any]) -> str:
    """Hash the claims of a certificate as they are stored, in hex."""
    return sha256(canonical(claims).encode()).hexdigest()


def log_payload(
    *,
    uuid: str,
    number: str,
    issued_at: datetime,
    claims: Mapping[str, Any],
    status: tuple[int, int],
    recorded_at: datetime,
) -> str:
    """Write what the log keeps of a certificate; nothing in it names a person.

    Args:
        uuid: Of the certificate.
        number: Its twelve characters.
        issued_at: The moment of issue.
        claims: As stored; only their hash is kept.
        status: Number of its status list, and the index in it.
        recorded_at: The moment of the line.
    """
    return canonical(
        {
            "uuid": str(uuid),
            "number": number,
            "issued": issued_at.isoformat(),
            "claims": claims_hash(claims),
            "status": list(status),
            "recorded": recorded_at.isoformat(),
        }
    )


def line_hash(previous_hash: str, payload: str) -> str:
    """Chain a line to the one before: SHA-256 of its hash and the payload, in hex."""
    return sha256((previous_hash + payload).encode()).hexdigest()


def logged_claims(payload: str) -> str:
    """Return the hash of the claims that a line holds; empty for a damaged line."""
    return str(_logged(payload).get("claims", ""))


def says_the_same(payload: str, number: str, claims: Mapping[str, Any]) -> bool:
    """Say whether a certificate is still the one of its line."""
    logged = _logged(payload)
    same_number = logged.get("number") == number
    return same_number and logged.get("claims") == claims_hash(claims)


def is_left_as_logged(
    payload: str, number: str | None, claims: Mapping[str, Any] | None
) -> bool:
    """Say whether nobody changed a certificate since its line was added.

    What an erasure took away is no change; a certificate that is gone is one.

    Args:
        payload: Of the line.
        number: Of the certificate; None where there is none any more.
        claims: As stored; None where there is no certificate any more.
    """
    if number is None or claims is None:
        return False
    return claims.get("holder") == "" or says_the_same(payload, number, claims)


def logged_number(payload: str) -> str:
    """Return the number that a line holds; empty for a damaged line."""
    return str(_logged(payload).get("number", ""))


def _logged(payload: str) -> Mapping[str, Any]:
    """Read a line, which somebody may have damaged."""
    try:
        logged = json.loads(payload)
    except ValueError:
        return {}
    return logged if isinstance(logged, dict) else {}


@dataclass(slots=True)
class Chain:
    """The lines that were looked at so far, from the first one on.

    Attributes:
        length: How many.
        last_hash: Of the last one, as it should be.
        broken_at: The first that does not follow from the one before, from 1; or None.
    """

    length: int = 0
    last_hash: str = FIRST_HASH
    broken_at: int | None = None

    def follow(self, line: LogLine) -> None:
        """Look at the next line."""
        self.length += 1
        hashed = line_hash(self.last_hash, line.payload)
        follows = line.seq == self.length and line.previous_hash == self.last_hash
        if self.broken_at is None and not (follows and line.hash == hashed):
            self.broken_at = self.length
        self.last_hash = line.hash
