"""All institutions in one list: to the coordination, to managers, to observers."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.institutions import make_plan
from tests.sample_institutions import (
    chorti_sur,
    harribide,
    izalpa,
    san_jacinto,
    xaltepec,
)
from tests.stored_institutions import store_institution

TODAY = datetime.now(UTC).astimezone().date()  # noqa: TID251 (the page asks the real clock)
NOTHING = "\N{EN DASH}"
TOWNS: dict[str, Callable[..., InstitutionFacts]] = {
    "xaltepec": xaltepec,
    "izalpa": izalpa,
    "harribide": harribide,
    "chorti-sur": chorti_sur,
    "san-jacinto": san_jacinto,
}


@pytest.fixture
def towns(session: Session) -> dict[str, Institution]:
    return {slug: town(session, slug, TOWNS[slug](TODAY)) for slug in TOWNS}


def town(session: Session, slug: str, known: InstitutionFacts) -> Institution:
    """Write an institution named after its slug, its people with addresses there."""
    people = [replace(one, identity=f"{one.id}@{slug}.example") for one in known.people]
    stored = store_institution(session, replace(known, people=people), slug=slug)
    stored.institution.name = slug.replace("-", " ").title()
    session.flush()
    return stored.institution


def entering(
    client: FlaskClient, session: Session, **roles: Institution | None
) -> User:
    user = make_user(session, "Clara")
    for role, place in roles.items():
        make_membership(session, user, role.partition("_")[0], place)
    sign_in(client, session, user)
    return user


def page(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/institutions?lang=en&{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\xa0", " ")


def rows(html: str) -> dict[str, list[str]]:
    """Read the lists back: name to label, country, people, met, overdue, critical."""
    found = {}
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", html, re.DOTALL):
        name = re.sub(r"<[^>]+>", "", row.partition("</th>")[0])
        cells = re.findall(r"<td[^>]*>(.*?)</td>", row)
        found[name] = [re.sub(r"<[^>]+>", "", cell) for cell in cells]
    return found


def test_the_coordination_sees_them_all_with_their_figures(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    entering(client, session, coordinator=None)

    html = page(client)

    assert rows(html) == {
        "Chorti Sur": ["Plan overdue", "MX", "1", "0 %", "1", "0"],
        "Harribide": ["On track", "MX", "6", "89 %", "0", "0"],
        "Izalpa": ["No forecast", "MX", "9", "19 %", "3", "3"],
        "San Jacinto": ["No plan", "MX", "1", NOTHING, "0", "0"],
        "Xaltepec": ["At risk", "MX", "9", "28 %", "1", "6"],
    }
    assert "5 institutions, 1 without a plan in force" in html
    assert 'href="/institutions/xaltepec"' in html
    assert 'href="/institutions" aria-current="true"' in html


def test_what_needs_help_can_come_first(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    entering(client, session, coordinator=None)

    assert list(rows(page(client, "order=met")))[:2] == ["Chorti Sur", "Izalpa"]
    assert next(iter(rows(page(client, "order=overdue")))) == "Izalpa"
    assert next(iter(rows(page(client, "order=critical")))) == "Xaltepec"
    assert list(rows(page(client, "order=nonsense"))) == sorted(rows(page(client)))


def test_they_are_found_by_words_without_accents(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    towns["xaltepec"].name = "Ayuntamiento de Xáltepec"
    session.flush()
    entering(client, session, coordinator=None)

    assert list(rows(page(client, "q=xaltepec"))) == ["Ayuntamiento de Xáltepec"]
    html = page(client, "q=%3Cb%3Enowhere")
    assert "There are no institutions with “&lt;b&gt;nowhere”" in html
    assert "<b>nowhere" not in html


def test_twenty_stand_on_a_page(client: FlaskClient, session: Session) -> None:
    for number in range(60):
        make_institution(session, f"town-{number}", name=f"Town {number:02}")
    entering(client, session, coordinator=None)

    assert len(rows(page(client))) == 20
    assert next(iter(rows(page(client, "page=2")))) == "Town 20"
    assert "page=2" in page(client)
    assert len(rows(page(client, "page=99"))) == 20


def test_every_label_is_that_of_the_page_itself(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    entering(client, session, coordinator=None)

    for name, (label, *_figures) in rows(page(client)).items():
        slug = name.lower().replace(" ", "-")
        itself = client.get(f"/institutions/{slug}?lang=en").get_data(as_text=True)
        assert f"<strong>{label}</strong>" in itself, name


def test_a_plan_in_review_stands_on_top_until_it_is_advised(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    place = towns["izalpa"]
    plan = make_plan(session, place, title="Plan 2027", series=77, is_approved=False)
    plan.sent_for_review_at = datetime.now(UTC)  # noqa: TID251 (the page asks the real clock)
    session.flush()
    entering(client, session, coordinator=None)

    html = page(client)

    assert "1 plan to review" in html
    assert f'href="/institutions/izalpa/plans/{plan.id}"' in html

    session.execute(update(TrainingPlan).values(reviewed_at=datetime.now(UTC)))  # noqa: TID251 (the page asks the real clock)

    assert "No plan waits for your review." in page(client)


def test_only_the_coordination_has_plans_to_review(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    plan = make_plan(
        session, towns["izalpa"], title="Plan 2027", series=77, is_approved=False
    )
    plan.sent_for_review_at = datetime.now(UTC)  # noqa: TID251 (the page asks the real clock)
    session.flush()
    entering(client, session, manager_1=towns["xaltepec"], manager_2=towns["harribide"])

    assert "Plan 2027" not in page(client)
    assert "review" not in page(client)


def test_a_manager_of_several_sees_theirs_alone(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    entering(client, session, manager_1=towns["xaltepec"], manager_2=towns["harribide"])

    assert list(rows(page(client))) == ["Harribide", "Xaltepec"]


def test_a_manager_of_one_is_led_there(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    entering(client, session, manager=towns["izalpa"])

    answer = client.get("/institutions")

    assert (answer.status_code, answer.location) == (303, "/institutions/izalpa")


def observed(
    client: FlaskClient, session: Session, *members: Institution
) -> dict[str, list[str]]:
    association = make_institution(session, "association", kind="association")
    for member in members:
        member.association_id = association.id
    session.flush()
    entering(client, session, observer=association)
    return rows(page(client))


def test_an_observer_sees_the_members_that_agreed_and_no_names(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    found = observed(client, session, towns["xaltepec"], towns["izalpa"])

    assert list(found) == ["Izalpa", "Xaltepec"]
    html = page(client)
    assert "Karla" not in html
    assert "Beto" not in html
    assert "Members of your association" in html


def test_what_stands_for_fewer_than_five_people_is_hidden(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    found = observed(client, session, *towns.values())
    few = "fewer than 5"

    assert found["Xaltepec"] == ["At risk", "MX", "9", "28 %", few, few]
    assert found["Chorti Sur"] == [few, "MX", few, few, few, few]
    assert found["San Jacinto"] == ["No plan", "MX", few, NOTHING, few, few]
    assert found["Harribide"][1:3] == ["MX", "6"]
    assert found["Harribide"][4] == "0"


def test_an_observer_without_members_is_told_how_it_goes(
    client: FlaskClient, session: Session, towns: dict[str, Institution]
) -> None:
    assert observed(client, session) == {}
    assert "No institution shows you its figures yet" in page(client)


@pytest.mark.parametrize("role", ["learner", "trainer"])
def test_others_find_no_such_page(
    client: FlaskClient, session: Session, towns: dict[str, Institution], role: str
) -> None:
    place = towns["xaltepec"] if role == "learner" else None
    entering(client, session, **{role: place})

    assert client.get("/institutions").status_code == 404


def test_ten_statements_for_two_institutions_and_for_many(
    client: FlaskClient,
    session: Session,
    towns: dict[str, Institution],
    statements: list[str],
) -> None:
    entering(client, session, coordinator=None)
    page(client)
    statements.clear()
    page(client)
    few = len(statements)
    for number in range(60):
        make_institution(session, f"town-{number}", name=f"Town {number:02}")
    statements.clear()
    page(client, "order=overdue")

    assert len(statements) == few == 10
