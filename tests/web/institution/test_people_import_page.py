"""A list of people on pages: sent, looked at, stored, and every mistake told."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.domain.people_import import read_people
from conexx_learn.models.accounts import User
from conexx_learn.models.base import Base
from conexx_learn.models.institutions import Institution
from conexx_learn.models.posts import Appointment, PeopleFile
from conexx_learn.services.frameworks import load_standards
from tests.factories import NOW, make_user
from tests.institutions import (
    enter,
    make_learner,
    make_manager,
    make_town,
)

IMPORT = "/institutions/xaltepec/people/import"
GOOD = """\
Apellidos;Nombre;Correo;Área;Puesto;Desde
HERNÁNDEZ LÓPEZ;JUAN;juan@x.example;Obras;Jefe de obras;01/03/2024
Caal Xol;María;;Obras;Auxiliar;
"""


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def manager(client: FlaskClient, session: Session, town: Institution) -> FlaskClient:
    return enter(client, session, make_manager(session, town))


HEAD = b"""\
--mark\r
Content-Disposition: form-data; name="file"; filename="lista.csv"\r
Content-Type: text/csv\r
\r
"""


def send(client: FlaskClient, content: bytes | str) -> TestResponse:
    """Send a file as a browser does; the client would leave a large one open."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(
        IMPORT,
        data=HEAD + data + b"\r\n--mark--\r\n",
        content_type="multipart/form-data; boundary=mark",
    )


def shown(client: FlaskClient, content: bytes | str) -> tuple[str, str]:
    """Send a list and return the address and the text of what is shown."""
    answer = send(client, content)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    return answer.location, re.sub(r"\s+", " ", page.text)


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_list_is_looked_at_before_anything_is_stored(
    manager: FlaskClient, session: Session
) -> None:
    before = count(session, User)

    address, page = shown(manager, GOOD)

    assert "Juan Hernández López" in page
    assert "Jefe de obras" in page
    assert "Head of department" in page or "Dirección de área" in page
    assert count(session, User) == before
    stored = manager.post(address)
    assert stored.status_code == 303
    assert count(session, User) == before + 2
    assert count(session, Appointment) == 2
    assert count(session, PeopleFile) == 0


def test_the_same_list_again_offers_nothing_to_store(
    manager: FlaskClient, session: Session
) -> None:
    manager.post(shown(manager, GOOD)[0])
    before = count(session, User)

    address, page = shown(manager, GOOD)

    assert "Nothing: everything on the list is there already." in page
    assert "Store the list" not in page
    assert manager.post(address).status_code == 303
    assert count(session, User) == before


def test_a_stored_list_is_gone_and_stores_no_second_time(
    manager: FlaskClient, session: Session
) -> None:
    address, _page = shown(manager, GOOD)
    manager.post(address)
    before = count(session, User)

    assert manager.post(address).status_code == 404
    assert manager.get(address).status_code == 404
    assert count(session, User) == before


def test_a_list_is_forgotten(manager: FlaskClient, session: Session) -> None:
    address, _page = shown(manager, GOOD)

    assert manager.post(f"{address}/discard").status_code == 303
    assert manager.get(address).status_code == 404


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param(";Ana;ana@@x;;;", "is no e-mail address", id="address"),
        pytest.param("Ruiz;;;;;", "name", id="no given name"),
        pytest.param(";Ana;;;Chofer;31/02/2026", "here is no such day", id="day"),
        pytest.param(";Ana;;;Chofer;03/25/2026", "month", id="month first"),
        pytest.param(";Ana;=1+1;;;", "formula", id="formula"),
        pytest.param(";<b>Ana</b>;;;;", "sign", id="markup"),
        pytest.param(f";{'x' * 300};;;;", "", id="long name"),
        pytest.param(';"Ana;;;;', "", id="open quote"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_keeps_all_out(
    manager: FlaskClient, session: Session, line: str, told: str
) -> None:
    before = count(session, User)

    address, page = shown(manager, f"{GOOD}{line}\n")

    assert "Line 4" in page
    assert told in page
    assert "<b>Ana" not in page
    assert "Store the list" not in page
    assert manager.post(address).status_code == 422
    assert count(session, User) == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"PK\x03\x04rest", "workbook", id="a workbook"),
        pytest.param(b"Nombre\nA\x00na\n", "no text", id="NUL"),
        pytest.param(b"Edad;Calle\n7;8\n", "", id="no name column"),
        pytest.param(b"Nombre;Nombre\nAna;Eva\n", "", id="a heading twice"),
        pytest.param(b"Nombre\n", "", id="nobody"),
    ],
)
def test_what_is_no_list_is_told(
    manager: FlaskClient, session: Session, content: bytes, told: str
) -> None:
    before = count(session, User)

    address, page = shown(manager, content)

    assert "1 thing to mend" in page
    assert told in page
    assert manager.post(address).status_code == 422
    assert count(session, User) == before


