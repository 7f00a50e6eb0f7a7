"""Who left keeps their record there, and takes the rest of their life along."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.domain.people import PersonTraits
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from tests.factories import make_membership, make_user
from tests.institutions import in_days, make_town

PEOPLE = "/institutions/xaltepec/people"


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    """Somebody who left, works elsewhere, and changed her address since."""
    ana = make_user(session, "Ana Ruiz", email="ana@new.example", password="x")
    make_membership(session, ana, "learner", town).to_on = in_days(-2)
    make_membership(session, ana, "learner", make_town(session, "izalpa"))
    session.commit()
    return ana


@pytest.mark.parametrize("path", ["?who=left", "/{}/edit", "/{}", "?who=left&q=ana"])
def test_their_address_of_today_is_not_shown(
    manager: FlaskClient, ana: User, path: str
) -> None:
    answer = manager.get(PEOPLE + path.format(ana.id))

    assert answer.status_code == 200
    assert "Ana Ruiz" in answer.text
    assert "ana@new.example" not in answer.text


def test_their_address_of_today_is_not_found(manager: FlaskClient, ana: User) -> None:
    answer = manager.get(f"{PEOPLE}?who=left&q=ana@new.example")

    assert "Ana Ruiz" not in answer.text


def test_their_hours_are_not_the_former_institutions_to_set(
    manager: FlaskClient, session: Session, ana: User
) -> None:
    traits = PersonTraits("Ana Ruiz", "ana@new.example", "", ana.weekly_learning_hours)
    data = {"full_name": "Ana Ruiz", "email": "ana@new.example", "username": ""}
    data |= {"weekly_hours": "19", "seen": traits.fingerprint}

    assert manager.post(f"{PEOPLE}/{ana.id}/edit", data=data).status_code == 404
    kept = session.get_one(User, ana.id).weekly_learning_hours
    assert kept == traits.weekly_hours


@pytest.mark.parametrize("act", ["invitation", "appointments"])
def test_nothing_is_made_for_them_before_they_come_back(
    manager: FlaskClient, ana: User, act: str
) -> None:
    answer = manager.post(f"{PEOPLE}/{ana.id}/{act}", data={"new-post": "1"})

    assert answer.status_code in {303, 404, 422}
    assert answer.status_code != 303 or answer.location == f"{PEOPLE}/codes"
