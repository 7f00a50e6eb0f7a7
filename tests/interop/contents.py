"""What a certificate and a status list must say, besides being signed."""

import hashlib
from typing import Any

from tests.interop.issuer_site import Json

PINNED = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]
LAST_PLACE = 131_071
ELEMENTS = {
    "ext:LearningOutcome",
    "ext:AssessmentType",
    "ext:FormOfParticipation",
    "ext:QualityAssurance",
}


class RefusedError(Exception):
    """A verifier does not accept a certificate.

    Attributes:
        code: Why, in a word; the same words as those of `tests/verifiers`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def insist(condition: object, code: str, message: str) -> None:
    """Go on only if a condition holds.

    Raises:
        RefusedError: It does not.
    """
    if not condition:
        raise RefusedError(code, message)


def accept_contents(credential: Json, public_url: str, did: str, email: str) -> None:
    """Accept what Open Badges 3.0 and the EU elements ask for.

    Raises:
        RefusedError: Something lacks, or belongs to somebody else.
    """
    insist(credential["@context"] == PINNED, "context", "They are other contexts.")
    issuer = credential["issuer"]
    insist(issuer["id"] == did, "issuer", "Somebody else issued it.")
    mine = f"{public_url}/credentials/"
    insist(credential["id"].startswith(mine), "id", "It is not an id of the issuer.")
    insist("OpenBadgeCredential" in credential["type"], "type", "It is no Open Badge.")
    _accept_status(credential.get("credentialStatus"), public_url)
    subject = credential["credentialSubject"]
    _accept_achievement(subject["achievement"])
    _accept_recipient(subject.get("identifier", []), email)


def _accept_status(status: Any, public_url: str) -> None:
    insist(isinstance(status, dict), "status", "It has not exactly one status.")
    insist(status["type"] == "BitstringStatusListEntry", "status", "Of another kind.")
    insist(status["statusPurpose"] == "revocation", "status", "It is of another kind.")
    address = status["statusListCredential"]
    insist(address.startswith(f"{public_url}/status/"), "status", "It is not theirs.")
    place = status["statusListIndex"]
    insist(isinstance(place, str) and place.isdecimal(), "status", "It is no place.")
    insist(int(place) <= LAST_PLACE, "status", "It is outside of the list.")


def _accept_achievement(achievement: Json) -> None:
    criteria = achievement.get("criteria", {})
    insist(criteria.get("narrative") or criteria.get("id"), "criteria", "None is said.")
    if achievement.get("achievementType") != "MicroCredential":
        return
    kinds = {
        alignment.get("targetType") for alignment in achievement.get("alignment", [])
    }
    insist(kinds >= ELEMENTS, "element", f"It lacks {ELEMENTS - kinds}.")


def _accept_recipient(identifiers: list[Json], email: str) -> None:
    kinds = {each["identityType"] for each in identifiers}
    insist("name" in kinds, "recipient", "It does not say who earned it.")
    if not email:
        return
    hashes = {
        _hash_of(email, each["salt"]) == each["identityHash"]
        for each in identifiers
        if each["identityType"] == "emailAddress"
    }
    insist(hashes == {True}, "recipient", "Somebody else earned it.")


def _hash_of(email: str, salt: str) -> str:
    known = email.strip().lower() + salt
    return "sha256$" + hashlib.sha256(known.encode()).hexdigest()


def accept_list(document: Json, address: str, did: str) -> None:
    """Accept a status list as the one that a certificate names.

    Raises:
        RefusedError: It is another one, of another issuer, or of another kind.
    """
    issuer = document["issuer"]
    theirs = issuer["id"] if isinstance(issuer, dict) else issuer
    insist(document["id"] == address, "status-list", "It is another list.")
    insist(theirs == did, "status-list", "Somebody else signed the list.")
    kind = "BitstringStatusListCredential"
    insist(kind in document["type"], "status-list", "It is no status list.")
    subject = document["credentialSubject"]
    insist(subject["type"] == "BitstringStatusList", "status-list", "It is no list.")
    purpose = subject["statusPurpose"]
    insist(purpose == "revocation", "status-list", "It is of another kind.")
    insist(subject["encodedList"].startswith("u"), "status-list", "Not encoded so.")
    insist("validUntil" in document, "status-list", "It does not say until when.")
