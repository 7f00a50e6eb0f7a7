"""What a credential must hold before it is signed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from conexx_learn.domain.credentials.document import CONTEXTS

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_EXTENDED = re.compile(r"ext:[A-Za-z0-9.\-_|]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ADDRESSES = frozenset({"id", "url", "targetUrl", "statusListCredential"})
_MOMENTS = frozenset({"validFrom", "validUntil", "awardedDate"})

_OBLIGATORY: dict[str, tuple[str, ...]] = {
    "": (
        "@context",
        "id",
        "type",
        "name",
        "issuer",
        "validFrom",
        "awardedDate",
        "credentialSubject",
        "credentialStatus",
        "credentialSchema",
    ),
    "issuer": ("id", "type", "name", "url", "address", "otherIdentifier"),
    "issuer.address": ("type", "addressCountryCode"),
    "credentialSubject": (
        "id",
        "type",
        "identifier",
        "licenseNumber",
        "achievement",
        "result",
    ),
    "credentialSubject.achievement": (
        "id",
        "type",
        "achievementType",
        "name",
        "description",
        "criteria",
        "inLanguage",
        "resultDescription",
    ),
    "credentialSubject.achievement.criteria": ("narrative",),
    "credentialStatus": (
        "id",
        "type",
        "statusPurpose",
        "statusListIndex",
        "statusListCredential",
    ),
}
"""Path of an object to its obligatory members."""

_CLOSED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "identifier": (
        frozenset({"type", "hashed", "identityHash", "identityType"}),
        frozenset({"salt"}),
    ),
    "otherIdentifier": (
        frozenset({"type", "identifier", "identifierType"}),
        frozenset(),
    ),
    "alignment": (
        frozenset({"type", "targetName", "targetUrl", "targetType"}),
        frozenset({"targetCode"}),
    ),
    "result": (frozenset({"type", "resultDescription", "value"}), frozenset()),
    "resultDescription": (
        frozenset({"id", "type", "name", "resultType"}),
        frozenset(),
    ),
}
"""Member of several objects to what each must and may hold, and nothing else."""

_EUROPEAN = ("LearningOutcome", "AssessmentType", "FormOfParticipation")
"""Kinds of alignment without which nothing is a micro-credential; so is quality."""


class UnsignableError(ValueError):
    """A credential may not be signed; the message names the member, for operators."""


def validate(document: Mapping[str, Any]) -> None:
    """Refuse a document that no verifier would take.

    Args:
        document: As `credential_document` writes it.

    Raises:
        UnsignableError: A member is missing, of the wrong form, or not foreseen.
    """
    for problem in _problems(document):
        raise UnsignableError(problem)


def _problems(document: Mapping[str, Any]) -> Iterator[str]:
    yield from _missing_members(document)
    if document["@context"] != list(CONTEXTS):
        yield "@context: not the pinned list"
    yield from _malformed(document, "")
    yield from _without_name(document["credentialSubject"]["identifier"])
    if not isinstance(document["credentialStatus"], dict):
        yield "credentialStatus: one object is asked for"
    yield from _incomplete(document["credentialSubject"]["achievement"])


def _missing_members(document: Mapping[str, Any]) -> Iterator[str]:
    for path, members in _OBLIGATORY.items():
        found: Any = document
        for step in path.split(".") if path else ():
            found = found.get(step) if isinstance(found, Mapping) else None
        if not isinstance(found, Mapping):
            yield f"{path}: missing"
            return
        for member in members:
            if member not in found:
                yield f"{path}.{member}: missing".lstrip(".")


def _malformed(value: object, path: str) -> Iterator[str]:
    """Walk through all values: addresses, moments, extensions, closed objects."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            where = f"{path}.{name}".lstrip(".")
            yield from _wrong_value(name, member, where)
            yield from _malformed(member, where)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _malformed(entry, f"{path}[{index}]")


def _wrong_value(name: str, value: object, where: str) -> Iterator[str]:
    if name in _ADDRESSES and not _is_matched(_ABSOLUTE, value):
        yield f"{where}: no absolute address"
    if name in _MOMENTS and not _is_matched(_MOMENT, value):
        yield f"{where}: no moment in whole seconds of UTC"
    if name == "targetType" and not _is_matched(_EXTENDED, value):
        yield f"{where}: no extension"
    if name in _CLOSED:
        yield from _not_closed(value, where, *_CLOSED[name])


def _is_matched(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _not_closed(
    value: object, where: str, obligatory: frozenset[str], allowed: frozenset[str]
) -> Iterator[str]:
    if not isinstance(value, list):
        # The same word names a plain text elsewhere.
        if not isinstance(value, str):
            yield f"{where}: a list is asked for"
        return
    for index, entry in enumerate(value):
        members = set(entry) if isinstance(entry, Mapping) else set()
        if not obligatory <= members or members - obligatory - allowed:
            yield f"{where}[{index}]: other members than {sorted(obligatory)}"


def _without_name(identifiers: object) -> Iterator[str]:
    entries = identifiers if isinstance(identifiers, list) else []
    if not any(entry["identityType"] == "name" for entry in entries):
        yield "credentialSubject.identifier: no name of the holder"


def _incomplete(achievement: Mapping[str, Any]) -> Iterator[str]:
    if achievement["achievementType"] != "MicroCredential":
        return
    kinds = {entry["targetType"] for entry in achievement.get("alignment", ())}
    for kind in (*_EUROPEAN, "QualityAssurance"):
        if f"ext:{kind}" not in kinds:
            yield f"achievement.alignment: a micro-credential needs ext:{kind}"
