"""Who needs what: the table, its filters, its files, and who may not see it."""

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest
from defusedxml import ElementTree
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.facts import InstitutionFacts
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.sample_institutions import (
    COURSES,
    Line,
    Sketch,
    izalpa,
    san_jacinto,
    xaltepec,
)
from tests.stored_institutions import Stored, store_institution

TODAY = datetime.now(UTC).astimezone().date()  # noqa: TID251 (the page asks the real clock)
PATH = "/institutions/xaltepec/readiness"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def stored(session: Session) -> Stored:
    return store_institution(session, xaltepec(TODAY), slug="xaltepec")


@pytest.fixture
def manager(client: FlaskClient, session: Session, stored: Stored) -> FlaskClient:
    return managing(client, session, stored)


def managing(client: FlaskClient, session: Session, stored: Stored) -> FlaskClient:
    user = make_user(session, "Beatriz", locale="es")
    make_membership(session, user, "manager", stored.institution)
    sign_in(client, session, user)
    return client


def page(client: FlaskClient, query: str = "", status: int = 200) -> str:
    answer = client.get(f"{PATH}?lang=en&{query}")
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def shown_rows(html: str) -> list[tuple[str, ...]]:
    """Read the table back: name, then the words of its cells."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        tuple(
            words(cell)
            for cell in re.findall(r"<(?:th|td)[^>]*>(.*?)</(?:th|td)>", row)
        )
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def words(cell: str) -> str:
    return re.sub(r"<[^>]+>", " ", cell).replace("  ", " ").strip()


def csv_rows(client: FlaskClient, query: str = "") -> list[list[str]]:
    answer = client.get(f"{PATH}.csv?lang=en&{query}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.mimetype == "text/csv"
    text = answer.data.decode("utf-8-sig")
    assert "\r\n" in text
    return list(csv.reader(io.StringIO(text)))


def json_value(
    client: FlaskClient, query: str = ""
) -> dict[str, list[dict[str, object]]]:
    answer = client.get(f"{PATH}.json?lang=en&{query}")
    assert answer.status_code == 200
    value: dict[str, list[dict[str, object]]] = json.loads(answer.data)
    return value


def xlsx_rows(client: FlaskClient, query: str = "") -> list[list[str]]:
    answer = client.get(f"{PATH}.xlsx?lang=en&{query}")
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.data)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    assert not sheet.findall(f".//{SHEET}f")
    texts = [text_of(item, "t") for item in shared]
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        filled = {
            place(cell.attrib["r"]): texts[int(text_of(cell, "v"))] for cell in row
        }
        rows.append([filled.get(column, "") for column in range(max(filled) + 1)])
    widest = max(map(len, rows))
    return [row + [""] * (widest - len(row)) for row in rows]


def text_of(element: Element, tag: str) -> str:
    return "".join(part.text or "" for part in element.iter(f"{SHEET}{tag}"))


def place(reference: str) -> int:
    """Return the column of a cell: A1 is in 0."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def test_every_standing_is_a_word_with_its_day(manager: FlaskClient) -> None:
    html = page(manager)
    rows = {row[0].partition(" ")[0]: " | ".join(row) for row in shown_rows(html)}

    assert "Met until" in rows["Ana"]
    assert "In progress 60" in rows["Ana"]
    assert "Needs another course by" in rows["Ana"]
    assert "Has expired, overdue on" in rows["Beto"]
    assert "Expiring until" in rows["Beto"]
    assert "No attempts left by" in rows["Carla"]
    assert "Exempt until" in rows["Graciela"]
    assert "Suspended since" in rows["Hugo"]
    assert "A fact is missing start date" in rows["Jacinta"]
    assert "Vacant by" in rows["Vacant"]
    assert "Inés" not in html
    assert "12 people" not in html
    assert "9 people, 1 vacant seat, 19 required courses" in html


