"""The verifiable forms: exact bytes for whoever asks, unless the name is hidden."""

import re
import xml.etree.ElementTree as ET

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import SignedForm
from tests.factories import make_membership, make_user, sign_in
from tests.learning import complete_small_course
from tests.signed_certificates import SignedCertificate

NOBODYS = "0f8fad5b-d9cb-469f-a165-70867728950e"
ENDINGS = ("", ".json", ".jwt", ".svg", ".pdf")
BADGES = "{https://purl.imsglobal.org/ob/v3p0}"


def hide_name(session: Session) -> None:
    session.execute(update(Certificate).values(hides_name=True))
    session.commit()


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        pytest.param("*/*", "application/vc+ld+json", id="anything"),
        pytest.param("application/json", "application/json", id="json"),
        pytest.param("application/ld+json", "application/ld+json", id="linked data"),
        pytest.param("application/vc", "application/vc", id="credential"),
        pytest.param("application/vc+ld+json", "application/vc+ld+json", id="older"),
        pytest.param("image/png", "application/vc+ld+json", id="what there is not"),
        pytest.param("", "application/vc+ld+json", id="nothing"),
    ],
)
def test_the_address_gives_the_form_with_its_proof(
    client: FlaskClient, signed: SignedCertificate, accept: str, mimetype: str
) -> None:
    answer = client.get(signed.address, headers={"Accept": accept})

    assert answer.status_code == 200
    assert answer.content_type == mimetype
    assert answer.data == signed.document.encode()
    assert "Accept" in answer.vary


@pytest.mark.parametrize("accept", ["application/jwt", "application/vc+jwt"])
def test_the_address_gives_the_compact_form(
    client: FlaskClient, signed: SignedCertificate, accept: str
) -> None:
    answer = client.get(signed.address, headers={"Accept": accept})

    assert (answer.content_type, answer.text) == (accept, signed.jws)


def test_a_browser_is_led_to_the_public_page(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get(signed.address, headers={"Accept": accept, "Host": "127.0.0.1"})

    assert answer.status_code == 303
    assert answer.location == f"/verify/{signed.number}"
    assert "Accept" in answer.vary


@pytest.mark.parametrize(
    ("ending", "mimetype"),
    [
        (".json", "application/vc+ld+json"),
        (".jwt", "application/jwt"),
        (".svg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_each_file_is_open_to_any_site_and_is_asked_for_again(
    client: FlaskClient, signed: SignedCertificate, ending: str, mimetype: str
) -> None:
    answer = client.get(f"{signed.address}{ending}")
    name = f'attachment; filename="{signed.number}{ending}"'

    assert answer.content_type == mimetype
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Disposition"] == name
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in answer.headers
    known = {"If-None-Match": answer.headers["ETag"]}
    again = client.get(f"{signed.address}{ending}", headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_files_are_the_stored_bytes(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    assert client.get(f"{signed.address}.json").data == signed.document.encode()
    assert client.get(f"{signed.address}.jwt").data == signed.jws.encode()
    assert client.get(f"{signed.address}.pdf").data.startswith(b"%PDF-")


def test_the_picture_carries_the_compact_form_and_nothing_that_runs(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    answer = client.get(f"{signed.address}.svg")

    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    root = ET.fromstring(answer.text)  # noqa: S314 (our own answer)
    baked = root.findall(f"{BADGES}credential")
    assert [one.get("verify") for one in baked] == [signed.jws]
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    drawn = {"svg", "credential", "title", "desc", "rect", "path", "text", "g"}
    assert tags <= drawn
    assert "not valid" in answer.text
    assert ">Ana<" not in answer.text


@pytest.mark.parametrize("ending", ENDINGS)
def test_nobodys_credential_and_no_credential_are_not_found(
    client: FlaskClient, ending: str
) -> None:
    answers = [
        client.get(f"/credentials/{name}{ending}")
        for name in (NOBODYS, "x", "%00", "0" * 400, f"{NOBODYS}0")
    ]

    assert {answer.status_code for answer in answers} == {404}
    told = {
        re.sub(r"[0-9a-f]{16}|/credentials/[^\"?]*", "", a.text) for a in answers[:2]
    }
    assert len(told) == 1


def test_guessing_is_slowed(client: FlaskClient, signed: SignedCertificate) -> None:
    for _ in range(30):
        client.get(f"/credentials/{NOBODYS}.json")

    assert client.get(f"/credentials/{NOBODYS}.json").status_code == 429
    assert client.get(f"{signed.address}.json").status_code == 200


@pytest.mark.parametrize("ending", ENDINGS[:4])
def test_what_is_not_signed_yet_is_asked_for_again_later(
    session: Session, client: FlaskClient, ana: User, ending: str
) -> None:
    complete_small_course(session, ana)
    uuid = session.scalars(select(Certificate.uuid)).one()

    answer = client.get(f"/credentials/{uuid}{ending}?lang=en")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "still being signed" in answer.text
    assert session.scalars(select(SignedForm)).all() == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_with_a_hidden_name_no_file_answers_others(
    session: Session, client: FlaskClient, signed: SignedCertificate, ending: str
) -> None:
    hide_name(session)
    addresses = [f"{signed.address}{ending}", f"/certificates/{signed.number}.pdf"]

    visitor = {client.get(address).status_code for address in addresses}
    sign_in(client, session, make_user(session))
    stranger = {client.get(address).status_code for address in addresses}

    assert visitor == stranger == {404}


def test_with_a_hidden_name_the_holder_and_coordinators_have_the_files(
    session: Session, client: FlaskClient, ana: User, signed: SignedCertificate
) -> None:
    hide_name(session)
    coordinator = make_user(session)
    make_membership(session, coordinator, "coordinator")
    for person in (ana, coordinator):
        sign_in(client, session, person)
        answers = [client.get(f"{signed.address}{ending}") for ending in ENDINGS]

        assert {answer.status_code for answer in answers} == {200}
        assert all("Cookie" in answer.vary for answer in answers)


def test_a_hidden_name_still_leads_a_browser_to_the_public_page(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    hide_name(session)

    answer = client.get(signed.address, headers={"Accept": "text/html"})

    assert answer.location == f"/verify/{signed.number}"


def test_nothing_is_left_of_an_erased_holder(
    session: Session, client: FlaskClient, signed: SignedCertificate
) -> None:
    row = session.scalars(select(Certificate)).one()
    row.claims = row.claims | {"holder": ""}
    session.commit()

    for ending in (".json", ".jwt", ".svg"):
        assert client.get(f"{signed.address}{ending}").status_code == 404


@pytest.mark.parametrize("ending", [".json", ".jwt"])
def test_a_form_costs_one_statement(
    client: FlaskClient, signed: SignedCertificate, statements: list[str], ending: str
) -> None:
    statements.clear()

    client.get(f"{signed.address}{ending}")

    assert len(statements) == 1


def test_another_host_changes_nothing(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    answer = client.get(f"{signed.address}.svg", headers={"Host": "localhost"})

    assert "http://127.0.0.1:8000/verify/" in answer.text
    assert "localhost" not in answer.text
