"""What the product serves, before a verifier that shares nothing with what signs."""

import io
import json

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import RevocationReason
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.services.certificate_acts import revoke_certificate
from tests.factories import make_user
from tests.interop.issuer_site import Issued
from tests.interop.opinions import opinion_on, opinions
from tests.interop.poisoned_sites import site_cases
from tests.interop.product_issuer import Place, sign_everything
from tests.interop.refusals import ACCEPTED, REFUSALS
from tests.interop.tampering import Case, cases


@pytest.fixture
def issued(session: Session, place: Place, certificate: Certificate) -> Issued:
    holder = session.get_one(User, certificate.user_id)
    return place.issued(certificate.uuid, at=now(), email=holder.email or "")


def withdraw(session: Session, number: str) -> None:
    """Let two coordinators take a certificate back."""
    for name in ("Coordinator", "Second coordinator"):
        revoke_certificate(
            session,
            number=number,
            reason=RevocationReason.ISSUED_IN_ERROR,
            note="",
            by=make_user(session, name).id,
            now=now(),
        )
    session.commit()


def test_every_form_is_accepted_and_every_tampered_one_refused(issued: Issued) -> None:
    found = {
        case.name: opinion_on(case) for case in (*cases(issued), *site_cases(issued))
    }

    assert found == dict.fromkeys(ACCEPTED, "") | REFUSALS


def test_nothing_that_is_served_names_another_host(issued: Issued) -> None:
    said = [issued.json_text, *(served.body for served in issued.site.values())]

    assert not [text for text in said if "evil" in text]
    assert issued.credential["issuer"]["id"] == issued.did == "did:web:127.0.0.1%3A8000"
    assert issued.payload["id"] == issued.credential["id"]
    assert issued.credential["id"].startswith(f"{issued.public_url}/credentials/")


def test_what_is_attached_to_the_paper_is_accepted(
    client: FlaskClient, place: Place, issued: Issued
) -> None:
    address = issued.credential["id"].removeprefix(issued.public_url)
    answer = client.get(f"{address}.pdf", follow_redirects=True)

    attached = PdfReader(io.BytesIO(answer.data)).attachments

    texts = [body.decode() for bodies in attached.values() for body in bodies]
    assert [json.loads(text) for text in texts] == [issued.credential]
    assert opinion_on(Case("json, as issued", texts[0], issued, now())) == ""


@pytest.mark.parametrize(
    "ending", [".json", ".jwt", ".svg", ".pdf", "", ".json/", ".exe", "/../1.json"]
)
def test_of_an_unknown_certificate_there_is_no_form(
    client: FlaskClient, issued: Issued, ending: str
) -> None:
    address = f"/credentials/00000000-0000-4000-8000-000000000000{ending}"

    assert client.get(address).status_code == 404


def test_a_host_of_somebody_else_is_refused_everywhere(
    client: FlaskClient, issued: Issued
) -> None:
    uuid = issued.credential["id"].rpartition("/")[2]
    forms = [f"/credentials/{uuid}{ending}" for ending in ("", ".json", ".jwt", ".svg")]

    for path in (*issued.site, *forms):
        answer = client.get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 400, path
        assert "evil" not in answer.get_data(as_text=True), path


def test_revoked_is_said_by_both_lists_at_once(
    session: Session, place: Place, certificate: Certificate, issued: Issued
) -> None:
    assert opinions(place, issued) == {"json": "", "jwt": ""}

    withdraw(session, certificate.number)
    sign_everything(place)

    assert opinions(place, issued) == {"json": "revoked", "jwt": "revoked"}