def test_rows_stand_by_unit_post_and_name_and_seats_after_people(
    manager: FlaskClient,
) -> None:
    names = [row[0].rpartition(" ")[0] for row in shown_rows(page(manager))]

    assert names == [
        "Graciela",
        "Diego",
        "Carla",
        "Vacant seat",
        "Ana",
        "Beto",
        "Elena",
        "Fidel",
        "Hugo",
        "Jacinta",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("standing=overdue", ["Beto"]),
        ("standing=suspended", ["Hugo"]),
        ("standing=exempt", ["Graciela"]),
        ("standing=vacant", ["Vacant"]),
        ("standing=blocked", ["Carla"]),
        ("standing=undated", ["Jacinta"]),
        ("standing=critical", ["Ana", "Beto", "Carla"]),
        ("attention=1", ["Beto", "Carla", "Hugo", "Jacinta", "Vacant"]),
        ("attention=1&standing=expiring", ["Beto"]),
    ],
)
def test_a_filter_shows_what_fits_and_its_files_the_same(
    manager: FlaskClient, query: str, names: list[str]
) -> None:
    rows = shown_rows(page(manager, query))
    listed = csv_rows(manager, query)
    value = json_value(manager, query)

    assert sorted(row[0].partition(" ")[0] for row in rows) == names
    assert sorted(row[0].partition(" ")[0] for row in listed[1:]) == names
    assert xlsx_rows(manager, query) == listed
    assert len(value["rows"]) == len(names)
    cells = [cell for row in value["rows"] for cell in list_of(row["cells"])]
    for name, wanted in [part.split("=") for part in query.split("&")]:
        if name == "standing" and wanted in {"suspended", "exempt", "vacant"}:
            assert {cell["standing"] for cell in cells} == {wanted}


