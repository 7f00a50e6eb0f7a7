"""From an empty institution to the proposed plan: three steps, each of them kept."""

import gzip
import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.base import Base
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import TrainingPlan
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.models.requests import Admission
from conexx_learn.services.frameworks import load_standards
from tests.factories import NOW, SAMPLES, publish
from tests.institutions import (
    appoint,
    enter,
    make_coordinator,
    make_course,
    make_learner,
    make_manager,
    make_post,
    make_town,
    make_unit,
    real_today,
)

HOME = "/institutions/xaltepec"
START = f"{HOME}/start"
PROFILES = ("HEAD", "PM", "FIN", "MEAL", "LIAISON", "TECH", "ELECTED")


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def manager(client: FlaskClient, session: Session, town: Institution) -> FlaskClient:
    return enter(client, session, make_manager(session, town))


def text(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def who(**changes: str) -> dict[str, str]:
    values = {"name": "Ayuntamiento de Xaltepec", "country": "GT"}
    values |= {"timezone": "America/Guatemala", "population": "20000"}
    return values | {"mandate_ends_on": "2027-09-30"} | changes


def staff(**changes: str) -> dict[str, str]:
    """Fill in the seven usual posts, one seat each, as the page offers them."""
    values = {"since": "2026-03-01"}
    for code in PROFILES:
        values |= {
            f"{code}-title": f"Puesto {code}",
            f"{code}-unit": "Proyectos",
            f"{code}-seats": "1",
            f"{code}-names": "",
        }
    return values | {name.replace("_", "-"): value for name, value in changes.items()}


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_from_nothing_to_an_approved_plan_in_at_most_twelve_pages(
    client: FlaskClient, session: Session, town: Institution
) -> None:
    for number in range(1, 11):
        make_course(session, f"c{number}", grants=((f"K{number}", 3),))
    enter(client, session, make_manager(session, town))
    loads = 0

    def load(path: str, data: dict[str, object] | None = None) -> str:
        """Fetch a page, or send a form and follow where it leads."""
        nonlocal loads
        loads += 1
        answer = client.post(path, data=data) if data else client.get(path)
        if data is None:
            assert answer.status_code == 200, path
            return str(answer.text)
        assert answer.status_code == 303, answer.text
        return load(answer.location)

    assert f'href="{START}"' in load(HOME)
    load(START)
    load(START, dict(who()))
    names = "Ana Robles\tana@x.example\nBeto Lara"
    proposal = load(f"{START}/people", dict(staff(PM_names=names, HEAD_names="Eva")))
    ticked = re.findall(r'name="line" value="([^"]+)"', proposal)
    assert ticked
    fields: dict[str, object] = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', proposal)[1]  # type: ignore[index] # a missing field fails here
        for name in ("title", "starts_on", "ends_on", "target_percent")
    }
    plan = load(f"{HOME}/plans/proposal", fields | {"line": ticked})
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', plan)
    assert revision
    plan_id = session.scalars(select(TrainingPlan.id)).one()
    approval = {"act_reference": "Acta 1", "act_on": real_today().isoformat()}
    load(
        f"{HOME}/plans/{plan_id}/approval",
        dict(approval | {"revision": revision[1]}),
    )
    load(HOME)

    assert loads <= 12
    assert session.scalars(select(TrainingPlan.approved_on)).one() == real_today()


