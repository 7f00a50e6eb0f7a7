"""What no verifier would take is never signed."""

from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from conexx_learn.domain.credentials.normalisation import normalise
from conexx_learn.domain.credentials.validation import UnsignableError, validate
from tests.credentials import make_document

Path = tuple[str | int, ...]
SUBJECT = "credentialSubject"
ACHIEVEMENT: Path = (SUBJECT, "achievement")


def changed(path: Path, value: object) -> dict[str, Any]:
    """Return a document with one member changed, or removed for None."""
    document = deepcopy(make_document())
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


@pytest.mark.parametrize("form", ["json", "jwt"])
def test_what_we_make_is_allowed(form: str) -> None:
    validate(make_document(form))


OBLIGATORY: list[Path] = [
    ("@context",),
    ("id",),
    ("type",),
    ("name",),
    ("issuer",),
    ("issuer", "name"),
    ("issuer", "address"),
    ("issuer", "address", "addressCountryCode"),
    ("validFrom",),
    ("awardedDate",),
    (SUBJECT,),
    (SUBJECT, "id"),
    (SUBJECT, "identifier"),
    (SUBJECT, "result"),
    ACHIEVEMENT,
    (*ACHIEVEMENT, "name"),
    (*ACHIEVEMENT, "criteria"),
    (*ACHIEVEMENT, "criteria", "narrative"),
    ("credentialStatus",),
    ("credentialStatus", "statusListIndex"),
    ("credentialSchema",),
]


@pytest.mark.parametrize("path", OBLIGATORY)
def test_an_obligatory_member_is_missed(path: Path) -> None:
    with pytest.raises(UnsignableError, match="missing"):
        validate(changed(path, None))


MALFORMED: list[tuple[Path, object]] = [
    (("@context",), ["https://www.w3.org/ns/credentials/v2"]),
    (("id",), "/credentials/1"),
    (("id",), "https://learn.example.org/a b"),
    (("id",), "https://learn.example.org/<x>"),
    (("id",), "https://learn.example.org/x\n"),
    (("issuer", "url"), "conexx.example"),
    (("issuer", "otherIdentifier"), [{"type": "IdentifierEntry"}]),
    (("validFrom",), "2026-11-16"),
    (("validFrom",), "2026-11-16T09:00:00.5Z"),
    (("validUntil",), "2026-11-16T09:00:00+01:00"),
    (("credentialStatus",), []),
    ((SUBJECT, "identifier"), []),
    ((SUBJECT, "identifier"), {}),
    ((SUBJECT, "identifier", 0), "Ana"),
    ((SUBJECT, "identifier", 0, "identityType"), "nickname"),
    ((SUBJECT, "identifier", 0, "more"), "x"),
    ((SUBJECT, "identifier", 0, "identityHash"), None),
    ((*ACHIEVEMENT, "alignment", 0, "targetType"), "LearningOutcome"),
    ((*ACHIEVEMENT, "alignment", 0, "targetUrl"), "#lo-1"),
    ((*ACHIEVEMENT, "alignment"), []),
    ((*ACHIEVEMENT, "alignment"), {}),
]


@pytest.mark.parametrize(("path", "value"), MALFORMED)
def test_a_malformed_member_is_refused(path: Path, value: object) -> None:
    with pytest.raises(UnsignableError):
        validate(changed(path, value))


@pytest.mark.parametrize(
    "kind",
    ["LearningOutcome", "AssessmentType", "FormOfParticipation", "QualityAssurance"],
)
def test_a_micro_credential_without_an_element_is_refused(kind: str) -> None:
    document = make_document()
    achievement = document[SUBJECT]["achievement"]
    achievement["alignment"] = [
        entry
        for entry in achievement["alignment"]
        if entry["targetType"] != f"ext:{kind}"
    ]

    with pytest.raises(UnsignableError, match=f"ext:{kind}"):
        validate(document)

    achievement["achievementType"] = "Certificate"
    validate(document)


@pytest.mark.parametrize(
    ("value", "signed"),
    [
        (Decimal("20.00"), 20),
        (Decimal("7.50"), 7.5),
        (2.0, 2),
        (False, False),
        (0, 0),
        ("a\r\nb\tc\x07\x7f", "a\nb\tc"),
        ("Jose\u0301", "José"),
        ([None, "", {}, []], []),
        ({"a": {"b": [""]}}, {}),
        (("a", None), ["a"]),
        (datetime(2026, 11, 16, 9, 0, 0, 999, tzinfo=UTC), "2026-11-16T09:00:00Z"),
    ],
)
def test_a_value_has_one_form(value: object, signed: object) -> None:
    found = normalise(value)

    assert found == signed
    assert type(found) is type(signed)
    assert normalise(found) == found


def test_a_value_that_json_does_not_know_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        normalise({1, 2})
