"""The queue of the coordination: evidence seen, recognised or refused, told by mail."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.domain.evidence_files import Evidence, EvidenceKind
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.competencies import PriorLearning
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.prior_learning import claims_of
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.prior_learning import Claim, claim_prior_learning
from tests.factories import NOW, sign_in
from tests.institutions import (
    in_days,
    make_coordinator,
    make_learner,
    make_manager,
    make_town,
    real_today,
)
from tests.mails import mails_to

ADDRESS = "/admin/prior-learning"
PDF = b"%PDF-1.7\n%%EOF\n"
LONG_NAME = "María de los Ángeles Guadalupe Hernández-Villavicencio Montúfar"


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def learner(session: Session, town: Institution) -> User:
    return make_learner(
        session, town, LONG_NAME, email="maria@xaltepec.example", locale="es"
    )


@pytest.fixture
def desk(client: FlaskClient, session: Session) -> FlaskClient:
    """Give a coordinator's browser."""
    sign_in(client, session, make_coordinator(session))
    return client


def claim(
    session: Session, town: Institution, user: User, competency: str = "K3"
) -> int:
    claim_prior_learning(
        session,
        user_id=user.id,
        institution_id=town.id,
        claim=Claim(
            competency,
            3,
            "Two years of projects",
            Evidence("acta.pdf", EvidenceKind.PDF, PDF),
            None,
        ),
        now=NOW,
    )
    return claims_of(session, user_id=user.id)[0].id


def text(response: TestResponse) -> str:
    return " ".join(response.get_data(as_text=True).split())


def decide(
    desk: FlaskClient, claim_id: int, decision: str = "recognised", **changed: str
) -> TestResponse:
    data = {
        "decision": decision,
        "level": "2",
        "valid_until": in_days(365).isoformat(),
        "answer": "",
        **changed,
    }
    return desk.post(f"{ADDRESS}/{claim_id}/decision?lang=en", data=data)


def row(session: Session, claim_id: int) -> PriorLearning:
    session.expire_all()
    return session.scalars(
        select(PriorLearning).where(PriorLearning.id == claim_id)
    ).one()


