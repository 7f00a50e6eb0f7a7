"""Attacks on what trainers see and grant: text stays text, foreign stays foreign."""

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.repairs import Appeal
from conexx_learn.queries.repairs import course_id_of
from conexx_learn.services.accounts import erase_account
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.learning import (
    begin_attempt,
    enrolled_user,
    submit,
)
from tests.mails import mails_to
from tests.published import publish_sample
from tests.voids import voiding_copy

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def trainer_of(client: FlaskClient, session: Session, slug: str | None) -> User:
    person = make_user(session, "Iker Far")
    town = make_institution(session, slug) if slug else None
    make_membership(session, person, "trainer", town)
    sign_in(client, session, person)
    return person


def test_times_of_few_are_hidden_too(client: FlaskClient, session: Session) -> None:
    """A median of one attempt is the time that one person took."""
    publish_sample(session)
    user = enrolled_user(session)
    submit(
        session, user, begin_attempt(session, user, "the-well", now=now()), now=now()
    )
    trainer_of(client, session, None)

    page = client.get("/trainer/courses/small-course/statistics?lang=en").text

    assert "fewer than 5 learners" in page
    assert "Half of the attempts took" not in page


@pytest.fixture
def sent(session: Session, ana: User) -> Appeal:
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    submit(session, ana, attempt_id, now=now())
    appeal = Appeal(
        user_id=ana.id,
        course_id=course_id_of(session, slug="small-course"),
        attempt_id=attempt_id,
        question_id="well-single",
        statement=XSS,
        sent_at=now(),
        answer="",
    )
    session.add(appeal)
    session.commit()
    return appeal


def test_a_report_is_text_wherever_it_is_shown(
    client: FlaskClient, session: Session, ana: User, sent: Appeal
) -> None:
    trainer_of(client, session, None)
    page = client.get(f"/trainer/appeals/{sent.id}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    data = {"outcome": "explained", "answer": XSS}
    assert (
        client.post(f"/trainer/appeals/{sent.id}/answer", data=data).status_code == 303
    )
    (mail,) = mails_to(session, ana.email or "")
    assert "<script>alert" not in mail.html
    sign_in(client, session, ana)
    for path in (
        f"/attempts/{sent.attempt_id}",
        f"/attempts/{sent.attempt_id}/questions/well-single/appeal",
    ):
        assert "<script>alert" not in client.get(path).text
    with zipfile.ZipFile(io.BytesIO(client.get("/me/data").data)) as archive:
        assert b"<script>alert" not in archive.read("data.html")


def test_a_trainer_of_another_institution_reads_no_report(
    client: FlaskClient, session: Session, ana: User, sent: Appeal
) -> None:
    ana.full_name = "Ana Robles Unmistakable"
    make_membership(session, ana, "learner", make_institution(session))
    session.commit()
    trainer_of(client, session, "izalpa")

    listed = client.get("/trainer/courses/small-course/appeals")
    assert listed.status_code == 200
    assert ana.full_name not in listed.text
    assert client.get(f"/trainer/appeals/{sent.id}").status_code == 404
    data = {"outcome": "explained", "answer": "x"}
    assert (
        client.post(f"/trainer/appeals/{sent.id}/answer", data=data).status_code == 404
    )


def test_an_answered_report_of_an_erased_account_is_still_a_page(
    client: FlaskClient, session: Session, ana: User, sent: Appeal
) -> None:
    trainer_of(client, session, None)
    data = {"outcome": "explained", "answer": "x"}
    client.post(f"/trainer/appeals/{sent.id}/answer", data=data)
    erase_account(session, user_id=ana.id, now=now())
    session.commit()

    assert client.get(f"/trainer/appeals/{sent.id}").status_code == 200
    assert client.get("/trainer/courses/small-course/appeals").status_code == 200


def test_the_dry_run_names_nobody_of_another_institution(
    app: Flask,
    client: FlaskClient,
    session: Session,
    ana: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ana.full_name = "Ana Robles Unmistakable"
    make_membership(session, ana, "learner", make_institution(session))
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    submit(session, ana, attempt_id, now=now())
    monkeypatch.setitem(app.config, "COURSES", voiding_copy(tmp_path))
    trainer_of(client, session, "izalpa")

    page = client.get("/trainer/courses/small-course/repair?lang=en").text

    assert "1 result would rise" in page
    assert ana.full_name not in page


@pytest.mark.parametrize(
    ("percent", "reason"),
    [
        *(
            (value, "x")
            for value in ("-1", "401", "1e2", "9" * 5000, "50.5", "", "NaN")
        ),
        ("50", ""),
        ("50", "x" * 301),
        ("50", "\u2028 \t"),
    ],
)
def test_more_time_that_nobody_can_grant_is_asked_again(
    client: FlaskClient, session: Session, ana: User, percent: str, reason: str
) -> None:
    trainer_of(client, session, None)
    attempt_id = begin_attempt(session, ana, "the-well", now=now())
    place = f"/trainer/courses/small-course/extra-time/{ana.id}"
    before = session.get_one(Attempt, attempt_id).deadline_at

    sent = {"percent": percent, "reason": reason}
    assert client.post(place, data=sent).status_code == 422
    name = f"attempt{attempt_id}"
    minutes = {f"{name}-minutes": percent if reason == "x" else "5"}
    minutes[f"{name}-reason"] = reason
    answer = client.post(f"{place}/attempts/{attempt_id}", data=minutes)
    assert answer.status_code == 422

    session.expire_all()
    assert session.get_one(User, ana.id).extra_time_percent == 0
    assert session.get_one(Attempt, attempt_id).deadline_at == before


def test_minutes_for_an_attempt_of_somebody_else_are_not_given(
    client: FlaskClient, session: Session, ana: User
) -> None:
    other = enrolled_user(session)
    attempt_id = begin_attempt(session, other, "the-well", now=now())
    trainer_of(client, session, None)
    data = {f"attempt{attempt_id}-minutes": "5", f"attempt{attempt_id}-reason": "x"}

    for course, person, status in (
        ("small-course", ana.id, 404),
        ("second-course", other.id, 404),
        ("small-course", 2**63, 404),
        ("small-course", other.id, 303),
    ):
        place = f"/trainer/courses/{course}/extra-time/{person}"
        answer = client.post(f"{place}/attempts/{attempt_id}", data=data)
        assert answer.status_code == status