def test_the_first_step_keeps_who_the_institution_is(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    answer = manager.post(START, data=who(name="  Xaltepec   de la Sierra "))

    assert answer.location == f"{START}/people"
    kept = session.get_one(Institution, town.id)
    assert (kept.name, kept.country, kept.timezone) == (
        "Xaltepec de la Sierra",
        "GT",
        "America/Guatemala",
    )
    assert (kept.population, kept.mandate_ends_on) == (20000, date(2027, 9, 30))
    assert 'value="Xaltepec de la Sierra"' in text(manager, START)


def test_what_nobody_knows_may_stay_empty(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    answer = manager.post(START, data=who(population="", mandate_ends_on=""))

    assert answer.status_code == 303
    kept = session.get_one(Institution, town.id)
    assert (kept.population, kept.mandate_ends_on) == (None, None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": ""}, "Write the name of the institution."),
        ({"name": "x" * 201}, "This is too long."),
        ({"country": "XX"}, "Choose one of the list."),
        ({"timezone": "America/Atlantis"}, "Choose one of the list."),
        ({"population": "many"}, "Write a whole number."),
        ({"population": "99999999999"}, "Write a whole number."),
        ({"mandate_ends_on": "2027-02-30"}, "There is no such day."),
        ({"mandate_ends_on": "1900-01-01"}, "mandate"),
    ],
)
def test_a_mistake_in_the_first_step_is_told_and_nothing_is_kept(
    manager: FlaskClient,
    session: Session,
    town: Institution,
    changes: dict[str, str],
    told: str,
) -> None:
    answer = manager.post(START, data=who(**changes))

    assert answer.status_code == 422
    assert told in answer.text
    assert session.get_one(Institution, town.id).country == "MX"


def test_seven_posts_are_offered(manager: FlaskClient) -> None:
    page = text(manager, f"{START}/people?lang=es")

    for title in ("Gerencia de proyectos", "Finanzas", "Enlace internacional"):
        assert f'value="{title}"' in page
    assert page.count("<fieldset") == 7


def test_names_are_typed_or_pasted_and_seats_stay_vacant(
    manager: FlaskClient, session: Session
) -> None:
    pasted = "Ana Robles Tzul\tana@x.example\r\nBETO MÉNDEZ LARA\r\n"

    answer = manager.post(
        f"{START}/people",
        data=staff(PM_names=pasted, TECH_seats="4", LIAISON_seats="0", FIN_names="Eva"),
    )

    assert answer.location == f"{HOME}/plans/proposal"
    seats = session.execute(select(Post.profile_code, Post.seats)).all()
    assert {row.profile_code: row.seats for row in seats} == {
        "HEAD": 1,
        "PM": 2,
        "FIN": 1,
        "MEAL": 1,
        "TECH": 4,
        "ELECTED": 1,
    }
    names = select(User.full_name).join(Appointment, Appointment.user_id == User.id)
    assert set(session.scalars(names)) == {
        "Ana Robles Tzul",
        "Beto Méndez Lara",
        "Eva",
    }
    assert set(session.scalars(select(Appointment.from_on))) == {date(2026, 3, 1)}
    assert [unit.name for unit in session.scalars(select(Unit))] == ["Proyectos"]


def test_a_day_that_nobody_knows_stays_open(
    manager: FlaskClient, session: Session
) -> None:
    manager.post(f"{START}/people", data=staff(since="", PM_names="Ana"))

    assert session.scalars(select(Appointment.from_on)).one() is None


def test_who_is_named_twice_is_one_person_in_two_posts(
    manager: FlaskClient, session: Session
) -> None:
    before = count(session, User)

    manager.post(
        f"{START}/people", data=staff(PM_names="Ana Ruiz", FIN_names="ana ruiz")
    )

    assert count(session, User) == before + 1
    assert count(session, Appointment) == 2


def test_sending_it_twice_is_sending_it_once(
    manager: FlaskClient, session: Session
) -> None:
    form = staff(PM_names="Ana\nBeto", HEAD_names="Eva")
    manager.post(f"{START}/people", data=form)
    tables = (User, Unit, Post, Appointment)
    before = [count(session, table) for table in tables]

    assert manager.post(f"{START}/people", data=form).status_code == 303
    assert [count(session, table) for table in tables] == before


def test_the_second_step_is_kept_and_can_be_added_to(
    manager: FlaskClient, session: Session
) -> None:
    manager.post(f"{START}/people", data=staff(PM_names="Ana Robles"))
    post = session.scalars(select(Post).where(Post.profile_code == "PM")).one()

    page = text(manager, f"{START}/people")
    assert "Ana Robles" in page
    key = f"post{post.id}"
    added = staff() | {f"{key}-seats": "1", f"{key}-names": "Beto Lara"}
    for other in session.scalars(select(Post).where(Post.id != post.id)):
        added |= {f"post{other.id}-seats": "1", f"post{other.id}-names": ""}

    assert manager.post(f"{START}/people", data=added).status_code == 303
    assert count(session, Appointment) == 2
    assert session.get_one(Post, post.id).seats == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"PM_names": "Ana\nAna"}, "Line 2"),
        ({"PM_names": "Ana\tana@@x"}, "is no e-mail address"),
        ({"PM_names": "=1+1"}, "formula"),
        ({"PM_seats": "-1"}, "Write a whole number."),
        ({"PM_seats": "1000"}, "Write a number from 0 to 999."),
        ({"PM_title": ""}, "Write a name of 1 to 120 characters."),
        ({"PM_title": "x" * 121}, "This is too long."),
        ({"since": "2026-13-01"}, "There is no such day."),
    ],
)
def test_a_mistake_in_the_second_step_keeps_what_was_typed_and_stores_nothing(
    manager: FlaskClient, session: Session, changes: dict[str, str], told: str
) -> None:
    before = count(session, User)

    answer = manager.post(
        f"{START}/people", data=staff(**({"FIN_names": "Eva Típica"} | changes))
    )

    assert answer.status_code == 422
    assert told in answer.text
    assert "Eva Típica" in answer.text
    assert (count(session, User), count(session, Post)) == (before, 0)


def test_an_account_from_elsewhere_is_asked_and_told_from_nobody_new(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    eva = make_learner(session, make_town(session, "izalpa"), email="eva@x.example")

    answer = manager.post(f"{START}/people", data=staff(PM_names="Eva\teva@x.example"))

    assert answer.status_code == 303
    asked = session.scalars(select(Admission)).one()
    assert (asked.institution_id, asked.owner_id) == (town.id, eva.id)


def test_with_many_posts_there_is_no_first_day_any_more(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    unit = make_unit(session, town)
    for _ in range(31):
        make_post(session, unit)

    assert manager.get(f"{START}/people").location == f"{HOME}/posts"


def test_the_first_day_belongs_to_its_managers_and_the_coordination(
    client: FlaskClient, session: Session, town: Institution
) -> None:
    izalpa = make_town(session, "izalpa")
    ana = make_learner(session, town)
    appoint(session, ana, make_post(session, make_unit(session, town)))
    for stranger in (make_manager(session, izalpa), ana):
        enter(client, session, stranger)
        for path in (START, f"{START}/people"):
            assert client.get(path).status_code == 404
            assert client.post(path, data=who()).status_code == 404
    enter(client, session, make_coordinator(session))
    assert client.get(START).status_code == 200


def test_pages_of_the_first_day_stay_light(manager: FlaskClient) -> None:
    for path in (START, f"{START}/people"):
        answer = manager.get(f"{path}?lang=es")
        assert len(gzip.compress(answer.data)) < 20_000, path


@pytest.mark.usefixtures("town")
def test_publishing_alone_brings_no_post(session: Session) -> None:
    publish("small-course", SAMPLES)

    assert count(session, Post) == 0
