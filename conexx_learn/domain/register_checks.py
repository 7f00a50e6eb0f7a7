"""Whether the register still says what was signed: the checks of the public page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.credentials.normalisation import (
    last_moment,
    moment,
    normalise,
)
from conexx_learn.domain.identifiers import grouped


class CheckKind(StrEnum):
    """What is checked."""

    HASH = "hash"
    SIGNATURE = "signature"
    KEY = "key"
    CLAIMS = "claims"
    STATUS = "status"
    UNSIGNED = "unsigned"


class CheckResult(StrEnum):
    """What a check came to; what waits proves nothing either way."""

    HOLDS = "holds"
    FAILS = "fails"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list of checks."""

    kind: CheckKind
    result: CheckResult


@dataclass(frozen=True, slots=True)
class RegisterChecks:
    """All checks of a certificate.

    Attributes:
        checks: In the order in which they are shown.
        fingerprint: Hex SHA-256 of the claims as they are stored now.
    """

    checks: tuple[Check, ...]
    fingerprint: str

    @property
    def is_altered(self) -> bool:
        """Say whether the register and its signatures contradict one another.

        A key that was withdrawn is no contradiction: the register itself goes on
        answering until the certificate is signed anew.
        """
        return any(
            check.result is CheckResult.FAILS and check.kind is not CheckKind.KEY
            for check in self.checks
        )


def contradictions(claims: Claims, document: Mapping[str, Any]) -> tuple[str, ...]:
    """Name what a page would show otherwise than it was signed.

    Args:
        claims: As the register has them.
        document: A signed form of the certificate, already verified.

    Returns:
        Names of claims; empty where all is well.
    """
    subject = _object(document.get("credentialSubject"))
    achieved = _object(subject.get("achievement"))
    until = claims.valid_until
    title = _text(claims.titles.get(claims.lang, ""))
    expected: dict[str, bool] = {
        "uuid": str(document.get("id", "")).endswith(f"/{claims.uuid}"),
        "number": subject.get("licenseNumber") == grouped(claims.number),
        "holder": _text(claims.holder) in _names(subject),
        # A demonstration says after the title that it proves nothing.
        "titles": str(achieved.get("name", "")).startswith(title),
        "issuer": str(_object(document.get("issuer")).get("name", "")).startswith(
            _text(claims.issuer.name)
        ),
        "issued_at": document.get("validFrom") == moment(claims.issued_at),
        "valid_until": document.get("validUntil")
        == (last_moment(until) if until else None),
    }
    return tuple(name for name, is_so in expected.items() if not is_so)


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: str) -> str:
    return str(normalise(value))


def _names(subject: Mapping[str, Any]) -> list[str]:
    entries = subject.get("identifier")
    return [
        str(entry.get("identityHash"))
        for entry in (entries if isinstance(entries, list) else [])
        if _object(entry).get("identityType") == "name"
    ]
