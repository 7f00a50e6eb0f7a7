"""A certificate as Open Badges 3.0: every element in its field, both forms alike."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from conexx_learn.domain.course_source.settings import ASSESSMENTS
from conexx_learn.domain.credentials.course_facts import course_facts
from conexx_learn.domain.credentials.document import (
    achievement_document,
    registered_claims,
)
from conexx_learn.domain.credentials.european_elements import (
    assessment_address,
    missing_elements,
    participation_address,
)
from conexx_learn.domain.credentials.recipients import is_recipient, recipient_hash
from conexx_learn.domain.credentials.validation import validate
from conexx_learn.domain.issuers import DEMO_ISSUER
from conexx_learn.domain.sentences.micro_credentials import PARTICIPATION
from tests.credentials import CLAIMS, ISSUED_AT, make_claims, make_document
from tests.issuer_keys import PUBLIC_URL

ADDRESS = f"{PUBLIC_URL}/achievements/small-course/1.2"


def achieved(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["credentialSubject"]["achievement"]
    return found


def aligned(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    entries = achieved(document)["alignment"]
    return [entry for entry in entries if entry["targetType"] == f"ext:{kind}"]


def test_every_european_element_stands_in_its_field() -> None:
    document = make_document()
    issuer, subject = document["issuer"], document["credentialSubject"]

    assert subject["identifier"][0] == {
        "type": "IdentityObject",
        "identityType": "name",
        "hashed": False,
        "identityHash": "Ana Lucía Pérez",
    }
    assert document["name"] == achieved(document)["name"] == "Agua limpia"
    assert issuer["address"]["addressCountryCode"] == "BE"
    assert issuer["name"] == "Escuela Municipal"
    assert document["awardedDate"] == document["validFrom"] == "2026-11-16T09:00:00Z"
    outcomes = aligned(document, "LearningOutcome")
    assert [entry["targetName"] for entry in outcomes] == [
        "Cavar un pozo.",
        "Elegir una bomba.",
    ]
    assert outcomes[0]["targetUrl"] == f"{ADDRESS}#lo-1"
    assert (achieved(document)["creditsAvailable"], subject["creditsEarned"]) == (
        0.5,
        0.5,
    )
    described = achieved(document)["resultDescription"][0]
    assert subject["result"] == [
        {"type": ["Result"], "resultDescription": described["id"], "value": "7.5"}
    ]
    assert aligned(document, "EQFLevel")[0]["targetUrl"].endswith("/snb/eqf/4")
    assert aligned(document, "AssessmentType")[0]["targetUrl"].endswith(
        "/snb/assessment/b1b68f6735"
    )
    assert aligned(document, "FormOfParticipation")[0]["targetUrl"].endswith(
        "/snb/learning-assessment/920fbb3cbe"
    )
    assert aligned(document, "QualityAssurance")[0]["targetUrl"] == (
        "https://conexx.example/quality"
    )
    assert achieved(document)["achievementType"] == "MicroCredential"


def test_the_addresses_and_the_number_are_those_of_the_certificate() -> None:
    document = make_document()

    assert document["id"] == f"{PUBLIC_URL}/credentials/{CLAIMS.uuid}"
    assert document["credentialSubject"]["id"] == f"urn:uuid:{CLAIMS.uuid}"
    assert document["credentialSubject"]["licenseNumber"] == "7K3M-9QXT-2R8A"
    assert document["validUntil"] == "2028-11-16T23:59:59Z"
    assert document["issuer"]["id"] == "did:web:learn.example.org"
    assert achieved(document)["id"] == ADDRESS


def test_the_forms_differ_in_the_address_of_their_list_alone() -> None:
    embedded, compact = make_document("json"), make_document("jwt")

    assert embedded.pop("credentialStatus") == {
        "id": f"{PUBLIC_URL}/status/revocation/1#77",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "77",
        "statusListCredential": f"{PUBLIC_URL}/status/revocation/1",
    }
    status = compact.pop("credentialStatus")
    assert status["statusListCredential"] == f"{PUBLIC_URL}/status/revocation/1.jwt"
    assert embedded == compact


def test_the_compact_form_repeats_what_jwt_asks_for() -> None:
    document = make_document("jwt")
    payload = registered_claims(document)

    end = datetime(2028, 11, 16, 23, 59, 59, tzinfo=UTC)
    assert payload["iss"] == document["issuer"]["id"]
    assert payload["jti"] == document["id"]
    assert payload["sub"] == document["credentialSubject"]["id"]
    assert payload["nbf"] == int(ISSUED_AT.timestamp())
    assert payload["exp"] == int(end.timestamp())
    assert "vc" not in payload


def test_without_an_end_nothing_says_one() -> None:
    document = make_document("jwt", valid_until=None)

    assert "validUntil" not in document
    assert "exp" not in registered_claims(document)


def test_no_score_travels() -> None:
    assert "93" not in str(make_document()["credentialSubject"])


@pytest.mark.parametrize(
    ("lack", "name"),
    [
        ({"assessment_codes": ()}, "assessment"),
        ({"assessment_codes": ("quiz", "magic")}, "assessment"),
        ({"participation_code": ""}, "participation"),
        ({"participation_code": "by-post"}, "participation"),
        ({"quality_url": ""}, "quality_assurance"),
        ({"outcomes": {}}, "outcomes"),
        ({"hours": Decimal(0)}, "hours"),
        ({"titles": {}}, "title"),
    ],
)
def test_without_an_element_it_is_no_micro_credential(
    lack: dict[str, Any], name: str
) -> None:
    claims = make_claims(**lack)

    assert missing_elements(course_facts(claims)) == (name,)
    assert achieved(make_document(**lack))["achievementType"] == "Certificate"


def test_a_level_is_not_obligatory() -> None:
    document = make_document(eqf_level=None, ects=None, recipient=None)

    validate(document)
    assert aligned(document, "EQFLevel") == []
    assert "creditsEarned" not in document["credentialSubject"]
    assert len(document["credentialSubject"]["identifier"]) == 1
    assert achieved(document)["achievementType"] == "MicroCredential"


@pytest.mark.parametrize("code", ASSESSMENTS)
def test_every_type_of_assessment_has_its_european_address(code: str) -> None:
    assert assessment_address(code)


@pytest.mark.parametrize("code", PARTICIPATION)
def test_every_form_of_participation_has_its_european_address(code: str) -> None:
    assert participation_address(code)


def test_a_level_of_competency_is_said_in_words() -> None:
    assert aligned(make_document(), "Competency")[0]["targetName"] == (
        "Pozos, nivel 2 de 4"
    )
    english = aligned(make_document(lang="en"), "Competency")[0]["targetName"]
    assert english == "Wells, level 2 of 4"


def test_texts_are_in_the_language_of_the_holder() -> None:
    document = make_document(lang="en")

    assert document["name"] == "Clean water"
    assert achieved(document)["inLanguage"] == "en"
    assert aligned(document, "Supervision")[0]["targetName"] == (
        "Unsupervised, without a check of identity"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [("es", "Demostración, sin validez"), ("en", "Demonstration, not valid")],
)
def test_a_demonstration_says_so_wherever_somebody_looks(lang: str, words: str) -> None:
    document = make_document(lang=lang, demo=True, issuer=DEMO_ISSUER)

    for place in (document, document["issuer"], achieved(document)):
        assert words in place["name"]
    assert document["description"].startswith(words)
    assert achieved(document)["description"].startswith(words)


def test_the_achievement_is_the_same_at_its_own_address() -> None:
    document = achievement_document(course_facts(CLAIMS), public_url=PUBLIC_URL)
    contexts = document.pop("@context")

    assert document == achieved(make_document())
    assert contexts == make_document()["@context"][:2]


def test_the_address_of_the_holder_is_hashed_as_the_standard_says() -> None:
    found = recipient_hash("a@example.com", salt="Kosher")

    assert found.sha256 == (
        "b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"
    )
    document = make_document(recipient=found)
    entry = document["credentialSubject"]["identifier"][1]
    assert entry["identityHash"] == f"sha256${found.sha256}"
    assert (entry["hashed"], entry["salt"]) == (True, "Kosher")
    assert is_recipient(found, "  A@Example.com\n")
    assert not is_recipient(found, "b@example.com")
    assert not is_recipient(None, "a@example.com")


HOSTILE = [
    pytest.param(
        "Zoë O\u2019Brien 😀", "Zoë O\u2019Brien 😀", id="emoji and apostrophe"
    ),
    pytest.param("فاطمة الزهراء", "فاطمة الزهراء", id="right to left"),
    pytest.param("Ana" + chr(0) + "\nPérez", "Ana\nPérez", id="NUL and a line"),
    pytest.param("Jose\u0301", "José", id="composed"),
    pytest.param("Ana" + chr(0xD800), "Ana", id="half a character"),
    pytest.param("ñ" * 200, "ñ" * 200, id="two hundred"),
    pytest.param('<b>"{}|\\^`', '<b>"{}|\\^`', id="signs of markup"),
]


@pytest.mark.parametrize(("name", "signed"), HOSTILE)
def test_any_name_is_carried_whole(name: str, signed: str) -> None:
    document = make_document(holder=name)

    validate(document)
    entry = document["credentialSubject"]["identifier"][0]
    assert entry["identityHash"] == signed