def test_without_a_file_the_page_asks_for_one(manager: FlaskClient) -> None:
    empty = send(manager, b"")
    missing = manager.post(IMPORT, data={})

    assert (empty.status_code, missing.status_code) == (422, 422)
    assert "Choose the file with the list." in empty.text


def test_a_file_of_three_megabytes_is_taken_and_one_of_nine_is_not(
    manager: FlaskClient,
) -> None:
    lines = "".join(f"{'x' * 90};;;;;\n" for _ in range(32_000))
    assert len(lines) > 2 * 1024 * 1024
    assert send(manager, GOOD + lines).status_code == 303

    large = send(manager, b"Nombre\n" + b"x" * (8 * 1024 * 1024))
    assert large.status_code == 422
    assert "larger than 8 MB" in large.text
    assert send(manager, b"x" * (10 * 1024 * 1024)).status_code == 413


def test_no_other_page_takes_so_much(manager: FlaskClient) -> None:
    answer = manager.post(
        "/institutions/xaltepec/people", data={"full_name": "x" * (3 * 1024 * 1024)}
    )

    assert answer.status_code == 413


def test_only_a_hundred_mistakes_are_shown_and_the_rest_is_counted(
    manager: FlaskClient,
) -> None:
    _address, page = shown(manager, "Nombre;Correo\n" + "Ana;x@@\n" * 130)

    assert "130 things to mend" in page or "things to mend" in page
    assert re.search(r"and \d+ more", page)
    assert page.count("Line ") == 100


def test_an_account_from_elsewhere_is_told_from_nobody_new(
    manager: FlaskClient, session: Session
) -> None:
    make_user(session, "Eva Secreta", email="eva@else.example")

    _address, page = shown(manager, "Nombre;Correo\nEva;eva@else.example\n")

    assert "a new account" in page
    assert "Secreta" not in page


def test_what_another_manager_stored_meanwhile_is_not_stored_twice(
    manager: FlaskClient, session: Session
) -> None:
    first, _page = shown(manager, GOOD)
    second, _page = shown(manager, GOOD)
    manager.post(first)
    before = count(session, User)

    assert manager.post(second).status_code == 303
    assert count(session, User) == before


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_empty_list_can_be_read_back(manager: FlaskClient, lang: str) -> None:
    answer = manager.get(f"{IMPORT}/template.csv?lang={lang}")

    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.data.startswith(b"\xef\xbb\xbf")
    read = read_people(answer.data, profiles={"pm": "PM"})
    assert read.problems == ()
    assert read.remarks == ()
    assert [(row.name, row.profile) for row in read.rows] == [("Ana Robles Tzul", "PM")]


def test_others_find_no_such_list(
    client: FlaskClient, session: Session, town: Institution, manager: FlaskClient
) -> None:
    address, _page = shown(manager, GOOD)
    izalpa = make_town(session, "izalpa")
    theirs = address.replace("/xaltepec/", "/izalpa/")
    for stranger in (make_manager(session, izalpa), make_learner(session, town)):
        enter(client, session, stranger)
        for method, path in (
            ("GET", IMPORT),
            ("GET", f"{IMPORT}/template.csv"),
            ("GET", address),
            ("GET", theirs),
            ("POST", IMPORT),
            ("POST", address),
            ("POST", theirs),
            ("POST", f"{theirs}/discard"),
        ):
            assert client.open(path, method=method).status_code == 404, path
    assert count(session, PeopleFile) == 1


@pytest.mark.parametrize("entry", ["0", "-1", str(2**31), str(2**63), "abc"])
def test_keys_that_no_list_has_are_not_there(manager: FlaskClient, entry: str) -> None:
    assert manager.get(f"{IMPORT}/{entry}").status_code == 404
    assert manager.post(f"{IMPORT}/{entry}").status_code in {404, 405}
