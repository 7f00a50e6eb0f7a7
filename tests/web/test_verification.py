"""Anyone verifies a certificate: every claim, today's verdict, nothing more."""

import gzip
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import RevocationReason
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.services.certificate_acts import revoke_certificate
from tests.factories import make_institution, make_membership, make_user
from tests.learning import complete_small_course

HEAVIEST = 15_000
"""Bytes that the page may weigh on its way."""


@pytest.fixture
def certificate(session: Session, ana: User) -> Certificate:
    make_membership(session, ana, "learner", make_institution(session))
    complete_small_course(session, ana)
    return session.scalars(select(Certificate)).one()


@pytest.fixture
def number(certificate: Certificate) -> str:
    return grouped(certificate.number)


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.get_data(as_text=True)


@pytest.mark.parametrize("place", ["verify", "v", "verificar"])
def test_every_address_of_a_number_repeats_every_claim(
    client: FlaskClient, number: str, place: str
) -> None:
    html = page(client, f"/{place}/{number}?lang=en")

    for claim in (
        "Valid",
        "Demonstration, not valid",
        "Ana",
        "Clean water in the municipality",
        "version 1.0 of the course",
        number,
        "16 November 2026",
        "16 November 2028",
        "1\N{NO-BREAK SPACE}h",
        "K1",
        "Explain where the water of the well comes from.",
        "Choose a pump for a well.",
        "Designed with reference to EQF level 4",
        "Unsupervised",
        "https://conexx.example/quality",
        "Ayuntamiento de Xaltepec de la Sierra",
        f'href="/certificates/{number}.pdf"',
        f"http://127.0.0.1:8000/verify/{number}",
    ):
        assert claim in html, claim


def test_a_demonstration_says_so_in_both_languages(
    client: FlaskClient, number: str
) -> None:
    html = page(client, f"/verify/{number}?lang=es")

    assert "Demostración, sin validez" in html
    assert "Demonstration, not valid" in html


def test_the_page_tells_neither_score_nor_address_of_the_holder(
    client: FlaskClient, ana: User, number: str
) -> None:
    html = page(client, f"/verify/{number}?lang=en")

    assert str(ana.email) not in html
    assert "Score" not in html


@pytest.mark.parametrize(
    "spell",
    [
        pytest.param(str.lower, id="small letters"),
        pytest.param(lambda number: number.replace("-", ""), id="without hyphens"),
        pytest.param(lambda number: number.replace("-", "%20"), id="with spaces"),
        pytest.param(lambda number: number.replace("0", "O"), id="O for 0"),
        pytest.param(lambda number: number.replace("1", "l"), id="l for 1"),
    ],
)
def test_a_number_is_read_as_people_write_it(
    client: FlaskClient, number: str, spell: "type[str]"
) -> None:
    assert number in page(client, f"/verify/{spell(number)}?lang=en")


UNKNOWN = ("0000-0000-0000", "7K3M-9QXT-2R8A", "x", "%00", "%ff", "9" * 400, "-1")


def test_unknown_and_malformed_numbers_answer_alike(
    client: FlaskClient, number: str
) -> None:
    last = "0" if number[-1] != "0" else "1"
    answers = {
        re.sub(
            r'content="[^"]*"|datetime="[^"]*"|[\w.-]+lang=e\w|\d\d:\d\d',
            "",
            page(client, f"/verify/{entry}", 404).replace(f"/verify/{entry}", ""),
        )
        for entry in (*UNKNOWN[:3], f"{number[:-1]}{last}")
    }
    assert len({len(answer) for answer in answers}) <= 2
    for entry in UNKNOWN:
        html = page(client, f"/verify/{entry}?lang=en", 404)
        assert "We have issued no certificate with this number." in html


def test_what_was_typed_is_not_repeated(client: FlaskClient) -> None:
    html = page(client, "/verify/zzz-typed-zzz", 404)

    assert "zzz-typed-zzz" not in re.sub(r'href="[^"]*"|value="/[^"]*"', "", html)


@pytest.mark.parametrize("entry", ["known", "0000-0000-0000", "x"])
def test_no_answer_is_indexed_or_kept(
    client: FlaskClient, number: str, entry: str
) -> None:
    response = client.get(f"/verify/{number if entry == 'known' else entry}")

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-cache"
    assert '<meta name="robots" content="noindex">' in response.get_data(as_text=True)


def test_the_form_leads_to_the_page(client: FlaskClient, number: str) -> None:
    response = client.get(f"/verify?number={number}")

    assert (response.status_code, response.location) == (303, f"/verify/{number}")
    assert client.get("/verify?number=").status_code == 200


@pytest.mark.parametrize("entry", ["../me", "//evil.example", "%0d%0aX: y", "a" * 900])
def test_the_form_leads_nowhere_else(client: FlaskClient, entry: str) -> None:
    response = client.get("/verify", query_string={"number": entry})

    assert response.status_code == 303
    assert response.location.startswith("/verify/")
    assert client.get(response.location).status_code in {308, 404}


def test_a_revoked_certificate_says_so_with_its_public_reason_only(
    session: Session, client: FlaskClient, certificate: Certificate, number: str
) -> None:
    for coordinator in (make_user(session), make_user(session)):
        revoke_certificate(
            session,
            number=certificate.number,
            reason=RevocationReason.ISSUED_IN_ERROR,
            note="a private note",
            by=coordinator.id,
            now=now(),
        )
        session.commit()

    html = page(client, f"/verify/{number}?lang=en")

    assert "Revoked" in html
    assert "it was issued by mistake." in html
    assert "private note" not in html
    assert "Certificate revoked" in html


@pytest.mark.parametrize(
    ("until", "word"),
    [
        pytest.param(date(2026, 11, 20), "Expired", id="ended"),
        pytest.param(None, "Valid", id="without an end"),
    ],
)
def test_the_verdict_follows_the_frozen_dates(
    session: Session,
    client: FlaskClient,
    certificate: Certificate,
    number: str,
    until: date | None,
    word: str,
) -> None:
    claims = dict(certificate.claims)
    claims["valid_until"] = until.isoformat() if until else None
    certificate.claims = claims
    session.commit()

    html = page(client, f"/verify/{number}?lang=en")

    assert f"<title>{word}" in html


def test_a_suspended_certificate_proves_nothing_for_now(
    session: Session, client: FlaskClient, certificate: Certificate, number: str
) -> None:
    session.add(
        CertificateEvent(
            certificate_id=certificate.id,
            kind="suspended",
            at=now(),
            by_user_id=None,
            reason="",
            note="",
        )
    )
    session.commit()

    assert "has suspended this certificate" in page(client, f"/verify/{number}?lang=en")


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_page_is_light(client: FlaskClient, number: str, lang: str) -> None:
    html = page(client, f"/verify/{number}?lang={lang}")

    assert len(gzip.compress(html.encode())) <= HEAVIEST


def test_guessing_is_slowed_and_verifying_is_not(
    client: FlaskClient, number: str
) -> None:
    statuses = [client.get(f"/verify/{n:012}").status_code for n in range(32)]
    verified = client.get(f"/verify/{number}").status_code

    assert set(statuses[:30]) == {404}
    assert statuses[-1] == 429
    assert verified == 200
