"""“This is not for me”: asked on my page, answered by the manager, told by mail."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Exemption, TrainingPlan
from conexx_learn.models.requests import ExemptionRequest
from conexx_learn.queries.institution_facts import institution_place
from conexx_learn.queries.personal_data import personal_data
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.exemption_requests import Grant, grant_request
from tests.factories import NOW
from tests.institutions import (
    appoint,
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
    real_today,
    requirement,
)

MINE = "/me/required-courses/important"
ASK = f"{MINE}/requests"
EXEMPTIONS = "/institutions/xaltepec/exemptions"
WISH = {"reason": "I no longer write projects", "until_on": ""}


@pytest.fixture
def town(session: Session) -> Institution:
    """A town whose plan asks an important and a critical course."""
    town = make_town(session)
    lines = [
        requirement(make_course(session, slug), weight=weight)
        for weight, slug in ((2, "important"), (3, "critical"))
    ]
    make_plan(session, town, *lines)
    return town


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    user = make_learner(
        session, town, "Ana Robles", email="ana@xaltepec.example", confirmed_at=NOW
    )
    appoint(session, user, make_post(session, make_unit(session, town)))
    return user


@pytest.fixture
def lucia(session: Session, town: Institution) -> User:
    return make_manager(session, town)


def page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def asked(session: Session) -> ExemptionRequest:
    return session.scalars(
        select(ExemptionRequest).execution_options(populate_existing=True)
    ).one()


def ask(
    client: FlaskClient, session: Session, user: User, course: str = "important"
) -> ExemptionRequest:
    enter(client, session, user)
    response = client.post(f"/me/required-courses/{course}/requests", data=WISH)
    assert response.status_code == 303
    return asked(session)


def answer(decision: str, **changes: str) -> dict[str, str]:
    return {
        "decision": decision,
        "until_on": in_days(60).isoformat(),
        "reason": "Other tasks until spring",
        "answer": "Agreed with your head",
    } | changes


def standing_of_course(html: str) -> str:
    return html.partition("Curso IMPORTANT")[2].partition("</li>")[0]


def test_granting_holds_the_institution_before_the_request(
    client: FlaskClient,
    session: Session,
    town: Institution,
    ana: User,
    lucia: User,
    statements: list[str],
) -> None:
    """As giving an exemption does: two that hold in turn would wait for each other."""
    row = ask(client, session, ana)
    place = institution_place(session, slug=town.slug)
    assert place is not None
    by = Actor(lucia.id, (Place(Role.MANAGER, town.id),))
    statements.clear()

    grant_request(
        session, place, row.id, Grant(in_days(60), "Other tasks", ""), by=by, now=now()
    )

    read = [one.partition("FROM ")[2].split(maxsplit=1)[0] for one in statements[:2]]
    assert read == ["institution", "exemption_request"]


def test_a_request_is_sent_once_and_changes_nothing_yet(
    client: FlaskClient, session: Session, ana: User
) -> None:
    enter(client, session, ana)
    assert f'href="{MINE}#request">This is not for me' in page(client.get("/me"))
    assert "This is not for me" in page(client.get(MINE))

    for _ in range(2):
        assert client.post(ASK, data=WISH).status_code == 303

    row = asked(session)
    assert (row.reason, row.until_on, row.decision) == (WISH["reason"], None, None)
    shown = page(client.get("/me"))
    assert "your training manager still has to answer" in shown
    assert "Not started" in standing_of_course(shown)
    assert "Send the request" not in page(client.get(MINE))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"reason": " "}, "Write why.", id="no reason"),
        pytest.param({"reason": "x" * 301}, "This is too long.", id="too long"),
        pytest.param(
            {"until_on": in_days(-1).isoformat()},
            "The last day lies before the first",
            id="past",
        ),
        pytest.param(
            {"until_on": in_days(3000).isoformat()}, "five years at most", id="too far"
        ),
        pytest.param({"until_on": "31/02/2027"}, "There is no such day", id="no day"),
    ],
)
def test_a_request_that_cannot_be_is_told_and_keeps_what_was_typed(
    client: FlaskClient,
    session: Session,
    ana: User,
    changes: dict[str, str],
    told: str,
) -> None:
    enter(client, session, ana)

    response = client.post(ASK, data=WISH | changes)

    assert response.status_code == 422
    assert told in page(response)
    assert not session.scalars(select(ExemptionRequest)).all()


def test_a_request_is_taken_back_while_it_waits(
    client: FlaskClient, session: Session, ana: User
) -> None:
    row = ask(client, session, ana)
    address = f"/me/exemption-requests/{row.id}/withdrawal"

    assert client.post(address).status_code == 303
    assert asked(session).decision == "withdrawn"
    assert client.post(address).status_code == 409
    assert client.post(ASK, data=WISH).status_code == 303


def test_nobody_takes_back_or_sees_what_another_asked(
    client: FlaskClient, session: Session, ana: User, town: Institution
) -> None:
    row = ask(client, session, ana)
    enter(client, session, make_learner(session, town, "Beto"))

    assert client.get(MINE).status_code == 404
    withdrawal = client.post(f"/me/exemption-requests/{row.id}/withdrawal")
    assert withdrawal.status_code == 404
    assert client.post(ASK, data=WISH).status_code == 404
    assert asked(session).decision is None


def test_the_manager_sees_it_beside_the_cases_and_grants_it(
    client: FlaskClient, session: Session, ana: User, lucia: User
) -> None:
    row = ask(client, session, ana)
    enter(client, session, lucia)
    for place in ("exceptions", "exemptions"):
        listed = page(client.get(f"/institutions/xaltepec/{place}"))
        assert f'href="{EXEMPTIONS}/requests/{row.id}">Ana Robles' in listed
    shown = page(client.get(f"{EXEMPTIONS}/requests/{row.id}"))
    assert "I no longer write projects" in shown

    response = client.post(
        f"{EXEMPTIONS}/requests/{row.id}/decision", data=answer("granted")
    )

    assert response.status_code == 303
    given = session.scalars(select(Exemption)).one()
    assert (given.from_on, given.until_on) == (real_today(), in_days(60))
    assert given.reason == "Other tasks until spring"
    row = asked(session)
    assert (row.decision, row.exemption_id) == ("granted", given.id)
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.recipient == "ana@xaltepec.example"
    assert "Agreed with your head" in mail.text
    enter(client, session, ana)
    assert "You need not take it until" in page(client.get("/me"))
    mine = page(client.get(MINE))
    assert "Agreed with your head" in mine
    assert "Send the request" not in mine


def test_a_refusal_needs_its_answer_and_leaves_the_standing(
    client: FlaskClient, session: Session, ana: User, lucia: User
) -> None:
    row = ask(client, session, ana)
    enter(client, session, lucia)
    address = f"{EXEMPTIONS}/requests/{row.id}/decision"

    silent = client.post(address, data=answer("refused", answer=" "))
    assert silent.status_code == 422
    assert "Say why" in page(silent)
    assert client.post(address, data=answer("refused")).status_code == 303

    assert asked(session).decision == "refused"
    assert not session.scalars(select(Exemption)).all()
    assert "Agreed with your head" in session.scalars(select(OutboxMail)).one().text
    assert "Requests that were answered" in page(client.get(EXEMPTIONS))
    enter(client, session, ana)
    shown = page(client.get("/me"))
    assert "it was not given" in shown
    assert "Not started" in standing_of_course(shown)
    assert "Send the request" in page(client.get(MINE))


def test_from_a_critical_course_the_coordination_decides(
    client: FlaskClient, session: Session, ana: User, lucia: User
) -> None:
    row = ask(client, session, ana, "critical")
    enter(client, session, lucia)
    address = f"{EXEMPTIONS}/requests/{row.id}"
    assert "the coordination is asked" in page(client.get(address))
    client.post(f"{address}/decision", data=answer("granted"))
    assert not session.scalars(select(OutboxMail)).all()
    enter(client, session, ana)
    mine = page(client.get("/me/required-courses/critical"))
    assert "Waits for the coordination" in mine

    enter(client, session, make_coordinator(session))
    given = session.scalars(select(Exemption)).one()
    decided = client.post(
        f"{EXEMPTIONS}/{given.id}/decision", data={"decision": "refuse"}
    )

    assert decided.status_code == 303
    assert "not given" in session.scalars(select(OutboxMail)).one().text
    enter(client, session, ana)
    assert "Not given" in page(client.get("/me/required-courses/critical"))


def test_an_exemption_given_directly_answers_the_request(
    client: FlaskClient, session: Session, ana: User, lucia: User
) -> None:
    row = ask(client, session, ana)
    enter(client, session, lucia)
    client.post(
        EXEMPTIONS,
        data={
            "person": str(ana.id),
            "course": "important",
            "reason": "On leave",
            "from_on": in_days(0).isoformat(),
            "until_on": in_days(60).isoformat(),
        },
    )

    assert asked(session).decision == "granted"
    address = f"{EXEMPTIONS}/requests/{row.id}/decision"
    assert client.post(address, data=answer("refused")).status_code == 409


def test_nobody_answers_their_own_request(
    client: FlaskClient, session: Session, town: Institution, lucia: User
) -> None:
    appoint(session, lucia, make_post(session, make_unit(session, town)))
    row = ask(client, session, lucia)
    address = f"{EXEMPTIONS}/requests/{row.id}"

    assert "This is your own request" in page(client.get(address))
    response = client.post(f"{address}/decision", data=answer("granted"))

    assert response.status_code == 409
    assert asked(session).decision is None


def test_a_request_to_another_institution_does_not_exist(
    client: FlaskClient, session: Session, ana: User, lucia: User
) -> None:
    row = ask(client, session, ana)
    other = make_town(session, "yolotepec")
    enter(client, session, make_manager(session, other, "Marta"))

    for slug in ("xaltepec", "yolotepec"):
        address = f"/institutions/{slug}/exemptions/requests/{row.id}"
        assert client.get(address).status_code == 404
        response = client.post(f"{address}/decision", data=answer("granted"))
        assert response.status_code == 404
    assert asked(session).decision is None


def test_who_no_longer_owes_the_course_can_only_be_refused(
    client: FlaskClient, session: Session, ana: User, lucia: User, town: Institution
) -> None:
    row = ask(client, session, ana)
    for plan in session.scalars(select(TrainingPlan)):
        plan.completed_on = in_days(-1)
    session.flush()
    enter(client, session, lucia)
    address = f"{EXEMPTIONS}/requests/{row.id}"

    assert "you can only refuse" in page(client.get(address))
    granted = client.post(f"{address}/decision", data=answer("granted"))
    assert granted.status_code == 422
    refused = client.post(f"{address}/decision", data=answer("refused"))
    assert refused.status_code == 303


def test_every_step_leaves_its_trace(
    client: FlaskClient, session: Session, ana: User, lucia: User
) -> None:
    row = ask(client, session, ana)
    enter(client, session, lucia)
    client.post(f"{EXEMPTIONS}/requests/{row.id}/decision", data=answer("refused"))

    acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["exemption-request", "exemption-request-refuse"]


def test_the_page_runs_as_many_statements_however_much_was_asked(
    client: FlaskClient, session: Session, ana: User, statements: list[str]
) -> None:
    enter(client, session, ana)
    counts = []
    for _ in range(2):
        client.get(MINE)
        statements.clear()
        client.get(MINE)
        counts.append(len(statements))
        row = ask(client, session, ana) if not counts[1:] else None
        if row is not None:
            client.post(f"/me/exemption-requests/{row.id}/withdrawal")

    assert counts[0] == counts[1] <= 9


def test_an_erased_account_forgets_what_it_asked(
    client: FlaskClient, session: Session, ana: User
) -> None:
    ask(client, session, ana)
    erase_account(session, user_id=ana.id, now=now())

    row = asked(session)
    assert (row.reason, row.answer, row.decision) == ("", "", "withdrawn")


def test_what_was_asked_is_among_ones_own_data(
    client: FlaskClient, session: Session, ana: User
) -> None:
    ask(client, session, ana)

    rows = personal_data(session, user_id=ana.id)["exemption_requests"]

    assert [(row["course"], row["reason"]) for row in rows] == [
        ("important", WISH["reason"])
    ]


def test_an_answer_goes_to_a_confirmed_mailbox_alone(
    client: FlaskClient, session: Session, ana: User, lucia: User
) -> None:
    row = ask(client, session, ana)
    session.get_one(User, ana.id).confirmed_at = None
    session.flush()
    enter(client, session, lucia)

    client.post(f"{EXEMPTIONS}/requests/{row.id}/decision", data=answer("refused"))

    assert not session.scalars(select(OutboxMail)).all()
