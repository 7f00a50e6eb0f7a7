"""My certificates, and the paper itself."""

import io

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from tests.factories import make_user, sign_in
from tests.learning import complete_small_course


@pytest.fixture
def number(session: Session, ana: User) -> str:
    """Let Ana complete the course and return the number of her certificate."""
    complete_small_course(session, ana)
    return grouped(session.scalars(select(Certificate.number)).one())


def test_my_certificates_are_listed_with_number_paper_and_public_page(
    signed_in: FlaskClient, number: str
) -> None:
    html = signed_in.get("/me/certificates").get_data(as_text=True)

    assert f'href="/certificates/{number}.pdf"' in html
    assert f'href="/verify/{number}"' in html
    assert "Valid until 16 November 2028" in html
    assert "Demonstration, not valid" in html


def test_who_holds_none_is_told_how_to_get_one(
    session: Session, client: FlaskClient
) -> None:
    sign_in(client, session, make_user(session))

    html = client.get("/me/certificates").get_data(as_text=True)

    assert "You have no certificate yet" in html


def test_nobody_sees_the_certificates_of_another(
    session: Session, client: FlaskClient, number: str
) -> None:
    sign_in(client, session, make_user(session))

    assert number not in client.get("/me/certificates").get_data(as_text=True)


def test_the_paper_answers_whoever_has_its_address(
    client: FlaskClient, number: str
) -> None:
    paper = client.get(f"/certificates/{number}.pdf")

    assert paper.status_code == 200
    assert paper.mimetype == "application/pdf"
    assert paper.headers["Content-Disposition"] == f'inline; filename="{number}.pdf"'
    assert paper.headers["X-Robots-Tag"] == "noindex"
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(paper.data)).pages)
    for said in ("Ana", number, "Clean water in the municipality", "not valid"):
        assert said in text


def test_the_paper_is_the_same_bytes_each_time(
    client: FlaskClient, number: str
) -> None:
    first, second = (client.get(f"/certificates/{number}.pdf").data for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    "entry", ["0000-0000-0000", "nonsense", "%00", "-1", "9" * 300, "..%2f..%2fetc"]
)
def test_a_paper_that_does_not_exist_is_not_found(
    client: FlaskClient, entry: str
) -> None:
    assert client.get(f"/certificates/{entry}.pdf").status_code == 404
