"""Limits on guessing: per account, per address, and never for good."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import SignInFailure
from tests.people import enter, make_person

ADDRESS = "ana@xaltepec.example"


@pytest.mark.parametrize("typed", [ADDRESS, "nadie@xaltepec.example"])
def test_the_eleventh_try_at_an_account_waits(
    client: FlaskClient, session: Session, typed: str
) -> None:
    make_person(session, email=ADDRESS)
    for _ in range(10):
        assert enter(client, typed, "no es esta").status_code == 422
    answer = enter(client, typed, "no es esta")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_both_names_of_an_account_share_one_count(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS, username="ana.ruiz")
    for number in range(10):
        enter(client, ADDRESS if number % 2 else "ana.ruiz", "no es esta")
    assert enter(client, ADDRESS, "no es esta").status_code == 429


def test_the_owner_comes_in_again_after_five_minutes(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS)
    for _ in range(15):
        enter(client, ADDRESS, "no es esta")
    before = now() - timedelta(minutes=5)
    session.execute(update(SignInFailure).values(at=before))
    session.commit()
    assert enter(client, ADDRESS).status_code == 303


def test_a_good_sign_in_forgives_the_tries_before(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS)
    for _ in range(3):
        for _ in range(9):
            enter(client, ADDRESS, "no es esta")
        assert enter(client, ADDRESS).status_code == 303
    assert session.scalar(select(func.count()).select_from(SignInFailure)) == 0


def test_one_address_tries_at_most_thirty_times(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS)
    for number in range(30):
        enter(client, f"persona{number}@xaltepec.example", "no es esta")
    assert enter(client, ADDRESS).status_code == 429
    other = {"REMOTE_ADDR": "192.0.2.7"}
    assert (
        client.post(
            "/sign-in", data={"email": "x", "password": "y"}, environ_base=other
        ).status_code
        == 422
    )


def test_a_network_of_version_six_counts_as_one(client: FlaskClient) -> None:
    statuses = [
        client.post(
            "/sign-in",
            data={"email": f"persona{number}", "password": "x"},
            environ_base={"REMOTE_ADDR": f"2001:db8::{number:x}"},
        ).status_code
        for number in range(31)
    ]
    assert statuses == [422] * 30 + [429]


def test_codes_are_not_guessed(client: FlaskClient) -> None:
    statuses = [
        client.get(f"/join/0000-{number:04}").status_code for number in range(31)
    ]
    assert statuses == [404] * 30 + [429]


def test_the_password_asked_again_has_the_same_limit(
    client: FlaskClient, session: Session
) -> None:
    make_person(session, email=ADDRESS)
    enter(client, ADDRESS)
    fields = {"erasure-current_password": "no es esta"}
    for _ in range(10):
        assert client.post("/account/erasure", data=fields).status_code == 422
    assert client.post("/account/erasure", data=fields).status_code == 429


def test_only_misses_of_verification_count(client: FlaskClient) -> None:
    statuses = [client.get("/verify/0000").status_code for _ in range(31)]
    assert statuses == [404] * 30 + [429]
    assert client.get("/verify").status_code == 200
