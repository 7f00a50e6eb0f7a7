"""One press invites everybody who may be invited, whoever stands between them."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.models.institutions import Institution
from tests.factories import make_membership
from tests.institutions import in_days, make_learner, make_town
from tests.mails import mails_to

PEOPLE = "/institutions/xaltepec/people"


def invite_all(manager: FlaskClient) -> int:
    return manager.post(f"{PEOPLE}/invitations").status_code


@pytest.mark.parametrize(
    ("role", "has_place"),
    [("learner", True), ("manager", True), ("trainer", False), ("coordinator", False)],
)
def test_who_is_not_the_managers_to_invite_does_not_stop_the_others(
    manager: FlaskClient,
    session: Session,
    town: Institution,
    role: str,
    has_place: bool,
) -> None:
    make_learner(session, town, "Ana", email="ana@x.example")
    beto = make_learner(session, town, "Beto", email="beto@x.example")
    place = make_town(session, "izalpa") if has_place else None
    make_membership(session, beto, role, place)
    session.commit()

    assert "1 person with a mailbox has no" in manager.get(PEOPLE).get_data(True)
    assert invite_all(manager) == 303
    assert len(mails_to(session, "ana@x.example")) == 1
    assert mails_to(session, "beto@x.example") == []


def test_who_held_a_role_elsewhere_is_invited(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    ana = make_learner(session, town, "Ana", email="ana@x.example")
    there = make_membership(session, ana, "learner", make_town(session, "izalpa"))
    there.from_on, there.to_on = in_days(-9), in_days(-1)
    session.commit()

    assert invite_all(manager) == 303
    assert len(mails_to(session, "ana@x.example")) == 1
