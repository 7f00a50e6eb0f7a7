"""The one screen: the answer first, ten statements, and nothing for strangers."""

from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.sample_institutions import (
    chorti_sur,
    harribide,
    izalpa,
    san_jacinto,
    xaltepec,
)
from tests.stored_institutions import store_institution

TODAY = datetime.now(UTC).astimezone().date()  # noqa: TID251 (the page asks the real clock)
TOWNS = {
    "xaltepec": xaltepec,
    "izalpa": izalpa,
    "harribide": harribide,
    "chorti-sur": chorti_sur,
    "san-jacinto": san_jacinto,
}


def town(session: Session, slug: str) -> Institution:
    return store_institution(session, TOWNS[slug](TODAY), slug=slug).institution


def manager_of(client: FlaskClient, session: Session, place: Institution) -> User:
    user = make_user(session, "Beatriz", locale="es")
    make_membership(session, user, "manager", place)
    sign_in(client, session, user)
    session.commit()
    return user


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        (
            "xaltepec",
            ["En riesgo", "28\xa0%", "30\xa0%", "50\xa0%", "1 curso atrasado"],
        ),
        ("izalpa", ["Sin pronóstico", "19\xa0%", "3 cursos atrasados"]),
        ("harribide", ["En tiempo", "Plan 1"]),
        ("chorti-sur", ["Plan vencido"]),
        ("san-jacinto", ["Sin plan", "Ver el plan propuesto"]),
    ],
)
def test_every_label_is_one_word_with_its_reason(
    client: FlaskClient, session: Session, slug: str, said: list[str]
) -> None:
    manager_of(client, session, town(session, slug))

    page = client.get(f"/institutions/{slug}?lang=es").get_data(as_text=True)

    for text in said:
        assert text in page
    for code in ("bus factor", "percentile", "strict", "P50", "AT RISK"):
        assert code not in page


def test_a_plan_of_several_is_chosen_in_the_address(
    client: FlaskClient, session: Session
) -> None:
    manager_of(client, session, town(session, "harribide"))

    page = client.get("/institutions/harribide?plan=1&lang=es").get_data(as_text=True)

    assert "Lista" in page
    assert "100\xa0%" in page


def test_what_to_do_first_names_person_and_gain(
    client: FlaskClient, session: Session
) -> None:
    manager_of(client, session, town(session, "xaltepec"))

    page = client.get("/institutions/xaltepec?lang=es").get_data(as_text=True)

    assert "Ana" in page
    assert "+7.7 puntos" in page
    assert "falta la fecha de su nombramiento" in page
    assert "Se pierde" in page


def test_the_screen_runs_ten_statements_whatever_it_holds(
    client: FlaskClient, session: Session, statements: list[str]
) -> None:
    counts = []
    for slug in ("chorti-sur", "xaltepec"):
        manager_of(client, session, town(session, slug))
        session.flush()
        statements.clear()
        assert client.get(f"/institutions/{slug}").status_code == 200
        counts.append(len(statements))

    assert max(counts) <= 10
    assert counts[0] == counts[1]


def test_another_day_is_shown_and_leads_back(
    client: FlaskClient, session: Session
) -> None:
    manager_of(client, session, town(session, "xaltepec"))
    day = TODAY - timedelta(days=30)

    page = client.get(f"/institutions/xaltepec?as_of={day}&lang=en").get_data(
        as_text=True
    )

    assert "Back to today" in page
    assert day.isoformat() in page


@pytest.mark.parametrize("entry", ["31-12-2026", "2026-02-30", "9999-01-01", "x" * 500])
def test_a_day_that_cannot_be_read_is_told(
    client: FlaskClient, session: Session, entry: str
) -> None:
    manager_of(client, session, town(session, "xaltepec"))

    page = client.get(f"/institutions/xaltepec?as_of={entry}&lang=en")

    assert page.status_code == 200
    assert "could not be read" in page.get_data(as_text=True)


def test_an_empty_institution_is_led_to_its_first_day(
    client: FlaskClient, session: Session
) -> None:
    manager_of(client, session, make_institution(session))

    page = client.get("/institutions/xaltepec?lang=es").get_data(as_text=True)

    assert "/institutions/xaltepec/start" in page
    assert "tres pasos" in page


def test_a_foreign_institution_is_not_there(
    client: FlaskClient, session: Session
) -> None:
    town(session, "xaltepec")
    manager_of(client, session, town(session, "izalpa"))

    assert client.get("/institutions/xaltepec").status_code == 404
    assert client.get("/institutions/nowhere").status_code == 404
    assert client.get("/institutions/izalpa").status_code == 200


def test_a_learner_of_the_institution_sees_no_names(
    client: FlaskClient, session: Session
) -> None:
    place = town(session, "xaltepec")
    user = make_user(session)
    make_membership(session, user, "learner", place)
    sign_in(client, session, user)
    session.commit()

    assert client.get("/institutions/xaltepec").status_code == 404


def test_an_observer_sees_figures_and_no_names(
    client: FlaskClient, session: Session
) -> None:
    town(session, "xaltepec")
    association = make_institution(session, "asociacion", kind="association")
    observer = make_user(session, "Gonzalo")
    make_membership(session, observer, "observer", association)
    sign_in(client, session, observer)
    session.commit()

    assert client.get("/institutions/xaltepec").status_code == 404
    session.execute(
        update(Institution)
        .where(Institution.slug == "xaltepec")
        .values(association_id=association.id)
    )
    session.commit()
    page = client.get("/institutions/xaltepec?lang=es").get_data(as_text=True)

    assert "28\xa0%" in page
    for name in ("Ana", "Beto", "Carla", "Jacinta"):
        assert name not in page


def test_an_observer_sees_nothing_of_few_people(
    client: FlaskClient, session: Session
) -> None:
    place = town(session, "chorti-sur")
    association = make_institution(session, "asociacion", kind="association")
    place.association_id = association.id
    observer = make_user(session, "Gonzalo")
    make_membership(session, observer, "observer", association)
    sign_in(client, session, observer)

    page = client.get("/institutions/chorti-sur?lang=es").get_data(as_text=True)

    assert "menos de cinco personas" in page
    assert "\xa0%" not in page


def test_reading_writes_nothing(client: FlaskClient, session: Session) -> None:
    manager_of(client, session, town(session, "xaltepec"))
    before = session.scalar(select(func.count()).select_from(User))

    client.get("/institutions/xaltepec")

    assert session.scalar(select(func.count()).select_from(User)) == before
