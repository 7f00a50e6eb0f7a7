"""The people of an institution on pages: listed, added, corrected, invited, let go."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.base import Base
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.posts import Appointment, Post
from tests.factories import make_user
from tests.institutions import (
    appoint,
    enter,
    in_days,
    make_coordinator,
    make_learner,
    make_manager,
    make_post,
    make_town,
    make_unit,
    real_today,
)
from tests.mails import mails_to

T = TypeVar("T", User, Appointment)
PEOPLE = "/institutions/xaltepec/people"


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def manager(client: FlaskClient, session: Session, town: Institution) -> FlaskClient:
    return enter(client, session, make_manager(session, town))


@pytest.fixture
def chief(session: Session, town: Institution) -> Post:
    return make_post(session, make_unit(session, town, "Obras"), title="Jefatura")


def text(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def fields(**changes: str) -> dict[str, str]:
    values = {"full_name": "Ana Ruiz", "email": "", "username": "", "weekly_hours": "2"}
    return values | {"post": "0", "from_on": ""} | changes


def reloaded(session: Session, row: T) -> T:
    """Read a row again: a request ends the session of the test."""
    return session.get_one(type(row), row.id)


def seen_in(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


# The list ---------------------------------------------------------------------------


def test_an_institution_with_nobody_is_led_to_the_import(
    client: FlaskClient, session: Session, town: Institution
) -> None:
    enter(client, session, make_coordinator(session))

    page = text(client, PEOPLE)

    assert "Nobody yet" in page
    assert f'href="{PEOPLE}/import"' in page


def test_the_list_shows_posts_and_how_each_signs_in(
    manager: FlaskClient, session: Session, town: Institution, chief: Post
) -> None:
    ana = make_learner(session, town, "Ana Ruiz", email="ana@x.example")
    appoint(session, ana, chief, from_on=None)
    make_learner(session, town, "Beto", email=None, username="beto", password="x")

    page = text(manager, PEOPLE)

    assert "Jefatura" in page
    assert "first day missing" in page
    assert "ana@x.example" in page
    assert "Not invited" in page
    assert "Signs in" in page


def test_the_list_is_narrowed_by_its_address(
    manager: FlaskClient, session: Session, town: Institution, chief: Post
) -> None:
    ana = make_learner(session, town, "Ana Ruiz")
    appoint(session, ana, chief)
    make_learner(session, town, "Beto Ruiz")

    assert "Beto Ruiz" not in text(manager, f"{PEOPLE}?unit={chief.unit_id}")
    assert "Ana Ruiz" not in text(manager, f"{PEOPLE}?who=without-post")
    assert "Beto Ruiz" in text(manager, f"{PEOPLE}?q=BETO")
    assert "Nobody fits" in text(manager, f"{PEOPLE}?q=zzz")


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=99999", "unit=x", "post=-7", "who=boss"]
)
def test_what_makes_no_sense_in_the_address_is_left_out(
    manager: FlaskClient, session: Session, town: Institution, query: str
) -> None:
    make_learner(session, town, "Ana Ruiz")

    assert "Ana Ruiz" in text(manager, f"{PEOPLE}?{query}")


def test_many_people_come_in_pages_of_fifty(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    for number in range(60):
        make_learner(session, town, f"Ana {number:02}")

    first, second = text(manager, PEOPLE), text(manager, f"{PEOPLE}?page=2")

    assert "1 to 50 of 61" in first
    assert "Ana 00" in first
    assert "Ana 00" not in second
    assert "Page 2 of 2" in second


def test_the_list_runs_six_statements_whatever_its_length(
    manager: FlaskClient,
    session: Session,
    town: Institution,
    chief: Post,
    statements: list[str],
) -> None:
    counts = []
    for number in (1, 30):
        for index in range(number):
            appoint(session, make_learner(session, town, f"Ana {index}"), chief)
        manager.get(PEOPLE)
        statements.clear()
        assert manager.get(PEOPLE).status_code == 200
        counts.append(len(statements))

    assert counts == [6, 6]


# Added ------------------------------------------------------------------------------


def test_somebody_is_added_into_a_post_and_invited_at_once(
    manager: FlaskClient, session: Session, chief: Post
) -> None:
    answer = manager.post(
        PEOPLE,
        data=fields(
            email="ana@x.example", post=str(chief.id), from_on="2026-03-01", invites="y"
        ),
    )

    assert answer.status_code == 303
    ana = session.scalars(select(User).where(User.email == "ana@x.example")).one()
    assert answer.location == f"{PEOPLE}/{ana.id}/edit"
    appointment = session.scalars(select(Appointment)).one()
    assert (appointment.user_id, str(appointment.from_on)) == (ana.id, "2026-03-01")
    assert len(mails_to(session, "ana@x.example")) == 1


def test_without_the_tick_nobody_is_mailed(
    manager: FlaskClient, session: Session
) -> None:
    manager.post(PEOPLE, data=fields(email="ana@x.example"))

    assert mails_to(session, "ana@x.example") == []
    assert count(session, AccessCode) == 0


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"full_name": ""}, "Write the name of the person."),
        ({"full_name": "x" * 201}, "This is too long."),
        ({"email": "ana@@x"}, "neither an e-mail address nor a username"),
        ({"username": "a b"}, "neither an e-mail address nor a username"),
        ({"weekly_hours": "21"}, "Write a whole number from 0 to 20."),
        ({"weekly_hours": "two"}, "Write a whole number."),
        ({"post": "999999"}, "Choose one of the list."),
        ({"from_on": "2026-02-31"}, "There is no such day."),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(
    manager: FlaskClient,
    session: Session,
    chief: Post,
    changes: dict[str, str],
    told: str,
) -> None:
    before = count(session, User)

    answer = manager.post(PEOPLE, data=fields(**changes))

    assert answer.status_code == 422
    assert told in answer.text
    kept = next(iter(changes.values()))
    assert kept in answer.text or changes.keys() & {"post"}
    assert count(session, User) == before


def test_an_appointment_that_is_refused_takes_the_person_back_too(
    manager: FlaskClient, session: Session, chief: Post
) -> None:
    before = count(session, User)

    answer = manager.post(PEOPLE, data=fields(post=str(chief.id), from_on="1900-01-01"))

    assert answer.status_code == 422
    assert "Check the dates" in answer.text
    assert count(session, User) == before


def test_an_account_from_elsewhere_is_told_from_nobody_new(
    manager: FlaskClient, session: Session
) -> None:
    make_user(session, "Eva Secreta", email="eva@else.example")

    answer = manager.post(PEOPLE, data=fields(email="eva@else.example"))

    assert answer.status_code == 303
    shown = manager.get(answer.location).text
    assert "eva@else.example" in shown
    assert "Eva Secreta" not in shown


# Corrected --------------------------------------------------------------------------


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    return make_learner(session, town, "Ana Ruiz", email="ana@x.example")


def test_a_person_is_corrected_and_the_old_address_is_told(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    path = f"{PEOPLE}/{ana.id}/edit"
    seen = seen_in(text(manager, path))

    answer = manager.post(
        path, data=fields(full_name="Ana María", email="new@x.example", seen=seen)
    )

    assert answer.status_code == 303
    ana = reloaded(session, ana)
    assert (ana.full_name, ana.email) == ("Ana María", "new@x.example")
    assert len(mails_to(session, "ana@x.example")) == 1


def test_the_second_of_two_managers_is_told_and_keeps_what_was_typed(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    path = f"{PEOPLE}/{ana.id}/edit"
    seen = seen_in(text(manager, path))
    manager.post(path, data=fields(email="ana@x.example", weekly_hours="4", seen=seen))

    late = manager.post(
        path, data=fields(full_name="Ana Tarde", email="ana@x.example", seen=seen)
    )

    assert late.status_code == 409
    assert "Somebody else changed this" in late.text
    assert "Ana Tarde" in late.text
    ana = reloaded(session, ana)
    assert ana.full_name == "Ana Ruiz"
    again = manager.post(
        path,
        data=fields(
            full_name="Ana Tarde", email="ana@x.example", seen=seen_in(late.text)
        ),
    )
    assert again.status_code == 303


def test_a_name_of_sixty_letters_is_shown_whole(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    name = "María Guadalupe de los Ángeles Hernández Xicoténcatl y Barrios"
    maria = make_learner(session, town, name)

    assert name in text(manager, PEOPLE)
    assert name in text(manager, f"{PEOPLE}/{maria.id}/edit")


# Appointments -----------------------------------------------------------------------


def term(**changes: str) -> dict[str, str]:
    return {"kind": "holder", "from_on": "", "to_on": ""} | changes


def prefixed(values: dict[str, str]) -> dict[str, str]:
    return {f"new-{name}": value for name, value in values.items()}


def test_a_person_is_put_into_a_post_corrected_and_out_again(
    manager: FlaskClient, session: Session, ana: User, chief: Post
) -> None:
    path = f"{PEOPLE}/{ana.id}/appointments"
    begun = manager.post(path, data=prefixed(term(post=str(chief.id))))
    assert begun.status_code == 303
    row = session.scalars(select(Appointment)).one()
    page = text(manager, f"{path}/{row.id}")

    corrected = manager.post(
        f"{path}/{row.id}",
        data=term(kind="deputy", from_on="2026-03-01", seen=seen_in(page)),
    )
    ended = manager.post(f"{path}/{row.id}/end", data={"end-last_day": "2026-06-30"})

    assert (corrected.status_code, ended.status_code) == (303, 303)
    row = reloaded(session, row)
    assert (row.kind, str(row.from_on), str(row.to_on)) == (
        "deputy",
        "2026-03-01",
        "2026-06-30",
    )


def test_an_overlap_is_refused_beside_the_form(
    manager: FlaskClient, session: Session, ana: User, chief: Post
) -> None:
    appoint(session, ana, chief)

    answer = manager.post(
        f"{PEOPLE}/{ana.id}/appointments",
        data=prefixed(term(post=str(chief.id), from_on="2026-03-01")),
    )

    assert answer.status_code == 422
    assert "already in that post" in answer.text
    assert 'value="2026-03-01"' in answer.text
    assert count(session, Appointment) == 1


@pytest.mark.parametrize(
    ("act", "data", "told"),
    [
        ("", term(from_on="2026-05-01", to_on="2026-01-01"), "Check the dates"),
        ("", term(from_on="yesterday"), "There is no such day."),
        ("/end", {"end-last_day": ""}, "Write the whole date."),
        ("/end", {"end-last_day": "2001-01-01"}, "Check the dates"),
    ],
)
def test_impossible_days_of_an_appointment_are_told(
    manager: FlaskClient,
    session: Session,
    ana: User,
    chief: Post,
    act: str,
    data: dict[str, str],
    told: str,
) -> None:
    row = appoint(session, ana, chief)
    path = f"{PEOPLE}/{ana.id}/appointments/{row.id}"
    seen = seen_in(text(manager, path))

    answer = manager.post(f"{path}{act}", data={**data, "seen": seen})

    assert answer.status_code == 422
    assert told in answer.text
    row = reloaded(session, row)
    assert row.to_on is None


def test_an_appointment_of_today_is_taken_back(
    manager: FlaskClient, session: Session, ana: User, chief: Post
) -> None:
    path = f"{PEOPLE}/{ana.id}/appointments"
    manager.post(path, data=prefixed(term(post=str(chief.id))))
    row = session.scalars(select(Appointment)).one()

    assert "Entered by mistake?" in text(manager, f"{path}/{row.id}")
    assert manager.post(f"{path}/{row.id}/withdrawal").status_code == 303
    assert count(session, Appointment) == 0


def test_an_older_appointment_is_not_taken_back(
    manager: FlaskClient, session: Session, ana: User, chief: Post
) -> None:
    row = appoint(session, ana, chief)
    path = f"{PEOPLE}/{ana.id}/appointments/{row.id}"

    assert "Entered by mistake?" not in text(manager, path)
    assert manager.post(f"{path}/withdrawal").status_code == 409
    assert count(session, Appointment) == 1


# Let go -----------------------------------------------------------------------------


def test_who_leaves_is_asked_for_once_more_and_can_come_back(
    manager: FlaskClient, session: Session, ana: User, chief: Post
) -> None:
    row = appoint(session, ana, chief)
    page = text(manager, f"{PEOPLE}/{ana.id}/leaving")
    assert "The appointment to “Jefatura” ends on the same day" in page

    answer = manager.post(
        f"{PEOPLE}/{ana.id}/leaving", data={"last_day": in_days(-1).isoformat()}
    )

    assert answer.status_code == 303
    row = reloaded(session, row)
    assert row.to_on == real_today() - timedelta(days=1)
    assert "Ana Ruiz" not in text(manager, PEOPLE)
    assert "Ana Ruiz" in text(manager, f"{PEOPLE}?who=left")
    assert manager.post(f"{PEOPLE}/{ana.id}/return").status_code == 303
    assert "Ana Ruiz" in text(manager, PEOPLE)


def test_who_left_loses_what_the_role_let_see_with_the_next_request(
    manager: FlaskClient,
    session: Session,
    town: Institution,
    client: FlaskClient,
) -> None:
    other = make_manager(session, town, "Marta")
    theirs = client.application.test_client()
    enter(theirs, session, other)
    assert theirs.get(PEOPLE).status_code == 200

    manager.post(
        f"{PEOPLE}/{other.id}/leaving", data={"last_day": real_today().isoformat()}
    )

    assert theirs.get(PEOPLE).status_code == 404


@pytest.mark.parametrize("last_day", ["", "31/02/2026", "1900-01-01"])
def test_an_impossible_last_day_lets_nobody_go(
    manager: FlaskClient, session: Session, ana: User, last_day: str
) -> None:
    answer = manager.post(f"{PEOPLE}/{ana.id}/leaving", data={"last_day": last_day})

    assert answer.status_code == 422
    rows = session.scalars(select(Membership).where(Membership.user_id == ana.id))
    assert [row.to_on for row in rows] == [None]


def test_nobody_lets_themselves_go(
    client: FlaskClient, session: Session, town: Institution
) -> None:
    me = make_manager(session, town)
    enter(client, session, me)
    path = f"{PEOPLE}/{me.id}/leaving"

    assert client.get(path).status_code == 404
    answer = client.post(path, data={"last_day": real_today().isoformat()})
    assert answer.status_code == 422
    assert "You cannot let yourself leave." in answer.text


# Invited ----------------------------------------------------------------------------


def test_one_person_is_invited_again(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    path = f"{PEOPLE}/{ana.id}/invitation"

    assert manager.post(path).status_code == 303
    assert manager.post(path).status_code == 303

    assert len(mails_to(session, "ana@x.example")) == 2
    open_codes = select(AccessCode).where(AccessCode.used_at.is_(None))
    assert len(session.scalars(open_codes).all()) == 1


def test_who_has_no_mailbox_gets_a_code_on_paper(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    beto = make_learner(session, town, "Beto", email=None, username="beto")

    answer = manager.post(f"{PEOPLE}/{beto.id}/invitation")

    assert answer.location == f"{PEOPLE}/codes"


def test_everybody_who_waits_is_invited_at_once(
    manager: FlaskClient, session: Session, town: Institution, ana: User
) -> None:
    make_learner(session, town, "Beto", email=None, username="beto")
    make_learner(session, town, "Carla", email="carla@x.example", password="x")
    assert "1 person with a mailbox has no invitation yet" in text(manager, PEOPLE)

    answer = manager.post(f"{PEOPLE}/invitations")

    assert answer.status_code == 303
    assert len(mails_to(session, "ana@x.example")) == 1
    assert mails_to(session, "carla@x.example") == []


# Who may not ------------------------------------------------------------------------


@pytest.fixture
def addresses(
    session: Session, town: Institution, ana: User, chief: Post
) -> Callable[[], list[tuple[str, str]]]:
    """List every address of these pages with a real id in it."""
    row = appoint(session, ana, chief)

    def listed() -> list[tuple[str, str]]:
        one = f"{PEOPLE}/{ana.id}"
        gets = ["", "/new", f"/{ana.id}/edit", f"/{ana.id}/leaving"]
        return [
            *(("GET", f"{PEOPLE}{path}") for path in gets),
            ("GET", f"{one}/appointments/{row.id}"),
            ("POST", PEOPLE),
            ("POST", f"{PEOPLE}/invitations"),
            ("POST", f"{one}/edit"),
            ("POST", f"{one}/invitation"),
            ("POST", f"{one}/leaving"),
            ("POST", f"{one}/return"),
            ("POST", f"{one}/appointments"),
            ("POST", f"{one}/appointments/{row.id}"),
            ("POST", f"{one}/appointments/{row.id}/end"),
            ("POST", f"{one}/appointments/{row.id}/withdrawal"),
        ]

    return listed


def test_others_find_no_such_page(
    client: FlaskClient,
    session: Session,
    town: Institution,
    addresses: Callable[[], list[tuple[str, str]]],
) -> None:
    izalpa = make_town(session, "izalpa")
    strangers = [make_manager(session, izalpa), make_learner(session, town)]
    listed, before = addresses(), count(session, User)
    for stranger in strangers:
        enter(client, session, stranger)
        for method, path in listed:
            assert client.open(path, method=method).status_code == 404, path
    assert count(session, User) == before + 0


def test_a_visitor_is_asked_to_sign_in(
    client: FlaskClient, addresses: Callable[[], list[tuple[str, str]]]
) -> None:
    for method, path in addresses():
        answer = client.open(path, method=method)
        assert answer.status_code == 303, path
        assert answer.location.startswith("/sign-in"), path


def test_ids_of_other_institutions_are_not_there(
    manager: FlaskClient, session: Session, town: Institution, ana: User, chief: Post
) -> None:
    izalpa = make_town(session, "izalpa")
    eva = make_learner(session, izalpa, "Eva")
    foreign = appoint(session, eva, make_post(session, make_unit(session, izalpa)))
    mine = appoint(session, ana, chief)
    paths = [
        ("GET", f"{PEOPLE}/{eva.id}/edit"),
        ("POST", f"{PEOPLE}/{eva.id}/edit"),
        ("POST", f"{PEOPLE}/{eva.id}/leaving"),
        ("POST", f"{PEOPLE}/{eva.id}/return"),
        ("POST", f"{PEOPLE}/{eva.id}/invitation"),
        ("GET", f"{PEOPLE}/{eva.id}/appointments/{foreign.id}"),
        ("GET", f"{PEOPLE}/{ana.id}/appointments/{foreign.id}"),
        ("POST", f"{PEOPLE}/{ana.id}/appointments/{foreign.id}/end"),
        ("POST", f"{PEOPLE}/{ana.id}/appointments/{foreign.id}/withdrawal"),
        ("GET", f"{PEOPLE}/{eva.id}/appointments/{mine.id}"),
    ]

    for method, path in paths:
        assert manager.open(path, method=method).status_code == 404, path
    foreign = reloaded(session, foreign)
    assert foreign.to_on is None


@pytest.mark.parametrize(
    "entry", ["0", "-1", str(2**31), str(2**63), "abc", "9" * 400, "%00"]
)
def test_ids_that_no_row_has_are_not_there(
    manager: FlaskClient, ana: User, entry: str
) -> None:
    for path in (
        f"{PEOPLE}/{entry}/edit",
        f"{PEOPLE}/{entry}/leaving",
        f"{PEOPLE}/{ana.id}/appointments/{entry}",
    ):
        assert manager.get(path).status_code == 404, path
