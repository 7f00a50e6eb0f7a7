"""What a version of a course certifies stays at its address for ever."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.catalogue import LiveVersion
from tests.published import edited_copy, publish_sample, version
from tests.signed_certificates import SignedCertificate

ADDRESS = "/achievements/small-course/1.0"


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def test_the_page_says_what_a_certificate_stands_for(
    client: FlaskClient, small_course: str
) -> None:
    html = client.get(f"{ADDRESS}?lang=en").text

    for said in (
        "Clean water in the municipality",
        "Choose a pump for a well.",
        "Designed with reference to EQF level 4",
        "K1",
        "https://conexx.example/quality",
        "Demonstration, not valid",
        "http://127.0.0.1:8000/achievements/small-course/1.0",
    ):
        assert said in html, said


@pytest.mark.parametrize("accept", ["application/json", "application/ld+json"])
def test_a_program_gets_the_same_as_a_certificate_says(
    client: FlaskClient, signed: SignedCertificate, accept: str
) -> None:
    answer = client.get(f"{ADDRESS}?lang=en", headers={"Accept": accept})
    document = json.loads(answer.data)
    said = json.loads(signed.document)["credentialSubject"]["achievement"]

    assert answer.content_type == accept
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {"Accept", "Accept-Language"} <= set(answer.vary)
    assert document.pop("@context")
    assert document == said


def test_every_anchor_that_a_certificate_points_to_is_there(
    client: FlaskClient, signed: SignedCertificate
) -> None:
    own = f"http://127.0.0.1:8000{ADDRESS}#"
    anchors = set(re.findall(rf'"{re.escape(own)}([^"]+)"', signed.document))
    html = client.get(ADDRESS).text

    assert {"criteria", "lo-1", "workload"} <= anchors
    assert {name for name in anchors if f'id="{name}"' not in html} == set()


def test_an_older_version_stays_as_it_was(
    session: Session, client: FlaskClient, small_course: str, tmp_path: Path
) -> None:
    before = main_of(client.get(f"{ADDRESS}?lang=en").text)
    publish_sample(session, folder=edited_copy(tmp_path / "next", version("1.1")))
    session.query(LiveVersion).delete()
    session.commit()

    assert main_of(client.get(f"{ADDRESS}?lang=en").text) == before
    assert client.get("/achievements/small-course/1.1").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "small-course/1.9",
        "small-course/01.0",
        "small-course/1",
        "small-course/1.0.0",
        "small-course/-1.0",
        "small-course/99999.0",
        "small-course/999999999999999999999.0",
        "small-course/%00",
        "no-such-course/1.0",
        "%2e%2e/1.0",
        "x" * 500 + "/1.0",
    ],
)
def test_what_was_never_published_is_not_found(
    client: FlaskClient, small_course: str, address: str
) -> None:
    assert client.get(f"/achievements/{address}").status_code == 404


def test_it_costs_one_statement_and_tells_of_nobody(
    client: FlaskClient, signed: SignedCertificate, statements: list[str]
) -> None:
    statements.clear()

    html = client.get(ADDRESS).text

    assert len(statements) == 1
    assert signed.number not in html


def test_another_host_changes_nothing(client: FlaskClient, small_course: str) -> None:
    for accept in ("text/html", "application/json"):
        headers = {"Accept": accept, "Host": "localhost"}
        assert "localhost" not in client.get(ADDRESS, headers=headers).text
