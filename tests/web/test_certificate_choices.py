"""A holder shares a certificate, and chooses what others see of it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.services.certificate_corrections import correct_certificate
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.institutions import make_coordinator
from tests.learning import complete_small_course
from tests.signed_certificates import SignedCertificate

HIDE, SHOW_SCORE = {"hides_name": "yes"}, {"shows_score": "yes"}


@pytest.fixture
def mine(session: Session, ana: User, signed: SignedCertificate) -> SignedCertificate:
    return signed


def address(certificate: SignedCertificate) -> str:
    return f"/me/certificates/{certificate.number}"


def stored(session: Session) -> Certificate:
    session.expire_all()
    return session.scalars(select(Certificate)).one()


def counts_for_good(session: Session) -> None:
    """Make the certificate one that a real issuer could have issued."""
    row = stored(session)
    row.claims = row.claims | {"demo": False}
    session.commit()


def choices_noted(session: Session) -> list[dict[str, object]]:
    found = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.act == "choose-visible")
        .order_by(AuditEntry.id)
    )
    return [entry.facts for entry in found]


def public_page(client: FlaskClient, number: str, lang: str = "en") -> str:
    return client.get(f"/verify/{number}?lang={lang}").text


def test_the_page_offers_every_file_and_every_address(
    session: Session, signed_in: FlaskClient, mine: SignedCertificate
) -> None:
    counts_for_good(session)
    html = signed_in.get(f"{address(mine)}?lang=en").text

    for ending in (".json", ".jwt", ".svg"):
        assert f'href="{mine.address}{ending}"' in html
    assert f'href="/certificates/{mine.number}.pdf"' in html
    assert f'value="http://127.0.0.1:8000/verify/{mine.number}"' in html
    assert f'value="http://127.0.0.1:8000{mine.address}.json"' in html
    listed = signed_in.get("/me/certificates").text
    assert f'href="{address(mine)}"' in listed


def test_a_demonstration_is_not_offered_to_a_profile(
    signed_in: FlaskClient, mine: SignedCertificate
) -> None:
    html = signed_in.get(f"{address(mine)}?lang=en").text

    assert "linkedin.com" not in html
    assert "it is a demonstration and not valid" in html


def test_linkedin_gets_what_the_certificate_says(
    session: Session, signed_in: FlaskClient, mine: SignedCertificate
) -> None:
    counts_for_good(session)
    html = signed_in.get(f"{address(mine)}?lang=en").text
    link = re.search(r'href="(https://www\.linkedin\.com/[^"]*)" rel="noopener', html)

    assert link is not None
    asked = parse_qs(urlsplit(unescape(link[1])).query)
    assert asked == {
        "startTask": ["CERTIFICATION_NAME"],
        "name": ["Clean water in the municipality"],
        "organizationName": ["Conexx Learn (demostración)"],
        "issueYear": ["2026"],
        "issueMonth": ["11"],
        "expirationYear": ["2028"],
        "expirationMonth": ["11"],
        "certUrl": [f"http://127.0.0.1:8000/verify/{mine.number}"],
        "certId": [mine.number],
    }


def test_a_revoked_certificate_is_not_offered_to_a_profile(
    session: Session, signed_in: FlaskClient, mine: SignedCertificate
) -> None:
    counts_for_good(session)
    session.add(
        CertificateEvent(
            certificate_id=stored(session).id,
            kind="revoked",
            at=now(),
            by_user_id=None,
            reason="",
            note="",
        )
    )
    session.commit()

    html = signed_in.get(f"{address(mine)}?lang=en").text

    assert "linkedin.com" not in html
    assert "it is not valid today" in html


SECRETS = (
    "Ana",
    "(K1,",
    "Explain where the water of the well comes from.",
    "Ayuntamiento de Xaltepec",
    "Unsupervised",
    "Score",
    ".pdf",
    "/credentials/",
)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_hidden_name_stands_nowhere_and_the_rest_of_the_page_is_short(
    session: Session, client: FlaskClient, ana: User, lang: str
) -> None:
    ana_id = ana.id
    make_membership(session, ana, "learner", make_institution(session))
    complete_small_course(session, ana)
    number = stored(session).number
    shown = public_page(client, number, "en")
    assert all(secret in shown for secret in SECRETS[:5])
    sign_in(client, session, session.get_one(User, ana_id))
    client.post(f"/me/certificates/{number}", data=HIDE | SHOW_SCORE)
    client.post("/sign-out")

    html = public_page(client, number, lang)

    for secret in SECRETS:
        assert secret not in html, secret
    for said in ("Conexx Learn (demostración)", "2026", "2028"):
        assert said in html
    assert ("Name hidden by the holder" in html) == (lang == "en")
    assert "/person" in html


def test_a_choice_is_kept_noted_and_taken_back(
    session: Session, signed_in: FlaskClient, mine: SignedCertificate
) -> None:
    first = signed_in.post(address(mine), data=HIDE)
    assert (first.status_code, first.location) == (303, address(mine))
    assert "Your choice is saved." in signed_in.get(address(mine)).text
    assert (stored(session).hides_name, stored(session).shows_score) == (True, False)
    assert "Name hidden" in public_page(signed_in, mine.number)

    signed_in.post(address(mine), data=HIDE)
    signed_in.post(address(mine), data=SHOW_SCORE)

    assert (stored(session).hides_name, stored(session).shows_score) == (False, True)
    html = public_page(signed_in, mine.number)
    assert '<p class="claim">Ana</p>' in html
    assert "100\N{NO-BREAK SPACE}%" in html
    assert choices_noted(session) == [
        {"hides_name": 1, "shows_score": 0},
        {"hides_name": 0, "shows_score": 1},
    ]


def test_what_is_signed_does_not_follow_the_choice(
    session: Session, signed_in: FlaskClient, mine: SignedCertificate
) -> None:
    signed_in.post(address(mine), data=HIDE | SHOW_SCORE)

    assert signed_in.get(f"{mine.address}.json").text == mine.document
    assert "<title>Valid" in public_page(signed_in, mine.number)


@pytest.mark.parametrize("role", [None, "coordinator"])
def test_the_choice_is_nobody_elses(
    session: Session, client: FlaskClient, mine: SignedCertificate, role: str | None
) -> None:
    stranger = make_user(session)
    if role:
        make_membership(session, stranger, role)
    sign_in(client, session, stranger)

    assert client.get(address(mine)).status_code == 404
    assert client.post(address(mine), data=HIDE).status_code == 404
    assert not stored(session).hides_name
    assert choices_noted(session) == []


def test_a_visitor_signs_in_first(client: FlaskClient, mine: SignedCertificate) -> None:
    assert client.get(address(mine)).location.startswith("/sign-in?next=")
    assert client.post(address(mine), data=HIDE).status_code == 303


@pytest.mark.parametrize("entry", ["0000-0000-0000", "x", "%00", "9" * 300, "-1"])
def test_what_is_no_certificate_is_not_found(
    signed_in: FlaskClient, entry: str
) -> None:
    assert signed_in.get(f"/me/certificates/{entry}").status_code == 404
    assert signed_in.post(f"/me/certificates/{entry}", data=HIDE).status_code == 404


def test_a_hidden_name_is_hidden_on_what_was_corrected_too(
    session: Session, signed_in: FlaskClient, mine: SignedCertificate
) -> None:
    """The page of the corrected certificate leads to the former one."""
    clara = make_coordinator(session, "Clara")
    made = correct_certificate(
        session,
        number=mine.number.replace("-", ""),
        holder="Ana Zaragoza",
        note="",
        by=clara.id,
        now=now(),
    )
    session.commit()
    new = grouped(made.number)

    assert signed_in.post(f"/me/certificates/{new}", data=HIDE).status_code == 303

    signed_in.post("/sign-out")
    for number in (new, mine.number):
        assert "Ana" not in public_page(signed_in, number, "en")
    assert signed_in.get(f"{mine.address}.json").status_code == 404
    assert len(choices_noted(session)) == 2