def list_of(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def test_files_equal_the_page(manager: FlaskClient) -> None:
    html = page(manager)
    listed, value = csv_rows(manager), json_value(manager)
    headings = [
        words(text) for text in re.findall(r'<th scope="col">(.*?)</th>', html)[1:]
    ]

    assert listed[0] == ["Person", "Post", "Unit", *headings]
    assert xlsx_rows(manager) == listed
    for shown, row, of_json in zip(
        shown_rows(html), listed[1:], value["rows"], strict=True
    ):
        assert shown[0] == f"{row[0]} {row[1]}"
        assert len(list_of(of_json["cells"])) == sum(bool(cell) for cell in row[3:])
        for cell, text in zip(shown[1:], row[3:], strict=True):
            expected = text.replace(",", "") if text else "· not required"
            assert cell.replace(",", "") == expected
    person = value["rows"][0]
    assert set(person) == {"person", "seat", "posts", "units", "cells"}


def test_what_is_required_besides_is_not_taken_for_nothing(
    manager: FlaskClient,
) -> None:
    (row,) = shown_rows(page(manager, "standing=expiring"))

    assert row[0].startswith("Beto")
    assert [cell for cell in row[1:] if cell.startswith("Expiring")] == [row[1]]
    (row,) = shown_rows(page(manager, "standing=overdue"))
    assert "not required" not in " ".join(row)


def test_filters_stay_in_every_address(manager: FlaskClient, stored: Stored) -> None:
    day = (TODAY + timedelta(days=10)).isoformat()
    post = stored.posts[1]

    html = page(manager, f"post={post}&as_of={day}")

    assert f'href="{PATH}.csv?as_of={day}&amp;post={post}"' in html
    assert f'href="{PATH}.xlsx?as_of={day}&amp;post={post}"' in html
    assert f"as_of={day}&amp;attention=1&amp;post={post}" in html
    assert f'value="{day}"' in html
    assert f'<option value="{post}" selected>' in html


def test_a_post_and_a_unit_narrow_the_table(
    manager: FlaskClient, stored: Stored
) -> None:
    managers, hall, projects = stored.posts[1], stored.units[1], stored.units[2]

    of_post = {
        row[0].partition(" ")[0]
        for row in shown_rows(page(manager, f"post={managers}"))
    }
    of_unit = {
        row[0].partition(" ")[0]
        for row in shown_rows(page(manager, f"unit={projects}"))
    }
    whole = shown_rows(page(manager))

    assert of_post == {"Ana", "Beto"}
    assert of_unit == {"Ana", "Beto", "Elena", "Fidel", "Hugo", "Jacinta", "Vacant"}
    assert shown_rows(page(manager, f"unit={hall}")) == whole


@pytest.mark.parametrize("day", ["2026-13-45", "yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_read_is_told_and_kept(
    manager: FlaskClient, day: str
) -> None:
    html = page(manager, f"as_of={day}", status=422)

    assert "This date could not be read" in html
    assert f'value="{day}"' in html
    assert 'aria-invalid="true"' in html
    for kind in ("csv", "xlsx", "json"):
        assert manager.get(f"{PATH}.{kind}?as_of={day}").status_code == 422


def test_a_past_day_shows_how_it_stood(manager: FlaskClient) -> None:
    before = (TODAY - timedelta(days=30)).isoformat()

    html = page(manager, f"as_of={before}")

    assert "Inés" in html
    assert not [row for row in shown_rows(html) if "Suspended" in " ".join(row)]


@pytest.mark.parametrize("name", ["post", "unit"])
@pytest.mark.parametrize("kind", ["", ".csv", ".xlsx", ".json"])
def test_a_foreign_key_in_a_filter_is_not_there(
    manager: FlaskClient, session: Session, name: str, kind: str
) -> None:
    other = store_institution(session, izalpa(TODAY), slug="izalpa")
    foreign = other.posts[1] if name == "post" else other.units[1]

    for key in (str(foreign), "0", "-1", "abc", "9" * 30):
        assert manager.get(f"{PATH}{kind}?{name}={key}").status_code == 404


@pytest.mark.parametrize("kind", ["", ".csv", ".xlsx", ".json"])
@pytest.mark.parametrize("role", ["learner", "observer", "manager", "trainer", None])
def test_who_does_not_run_the_training_here_finds_nothing(
    client: FlaskClient, session: Session, stored: Stored, role: str | None, kind: str
) -> None:
    user = make_user(session, "Bo")
    if role in {"learner", "observer"}:
        make_membership(session, user, role, stored.institution)
    elif role == "manager":
        make_membership(session, user, role, make_institution(session, "izalpa"))
    elif role == "trainer":
        make_membership(session, user, role)
    sign_in(client, session, user)

    assert client.get(f"{PATH}{kind}").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, stored: Stored) -> None:
    for kind in ("", ".csv", ".xlsx", ".json"):
        answer = client.get(f"{PATH}{kind}")
        assert (answer.status_code, answer.location) == (
            303,
            f"/sign-in?next={PATH}{kind}",
        )


def test_a_coordinator_sees_every_institution(
    client: FlaskClient, session: Session, stored: Stored
) -> None:
    user = make_user(session, "Clara")
    make_membership(session, user, "coordinator")
    sign_in(client, session, user)

    assert "Carla" in page(client)


def test_cells_do_not_become_formulas(client: FlaskClient, session: Session) -> None:
    town = Sketch(TODAY)
    post = town.add_post("PM", town.add_unit("@Hall"), title="+Agua")
    town.seat("=HYPERLINK(1)", post)
    town.plan([Line("PM", "C1", 30, 1)])
    managing(client, session, store_institution(session, town.facts()))

    (_, row) = csv_rows(client)

    assert row[:3] == ["'=HYPERLINK(1)", "'+Agua", "'@Hall"]
    assert xlsx_rows(client)[1][:3] == ["=HYPERLINK(1)", "+Agua", "@Hall"]


def test_an_institution_without_a_plan_is_led_to_the_plans(
    client: FlaskClient, session: Session
) -> None:
    managing(client, session, store_institution(session, san_jacinto(TODAY)))

    html = page(client)

    assert "Nothing is required yet" in html
    assert 'href="/institutions/xaltepec/plans"' in html
    assert csv_rows(client) == [["Person", "Post", "Unit"]]


PROFILES = ("PM", "FIN", "MEAL", "HEAD", "LIAISON", "TECH", "ELECTED")


def crowd(people: int, slug: str = "xaltepec") -> InstitutionFacts:
    """Make a town where everybody owes ten courses in one of seven full posts."""
    town = Sketch(TODAY)
    hall = town.add_unit("Presidencia municipal")
    seats = max(1, people // len(PROFILES))
    posts = [town.add_post(profile, hall, seats) for profile in PROFILES]
    for number in range(people):
        post = posts[number % len(posts)]
        who = town.seat(f"Persona {number:03} Hernández Xicoténcatl", post)
        for order, course in enumerate(COURSES):
            if (number + order) % 4 == 0:
                town.certify(who, course, -30 - number)
    town.plan(
        [
            Line(profile, course, 20 * order - 40, 1 + order % 3)
            for profile in PROFILES
            for order, course in enumerate(COURSES)
        ]
    )
    known = town.facts()
    named = [
        replace(one, identity=f"{slug}.{one.id}@town.example") for one in known.people
    ]
    return replace(known, people=named)


def test_a_page_of_a_hundred_people_is_light_and_the_rest_follows(
    client: FlaskClient, session: Session
) -> None:
    managing(client, session, store_institution(session, crowd(140)))

    first, second = client.get(PATH), client.get(f"{PATH}?page=2")
    html = first.get_data(as_text=True)

    assert len(shown_rows(html)) == 100
    assert len(gzip.compress(first.data)) <= 40_000
    assert len(shown_rows(second.get_data(as_text=True))) == 40
    assert f'href="{PATH}?page=2"' in html
    assert len(csv_rows(client)) == 141


def test_nine_statements_for_seven_people_and_for_many(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    counts = {}
    for people in (7, 70):
        slug = f"town-{people}"
        managing(
            client,
            session,
            store_institution(session, crowd(people, slug), slug=slug),
        )
        for kind in ("", ".csv", ".xlsx", ".json"):
            statements.clear()
            answer = client.get(f"/institutions/{slug}/readiness{kind}")
            assert answer.status_code == 200
            counts[people, kind] = len(statements)

    assert set(counts.values()) == {9}
