"""Prior learning: I claim it with one piece of evidence, and see what became of it."""

import io
import json
import zipfile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.models.accounts import User
from conexx_learn.models.competencies import EvidenceFile, PriorLearning
from conexx_learn.models.institutions import Institution
from conexx_learn.services.frameworks import load_standards
from tests.factories import NOW, make_membership, make_user, sign_in
from tests.institutions import make_learner, make_town

ADDRESS = "/me/prior-learning"
PDF = b"%PDF-1.7\n%%EOF\n"
MEGABYTE = 1_000_000
FORM = {"Content-Type": "multipart/form-data; boundary=edge"}


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def learner(session: Session, town: Institution) -> User:
    return make_learner(session, town)


@pytest.fixture
def desk(client: FlaskClient, session: Session, learner: User) -> FlaskClient:
    sign_in(client, session, learner)
    return client


def text(response: TestResponse) -> str:
    return " ".join(response.get_data(as_text=True).split())


def multipart(fields: dict[str, str], file: tuple[str, bytes] | None) -> bytes:
    """Write what a form with a file sends; the boundary is `edge`."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + text.encode()
        for name, text in fields.items()
    ]
    if file is not None:
        name = file[0].replace('"', "%22")
        head = f'form-data; name="file"; filename="{name}"'
        parts.append(
            f"--edge\r\nContent-Disposition: {head}\r\n\r\n".encode() + file[1]
        )
    return b"\r\n".join([*parts, b"--edge--", b""])


def send(
    desk: FlaskClient,
    town: Institution,
    content: bytes | None = PDF,
    name: str = "acta.pdf",
    **changed: str,
) -> TestResponse:
    """Send the form."""
    fields = {
        "competency": "K3",
        "level": "2",
        "institution": str(town.id),
        "statement": "Two years of projects",
        "link": "",
        **changed,
    }
    file = None if content is None else (name, content)
    return desk.post(f"{ADDRESS}?lang=en", data=multipart(fields, file), headers=FORM)


def claims(session: Session) -> list[PriorLearning]:
    session.expire_all()
    return list(session.scalars(select(PriorLearning).order_by(PriorLearning.id)))


def test_a_claim_with_a_file_waits_for_the_coordination(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    assert send(desk, town).status_code == 303

    (claim,) = claims(session)
    assert (claim.user_id, claim.competency, claim.level) == (learner.id, "K3", 2)
    page = text(desk.get(f"{ADDRESS}?lang=en"))
    assert "Project design" in page
    assert "Waiting for the coordination" in page
    assert "acta.pdf" in page
    assert "It is not a certificate" in page


def test_an_address_takes_the_place_of_a_file(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    response = send(desk, town, None, link="https://uni.example/diploma/12")

    assert response.status_code == 303
    (claim,) = claims(session)
    assert (claim.link, claim.evidence_file_id) == (
        "https://uni.example/diploma/12",
        None,
    )
    page = text(desk.get(ADDRESS))
    assert 'rel="noopener noreferrer nofollow"' in page


@pytest.mark.parametrize(
    ("content", "name", "changed", "said"),
    [
        pytest.param(None, "", {}, "Give one file, or one address", id="neither"),
        pytest.param(
            PDF, "a.pdf", {"link": "https://a.example"}, "Give one file", id="both"
        ),
        pytest.param(b"", "a.pdf", {}, "The file is empty.", id="an empty file"),
        pytest.param(
            PDF + b" " * 5 * MEGABYTE, "a.pdf", {}, "The file is too large", id="large"
        ),
        pytest.param(b"MZ", "a.exe", {}, "Only PDF, PNG, JPG and DOCX", id="a program"),
        pytest.param(
            b"<svg onload=alert(1)>", "a.pdf", {}, "is not what its name says", id="SVG"
        ),
        pytest.param(PDF, "a.docx", {}, "is not what its name says", id="wrong name"),
        pytest.param(
            None, "", {"link": "javascript:alert(1)"}, "Write the whole", id="script"
        ),
        pytest.param(
            None, "", {"link": "https://a.example/" + "x" * 500}, "too long", id="long"
        ),
        pytest.param(PDF, "a.pdf", {"statement": " \r\n"}, "Write where", id="silent"),
        pytest.param(
            PDF, "a.pdf", {"statement": "x" * 1001}, "This is too long.", id="a novel"
        ),
        pytest.param(PDF, "a.pdf", {"competency": ""}, "Choose a competency.", id="no"),
        pytest.param(PDF, "a.pdf", {"competency": "K99"}, "ompetency:", id="unknown"),
        pytest.param(PDF, "a.pdf", {"level": "5"}, "evel:", id="no such level"),
        pytest.param(PDF, "a.pdf", {"institution": "999"}, "nstitution:", id="foreign"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept_of_it(
    desk: FlaskClient,
    session: Session,
    town: Institution,
    content: bytes | None,
    name: str,
    changed: dict[str, str],
    said: str,
) -> None:
    response = send(desk, town, content, name, **changed)

    assert response.status_code == 422
    assert said in text(response)
    assert claims(session) == []
    assert session.scalar(select(func.count()).select_from(EvidenceFile)) == 0


def test_what_was_typed_stays_and_the_file_is_asked_for_again(
    desk: FlaskClient, town: Institution
) -> None:
    response = send(desk, town, competency="", statement="My whole story")

    page = text(response)
    assert "My whole story</textarea>" in page
    assert "Choose the file again: browsers forget it." in page


def test_a_request_beyond_all_limits_is_cut_off(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    response = send(desk, town, PDF + b" " * 9 * 1024 * 1024)

    assert response.status_code == 413
    assert claims(session) == []


def test_other_pages_take_no_more_than_before(desk: FlaskClient) -> None:
    body = multipart({}, ("a.pdf", b" " * 3 * 1024 * 1024))

    response = desk.post("/account/name", data=body, headers=FORM)

    assert response.status_code == 413


def test_the_same_competency_waits_once(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    send(desk, town)

    response = send(desk, town, statement="Once more")

    assert response.status_code == 422
    assert "You have sent a claim for this competency already" in text(response)
    assert len(claims(session)) == 1


def test_a_claim_is_withdrawn_with_its_file(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    send(desk, town)
    claim_id = claims(session)[0].id

    response = desk.post(f"{ADDRESS}/{claim_id}/withdrawal")

    assert response.status_code == 303
    assert claims(session)[0].decision == "withdrawn"
    assert session.scalar(select(func.count()).select_from(EvidenceFile)) == 0
    assert desk.get(f"{ADDRESS}/{claim_id}/evidence").status_code == 404


def test_my_file_comes_back_as_a_download_that_cannot_run(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    send(desk, town, name='constancia "ñandú".pdf')

    response = desk.get(f"{ADDRESS}/{claims(session)[0].id}/evidence")

    assert response.data == PDF
    assert response.mimetype == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert (
        "filename*=UTF-8''constancia%20%C3%B1and%C3%BA.pdf"
        in (response.headers["Content-Disposition"])
    )
    assert response.headers["Content-Security-Policy"].startswith("sandbox;")
    assert response.headers["Cache-Control"] == "no-store"


def test_another_persons_claim_is_not_there(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    send(desk, town)
    claim_id = claims(session)[0].id
    sign_in(desk, session, make_learner(session, town, "Beto"))

    assert desk.get(f"{ADDRESS}/{claim_id}/evidence").status_code == 404
    assert desk.post(f"{ADDRESS}/{claim_id}/withdrawal").status_code == 404
    assert "acta.pdf" not in text(desk.get(ADDRESS))
    assert claims(session)[0].decision is None


def test_who_belongs_nowhere_is_told_so(client: FlaskClient, session: Session) -> None:
    sign_in(client, session, make_user(session))

    page = text(client.get(f"{ADDRESS}?lang=en"))

    assert "You belong to no institution yet" in page
    assert "<textarea" not in page


def test_who_belongs_to_two_institutions_chooses_one(
    desk: FlaskClient, session: Session, learner: User
) -> None:
    other = make_town(session, "izalpa", name="Alcaldía de Izalpa")
    make_membership(session, learner, "learner", other)

    page = text(desk.get(f"{ADDRESS}?lang=en"))
    assert f'<option value="{other.id}">Alcaldía de Izalpa</option>' in page

    send(desk, other)
    assert claims(session)[0].institution_id == other.id


def test_the_page_runs_the_same_statements_with_one_claim_and_with_five(
    desk: FlaskClient, town: Institution, statements: list[str]
) -> None:
    def count() -> int:
        desk.get(ADDRESS)
        statements.clear()
        desk.get(ADDRESS)
        return len(statements)

    send(desk, town)
    one = count()
    for number in (4, 5, 6, 7):
        send(desk, town, competency=f"K{number}")

    assert count() == one == 4


def test_the_export_holds_claims_and_files(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    send(desk, town)
    claim_id = claims(session)[0].id

    with zipfile.ZipFile(io.BytesIO(desk.get("/me/data").data)) as archive:
        rows = json.loads(archive.read("data.json"))["prior_learning"]
        file = archive.read(f"files/{claim_id}-acta.pdf")

    assert file == PDF
    assert (rows[0]["competency"], rows[0]["statement"], rows[0]["file"]) == (
        "K3",
        "Two years of projects",
        "acta.pdf",
    )


def test_visitors_are_asked_to_sign_in(client: FlaskClient) -> None:
    assert "/sign-in" in client.get(ADDRESS).headers["Location"]
    assert client.post(ADDRESS, data={}).status_code == 303
