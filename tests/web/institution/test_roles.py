"""Roles of an institution: given and withdrawn with a password, never the last one."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.institutions import Institution, Membership
from tests.factories import make_membership
from tests.institutions import enter, make_town, real_today
from tests.people import PASSWORD, make_person

ROLES = "/institutions/xaltepec/roles"
CONFIRMED = {"current_password": PASSWORD}


def made(
    session: Session, town: Institution, role: str, name: str, **overrides: Any
) -> User:
    """Make somebody with a role and a password."""
    user = make_person(session, full_name=name, **overrides)
    make_membership(session, user, role, town)
    session.commit()
    return user


@pytest.fixture
def lucia(session: Session, town: Institution) -> User:
    return made(session, town, "manager", "Lucía")


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    return made(session, town, "learner", "Ana Robles")


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def roles_of(session: Session, user: User) -> set[str]:
    """List what somebody holds today."""
    rows = session.scalars(
        select(Membership)
        .where(Membership.user_id == user.id)
        .execution_options(populate_existing=True)
    )
    return {
        row.role
        for row in rows
        if row.from_on <= real_today()
        and (row.to_on is None or row.to_on >= real_today())
    }


def naming(user: User, role: str = "manager", **changes: str) -> dict[str, str]:
    return CONFIRMED | {"person": str(user.id), "role": role} | changes


def test_a_manager_names_another_and_an_observer(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    assert "Lucía" in page(manager.get(ROLES))
    for role in ("manager", "observer", "manager"):
        assert manager.post(ROLES, data=naming(ana, role)).status_code == 303

    assert roles_of(session, ana) == {"learner", "manager", "observer"}
    shown = page(manager.get(ROLES))
    assert f'href="{ROLES}/{ana.id}/manager"' in shown
    acts = session.scalars(select(AuditEntry.act)).all()
    assert acts == ["role-grant", "role-grant"]
    enter(manager, session, ana)
    assert manager.get(ROLES).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"current_password": "another one altogether"}, id="password"),
        pytest.param({"current_password": ""}, id="no password"),
        pytest.param({"role": "coordinator"}, id="coordinator"),
        pytest.param({"role": "trainer"}, id="trainer"),
        pytest.param({"person": "999999"}, id="nobody"),
    ],
)
def test_what_is_not_theirs_to_give_is_refused(
    manager: FlaskClient, session: Session, ana: User, changes: dict[str, str]
) -> None:
    response = manager.post(ROLES, data=naming(ana, **changes))

    assert response.status_code == 422
    assert roles_of(session, ana) == {"learner"}


def test_somebody_from_elsewhere_cannot_be_named(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    other = make_town(session, "yolotepec")
    stranger = made(session, other, "learner", "Beto")

    assert manager.post(ROLES, data=naming(stranger)).status_code == 422
    assert manager.get(f"{ROLES}/{stranger.id}/learner").status_code == 404
    assert roles_of(session, stranger) == {"learner"}


def test_a_role_is_withdrawn_at_once_and_the_person_stays(
    client: FlaskClient, session: Session, town: Institution, lucia: User
) -> None:
    marta = made(session, town, "manager", "Marta")
    enter(client, session, lucia)
    address = f"{ROLES}/{marta.id}/manager"
    assert "They go on belonging" in page(client.get(address))

    wrong = client.post(f"{address}/withdrawal", data={"current_password": "no"})
    assert wrong.status_code == 422
    assert client.post(f"{address}/withdrawal", data=CONFIRMED).status_code == 303

    assert roles_of(session, marta) == {"learner"}
    act = session.scalars(select(AuditEntry.act)).all()
    assert act == ["role-withdraw"]
    enter(client, session, marta)
    assert client.get(ROLES).status_code == 404
    assert client.post(f"{address}/withdrawal", data=CONFIRMED).status_code == 404


def test_the_last_manager_who_can_sign_in_stays(
    manager: FlaskClient, session: Session, town: Institution, lucia: User
) -> None:
    made(session, town, "manager", "Invited", password=None)
    address = f"{ROLES}/{lucia.id}/manager/withdrawal"

    response = manager.post(address, data=CONFIRMED)

    assert response.status_code == 422
    assert "Name another one first" in page(response)
    assert roles_of(session, lucia) == {"manager"}


def test_with_another_one_a_manager_gives_up_their_own(
    manager: FlaskClient, session: Session, town: Institution, lucia: User
) -> None:
    made(session, town, "manager", "Marta")
    address = f"{ROLES}/{lucia.id}/manager"
    assert "It is your own role" in page(manager.get(address))

    response = manager.post(f"{address}/withdrawal", data=CONFIRMED)

    assert response.headers["Location"] == "/me"
    assert manager.get(ROLES).status_code == 404


def test_the_coordination_withdraws_the_last_one_and_names_anew(
    client: FlaskClient, session: Session, lucia: User, ana: User
) -> None:
    clara = make_person(session, full_name="Clara")
    make_membership(session, clara, "coordinator")
    session.commit()
    enter(client, session, clara)

    address = f"{ROLES}/{lucia.id}/manager/withdrawal"
    assert client.post(address, data=CONFIRMED).status_code == 303
    assert roles_of(session, lucia) == {"learner"}
    assert client.post(ROLES, data=naming(ana)).status_code == 303
    assert roles_of(session, ana) == {"learner", "manager"}


def test_only_managers_of_the_institution_see_its_roles(
    client: FlaskClient, session: Session, town: Institution, ana: User, lucia: User
) -> None:
    other = make_town(session, "yolotepec")
    for user in (ana, made(session, other, "manager", "Marta")):
        enter(client, session, user)
        assert client.get(ROLES).status_code == 404
        assert client.post(ROLES, data=naming(ana)).status_code == 404
        assert client.get(f"{ROLES}/{lucia.id}/manager").status_code == 404


def test_the_page_runs_as_many_statements_however_many_there_are(
    manager: FlaskClient, session: Session, town: Institution, statements: list[str]
) -> None:
    counts = []
    for number in range(2):
        made(session, town, "observer", f"Observer {number}")
        manager.get(ROLES)
        statements.clear()
        manager.get(ROLES)
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 3