def test_the_queue_lists_what_waits(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    assert "No claim waits" in text(desk.get(f"{ADDRESS}?lang=en"))
    claim_id = claim(session, town, learner)

    page = text(desk.get(f"{ADDRESS}?lang=en"))

    assert "1 claim of prior learning waits" in page
    assert LONG_NAME in page
    assert f'href="{ADDRESS}/{claim_id}"' in page


def test_the_queue_runs_the_same_statements_with_one_and_with_many(
    desk: FlaskClient, session: Session, town: Institution, statements: list[str]
) -> None:
    def count() -> int:
        desk.get(ADDRESS)
        statements.clear()
        desk.get(ADDRESS)
        return len(statements)

    claim(session, town, make_learner(session, town))
    one = count()
    for _ in range(8):
        claim(session, town, make_learner(session, town))

    assert count() == one == 3


def test_the_evidence_comes_as_a_download_that_cannot_run(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    claim_id = claim(session, town, learner)

    response = desk.get(f"{ADDRESS}/{claim_id}/evidence")

    assert response.data == PDF
    assert response.headers["Content-Disposition"] == "attachment; filename=acta.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_recognising_tells_the_person_what_counts_and_what_it_is_not(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    claim_id = claim(session, town, learner)

    response = decide(desk, claim_id, answer="Se ve con claridad.")

    assert response.status_code == 303
    kept = row(session, claim_id)
    assert (kept.decision, kept.level) == ("recognised", 2)
    assert (kept.decided_on, kept.valid_until) == (real_today(), in_days(365))
    (mail,) = mails_to(session, "maria@xaltepec.example")
    assert mail.subject == "Se reconoció su aprendizaje previo"
    assert "con capacitación" in mail.text
    assert "No es una constancia" in " ".join(mail.text.split())
    assert "Se ve con claridad." in mail.text
    assert "/me/prior-learning" in mail.html
    acts = session.scalars(select(AuditEntry.act)).all()
    assert "prior-learning-recognised" in acts


def test_refusing_needs_an_answer_and_tells_it(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    claim_id = claim(session, town, learner)

    silent = decide(desk, claim_id, "refused", answer=" ")
    assert silent.status_code == 422
    assert "Say why" in text(silent)
    assert row(session, claim_id).decision is None

    assert (
        decide(desk, claim_id, "refused", answer="Falta el temario.").status_code == 303
    )
    assert row(session, claim_id).decision == "refused"
    (mail,) = mails_to(session, "maria@xaltepec.example")
    assert mail.subject == "No se reconoció su aprendizaje previo"
    assert "Falta el temario." in mail.text


def test_who_has_no_mailbox_sees_the_answer_on_the_page(
    desk: FlaskClient, session: Session, town: Institution
) -> None:
    user = make_learner(session, town, email=None, username="ana.robles")
    claim_id = claim(session, town, user)

    assert decide(desk, claim_id, answer="Good").status_code == 303

    sign_in(desk, session, user)
    page = text(desk.get("/me/prior-learning?lang=en"))
    assert "Recognised until" in page
    assert "The coordination writes: Good" in page


def test_no_answer_goes_to_an_address_that_nobody_confirmed(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    learner.confirmed_at = None

    assert decide(desk, claim(session, town, learner)).status_code == 303

    assert not mails_to(session, "maria@xaltepec.example")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"valid_until": ""}, "Write until when it is recognised."),
        ({"valid_until": "2027-02-30"}, "There is no such day"),
        (
            {"valid_until": (real_today() - timedelta(days=1)).isoformat()},
            "between today and ten years",
        ),
        ({"valid_until": in_days(4000).isoformat()}, "between today and ten years"),
        ({"answer": "x" * 1001}, "This is too long."),
        ({"level": "5"}, "Level that the evidence shows:"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_decided(
    desk: FlaskClient,
    session: Session,
    town: Institution,
    learner: User,
    changed: dict[str, str],
    said: str,
) -> None:
    claim_id = claim(session, town, learner)

    response = decide(desk, claim_id, **changed)

    assert response.status_code == 422
    assert said in text(response)
    assert row(session, claim_id).decision is None


def test_a_claim_is_decided_once(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    claim_id = claim(session, town, learner)
    decide(desk, claim_id)

    again = decide(desk, claim_id, "refused", answer="No")

    assert again.status_code == 409
    assert "This claim has been answered already." in text(again)
    assert row(session, claim_id).decision == "recognised"
    assert len(mails_to(session, "maria@xaltepec.example")) == 1


@pytest.mark.parametrize("decision", ["", "withdrawn", "maybe"])
def test_there_are_two_decisions(
    desk: FlaskClient,
    session: Session,
    town: Institution,
    learner: User,
    decision: str,
) -> None:
    claim_id = claim(session, town, learner)

    assert decide(desk, claim_id, decision).status_code == 422
    assert row(session, claim_id).decision is None


def test_a_coordinator_does_not_decide_on_their_own_claim(
    client: FlaskClient, session: Session, town: Institution
) -> None:
    clara = make_coordinator(session)
    claim_id = claim(session, town, clara)
    sign_in(client, session, clara)

    page = text(client.get(f"{ADDRESS}/{claim_id}?lang=en"))

    assert "This is your own claim" in page
    assert decide(client, claim_id).status_code == 409


def test_a_recognition_is_taken_back_with_its_day(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    claim_id = claim(session, town, learner)
    decide(desk, claim_id)
    assert "End the recognition today" in text(
        desk.get(f"{ADDRESS}/{claim_id}?lang=en")
    )

    assert desk.post(f"{ADDRESS}/{claim_id}/end").status_code == 303

    assert row(session, claim_id).valid_until == real_today()
    page = text(desk.get(f"{ADDRESS}/{claim_id}?lang=en"))
    assert "End the recognition today" not in page


def test_managers_and_learners_find_no_queue(
    client: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    claim_id = claim(session, town, learner)
    for user in (learner, make_manager(session, town)):
        sign_in(client, session, user)
        for path in (
            ADDRESS,
            f"{ADDRESS}/{claim_id}",
            f"{ADDRESS}/{claim_id}/evidence",
        ):
            assert client.get(path).status_code == 404
        for act in ("decision", "end"):
            data: dict[str, Any] = {"decision": "recognised"}
            assert (
                client.post(f"{ADDRESS}/{claim_id}/{act}", data=data).status_code == 404
            )


def test_what_was_withdrawn_is_nobodys_matter(
    desk: FlaskClient, session: Session, town: Institution, learner: User
) -> None:
    claim_id = claim(session, town, learner)
    row(session, claim_id).decision = "withdrawn"
    session.flush()

    assert desk.get(f"{ADDRESS}/{claim_id}").status_code == 404
    assert desk.get(f"{ADDRESS}/{claim_id}/evidence").status_code == 404
    assert decide(desk, claim_id).status_code == 404


@pytest.mark.parametrize("entry", ["0", "-1", str(2**31), str(2**64), "abc", "%00"])
def test_ids_that_no_claim_has_are_not_there(desk: FlaskClient, entry: str) -> None:
    assert desk.get(f"{ADDRESS}/{entry}").status_code == 404
    assert desk.post(f"{ADDRESS}/{entry}/decision").status_code == 404
