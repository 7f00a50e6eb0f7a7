"""Somebody with an account from elsewhere: asked, and added once they agree.

The institution sees the same of them as of anybody new, until they answer.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import AccessCode, OutboxMail, User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Exemption, Requirement
from conexx_learn.models.posts import Appointment, Post
from conexx_learn.models.requests import Admission
from conexx_learn.queries.personal_data import personal_data
from conexx_learn.services import access_codes
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.admissions import accept_admission, refuse_admission
from conexx_learn.services.person_records import traits_of
from tests.factories import NOW
from tests.institutions import (
    enter,
    in_days,
    make_coordinator,
    make_course,
    make_learner,
    make_manager,
    make_plan,
    make_post,
    make_town,
    make_unit,
    requirement,
)

PEOPLE = "/institutions/xaltepec/people"
EVA = "eva@else.example"
STRONG = "cuatro palabras sin relacion 8"


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session, name="Xaltepec")


@pytest.fixture
def post(session: Session, town: Institution) -> Post:
    return make_post(session, make_unit(session, town), title="Finanzas")


@pytest.fixture
def lucia(session: Session, town: Institution) -> User:
    user = make_manager(session, town)
    user.email, user.confirmed_at = "lucia@xaltepec.example", NOW
    session.flush()
    return user


@pytest.fixture
def eva(session: Session) -> User:
    """Eva, who has an account and belongs to another town."""
    izalpa = make_town(session, "izalpa")
    return make_learner(
        session,
        izalpa,
        "Eva Secreta",
        email=EVA,
        username="eva",
        password="joined",
        confirmed_at=NOW,
    )


def fields(**changes: str) -> dict[str, str]:
    return {
        "full_name": "Eva Luna",
        "email": EVA,
        "username": "",
        "weekly_hours": "2",
        "invites": "y",
        "post": "0",
        "from_on": in_days(-10).isoformat(),
    } | changes


def add(
    client: FlaskClient, session: Session, lucia: User, **changes: str
) -> tuple[Admission, User]:
    """Let Lucía add Eva; return what Eva is asked, and who stands in for her."""
    enter(client, session, lucia)
    response = client.post(PEOPLE, data=fields(**changes))
    assert response.status_code == 303, response.text
    asked = session.scalars(select(Admission).order_by(Admission.id.desc())).first()
    assert asked is not None
    assert asked.user_id is not None
    return asked, session.get_one(User, asked.user_id)


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def answer(client: FlaskClient, asked: Admission, decision: str) -> Any:
    return client.post(f"/me/admissions/{asked.id}/answer", data={"decision": decision})


def links(session: Session, part: str) -> list[str]:
    """List the paths of a kind in the mails that wait, the newest first."""
    mails = session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc()))
    return [
        found
        for mail in mails
        for found in re.findall(rf"https?://[^/\s]+({part}[^\s]*)", mail.text)
    ]


def as_everybody(html: str, person: User, identity: str) -> list[str]:
    """Cut a page into its parts, without what differs between any two people."""
    html = html.partition("<main")[2].partition("</main>")[0]
    html = re.sub(r"<input[^>]*name=\"(csrf_token|seen)\"[^>]*>", "", html)
    html = re.sub(rf"/people/{person.id}\b", "/people/…", html)
    html = re.sub(rf'(value="|person-){person.id}"', "…", html)
    for text in (identity, identity.partition("@")[0]):
        html = re.sub(rf"\b{re.escape(text)}\b", "…", html)
    return html.split("<")


@pytest.mark.parametrize(
    ("known", "new"),
    [
        pytest.param({"email": EVA}, {"email": "neu@else.example"}, id="e-mail"),
        pytest.param(
            {"email": "", "username": "eva"},
            {"email": "", "username": "neu"},
            id="username",
        ),
    ],
)
def test_the_institution_sees_what_it_sees_of_anybody_new(
    client: FlaskClient,
    session: Session,
    lucia: User,
    eva: User,
    known: dict[str, str],
    new: dict[str, str],
) -> None:
    seen = []
    enter(client, session, lucia)
    for typed in (known, new):
        response = client.post(PEOPLE, data=fields(**typed))
        person = session.scalars(select(User).order_by(User.id.desc())).first()
        assert person is not None
        identity = typed["email"] or typed["username"]
        pages = [client.get(response.location)]
        pages.extend(
            client.get(path)
            for path in (
                PEOPLE,
                f"{PEOPLE}/{person.id}",
                f"{PEOPLE}/codes",
                "/institutions/xaltepec/roles",
                "/institutions/xaltepec/tell",
            )
        )
        seen.append([as_everybody(page(one), person, identity) for one in pages])
        assert identity in page(pages[0])
        for table in (Membership, AccessCode):
            rows = session.scalars(select(table).where(table.user_id == person.id))
            for row in rows:
                session.delete(row)
        session.flush()

    for known_page, new_page in zip(*seen, strict=True):
        assert known_page == new_page
    assert "Secreta" not in "".join("".join(part) for part in seen[0])


def test_a_second_time_is_told_as_of_anybody_who_is_here(
    client: FlaskClient, session: Session, lucia: User, eva: User
) -> None:
    add(client, session, lucia)

    again = client.post(PEOPLE, data=fields())

    assert again.status_code == 422
    assert "This person is at the institution already" in again.text


def test_the_owner_is_asked_by_mail_and_accepts_with_everything_written_of_them(
    client: FlaskClient,
    session: Session,
    lucia: User,
    eva: User,
    town: Institution,
    post: Post,
) -> None:
    asked, stand_in = add(client, session, lucia, post=str(post.id))
    line = requirement(
        make_course(session, "budget"),
        audience_kind="person",
        audience_key=str(stand_in.id),
    )
    make_plan(session, town, line)
    exempt = Exemption(
        institution_id=town.id,
        user_id=stand_in.id,
        course_id=line.course_id,
        reason="On leave",
        from_on=in_days(0),
        until_on=in_days(9),
        asked_at=NOW,
    )
    session.add(exempt)
    session.flush()
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.recipient == EVA
    assert "Xaltepec" in mail.subject
    link = links(session, "/join/")[0]

    client.post("/sign-out")
    to_page = client.get(link).location
    assert to_page == f"/me/admissions/{asked.id}"
    assert "/sign-in" in client.get(to_page).location
    enter(client, session, eva)
    assert "Xaltepec would like to add you" in page(client.get("/me"))
    assert "Finanzas" in page(client.get(to_page))
    assert answer(client, asked, "accepted").status_code == 303

    session.expire_all()
    rows = session.scalars(
        select(Membership).where(Membership.institution_id == town.id)
    ).all()
    assert {row.user_id for row in rows} == {lucia.id, eva.id}
    assert session.scalars(select(Appointment.user_id)).all() == [eva.id]
    assert session.scalars(select(Exemption.user_id)).all() == [eva.id]
    assert session.scalars(select(Requirement.audience_key)).all() == [str(eva.id)]
    assert session.get(User, stand_in.id) is None
    assert "would like to add you" not in page(client.get("/me"))
    assert client.get(to_page).status_code == 404
    enter(client, session, lucia)
    assert "Eva Secreta" in page(client.get(PEOPLE))


def test_who_says_no_is_let_go_and_the_manager_is_told(
    client: FlaskClient, session: Session, lucia: User, eva: User, post: Post
) -> None:
    asked, stand_in = add(client, session, lucia, post=str(post.id))
    enter(client, session, eva)

    assert answer(client, asked, "refused").status_code == 303

    mail = session.scalars(
        select(OutboxMail).where(OutboxMail.recipient == lucia.email)
    ).one()
    assert "Eva Luna" in mail.text
    assert "Secreta" not in mail.text
    enter(client, session, lucia)
    shown = page(client.get(f"{PEOPLE}/{stand_in.id}/edit"))
    assert "This person does not wish to be added" in shown
    assert "Take the person in again" not in shown
    undone = client.post(f"{PEOPLE}/{stand_in.id}/return")
    assert undone.status_code == 409
    again = client.post(PEOPLE, data=fields())
    assert again.status_code == 422
    assert "not to be added" in again.text
    seen = traits_of(session, session.get_one(User, stand_in.id)).fingerprint
    changed = client.post(
        f"{PEOPLE}/{stand_in.id}/edit",
        data=fields(email="other@else.example", seen=seen),
    )
    assert changed.status_code == 404


def test_a_code_on_paper_tells_nothing_until_the_owner_is_signed_in(
    client: FlaskClient, session: Session, lucia: User, eva: User
) -> None:
    asked, stand_in = add(client, session, lucia, invites="")
    by = Actor(lucia.id, (Place(Role.MANAGER, asked.institution_id),))
    code = access_codes.hand_over_code(session, user_id=stand_in.id, now=now(), by=by)
    client.post("/sign-out")
    shown = page(client.get(f"/join/{code.code}?lang=en"))
    assert "Save and begin" in shown
    taken = client.post(
        f"/join/{code.code}", data={"password": STRONG, "username": EVA}
    )
    assert session.get_one(User, stand_in.id).password is None
    assert taken.status_code == 303
    enter(client, session, eva)
    assert client.get(f"/join/{code.code}").location == f"/me/admissions/{asked.id}"


def test_nobody_answers_for_another(
    client: FlaskClient, session: Session, lucia: User, eva: User, town: Institution
) -> None:
    asked, stand_in = add(client, session, lucia)
    for stranger in (lucia, make_learner(session, town, "Beto"), stand_in):
        enter(client, session, stranger)
        assert client.get(f"/me/admissions/{asked.id}").status_code == 404
        for decision in ("accepted", "refused"):
            assert answer(client, asked, decision).status_code == 404
    assert session.get_one(Admission, asked.id).decision is None


def test_an_answer_is_given_once(
    client: FlaskClient, session: Session, lucia: User, eva: User
) -> None:
    asked, _ = add(client, session, lucia)
    enter(client, session, eva)

    assert answer(client, asked, "perhaps").status_code == 422
    assert answer(client, asked, "accepted").status_code == 303
    for decision in ("accepted", "refused"):
        assert answer(client, asked, decision).status_code == 409


def test_nobody_shows_a_folder_to_an_account_that_stands_in(
    client: FlaskClient, session: Session, lucia: User, eva: User
) -> None:
    asked, stand_in = add(client, session, lucia)

    refused = client.post("/me/folder/readers", data={"colleague": str(stand_in.id)})

    assert refused.status_code == 404
    enter(client, session, eva)
    assert answer(client, asked, "accepted").status_code == 303


@pytest.mark.parametrize("verb", [accept_admission, refuse_admission])
def test_an_answer_in_the_evening_of_the_last_day_counts(
    client: FlaskClient,
    session: Session,
    lucia: User,
    eva: User,
    verb: Callable[..., object],
) -> None:
    asked, stand_in = add(client, session, lucia)
    row = session.scalars(
        select(Membership).where(Membership.user_id == stand_in.id)
    ).one()
    row.to_on = in_days(1)
    session.get_one(Institution, row.institution_id).timezone = "America/Mexico_City"
    session.flush()
    evening = datetime.combine(in_days(2), time(2), tzinfo=UTC)

    verb(session, asked.id, owner_id=eva.id, now=evening)

    assert session.get_one(Admission, asked.id).decision in {"accepted", "refused"}


def test_who_was_let_go_meanwhile_is_asked_no_longer(
    client: FlaskClient, session: Session, lucia: User, eva: User
) -> None:
    asked, stand_in = add(client, session, lucia)
    row = session.scalars(
        select(Membership).where(Membership.user_id == stand_in.id)
    ).one()
    row.to_on = in_days(-1)
    session.flush()
    enter(client, session, eva)

    assert "would like to add you" not in page(client.get("/me"))
    assert answer(client, asked, "accepted").status_code == 409


def test_a_corrected_address_asks_another_owner_or_nobody(
    client: FlaskClient, session: Session, lucia: User, eva: User
) -> None:
    asked, stand_in = add(client, session, lucia)
    path = f"{PEOPLE}/{stand_in.id}/edit"

    def correct(email: str) -> None:
        seen = re.search(r'name="seen"[^>]*value="([^"]+)"', client.get(path).text)
        assert seen
        response = client.post(path, data=fields(email=email, seen=seen[1]))
        assert response.status_code == 303, response.text

    correct("nobody@else.example")
    session.expire_all()
    assert session.scalars(select(Admission)).all() == []
    assert session.get_one(User, stand_in.id).email == "nobody@else.example"
    assert "nobody@else.example" in client.get(path).text

    correct(EVA)
    session.expire_all()
    asked = session.scalars(select(Admission)).one()
    assert (asked.owner_id, asked.user_id) == (eva.id, stand_in.id)
    assert session.get_one(User, stand_in.id).email is None
    assert EVA in client.get(path).text
    told = [mail.recipient for mail in session.scalars(select(OutboxMail))]
    assert told.count(EVA) == 1


def test_the_coordination_adds_without_asking(
    client: FlaskClient, session: Session, town: Institution, eva: User
) -> None:
    enter(client, session, make_coordinator(session))

    client.post(PEOPLE, data=fields())

    assert session.scalars(select(Admission)).all() == []
    rows = session.scalars(select(Membership).where(Membership.user_id == eva.id))
    assert town.id in {row.institution_id for row in rows}


def test_a_list_asks_the_owners_and_reads_as_of_anybody_new(
    client: FlaskClient, session: Session, lucia: User, eva: User, town: Institution
) -> None:
    enter(client, session, lucia)
    content = f"Nombre;Correo;Puesto\nEva Luna;{EVA};Finanzas\n".encode()
    shown = client.post(
        f"{PEOPLE}/import", data={"file": (BytesIO(content), "p.csv")}
    ).location
    assert "a new account" in client.get(shown).text
    assert client.post(shown).status_code == 303

    asked = session.scalars(select(Admission)).one()
    assert (asked.owner_id, asked.email) == (eva.id, EVA)
    again = client.post(
        f"{PEOPLE}/import", data={"file": (BytesIO(content), "p.csv")}
    ).location
    assert "everything" in client.get(again).text.lower()
    enter(client, session, eva)
    assert answer(client, asked, "accepted").status_code == 303
    assert session.scalars(select(Appointment.user_id)).all() == [eva.id]


def test_the_trace_does_not_tell_the_institution_before_the_answer(
    client: FlaskClient, session: Session, lucia: User, eva: User, town: Institution
) -> None:
    asked, _ = add(client, session, lucia)
    enter(client, session, eva)
    answer(client, asked, "accepted")

    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.thing == f"user:{eva.id}")
        .order_by(AuditEntry.id)
    ).all()
    assert [(row.act, row.institution_id) for row in rows] == [
        ("admission-ask", None),
        ("admission-accept", town.id),
    ]


def test_the_owner_finds_it_among_their_own_data_until_they_are_erased(
    client: FlaskClient, session: Session, lucia: User, eva: User
) -> None:
    add(client, session, lucia)

    rows = personal_data(session, user_id=eva.id)["admissions"]
    assert [(row["institution"], row["email"]) for row in rows] == [("Xaltepec", EVA)]

    erase_account(session, user_id=eva.id, now=now())
    assert not session.scalars(select(Admission)).all()
