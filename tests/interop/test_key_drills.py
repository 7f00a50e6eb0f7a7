"""Drills with the operator's commands: keys follow one another, and keys are lost."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuanceEntry
from tests.interop.forged_rows import forged_certificate, forged_line
from tests.interop.issuer_site import Issued
from tests.interop.opinions import opinions
from tests.interop.product_issuer import Place, sign_everything
from tests.learning import complete_small_course, enrolled_user

SOUND = {"json": "", "jwt": ""}
LOST = {"json": "key", "jwt": "key"}


@pytest.fixture
def issued(session: Session, place: Place, certificate: Certificate) -> Issued:
    return fetched(place, certificate)


def fetched(place: Place, certificate: Certificate) -> Issued:
    return place.issued(certificate.uuid, at=now(), email="ana@xaltepec.example")


def run(app: Flask, *words: str) -> Any:
    """Run a command as the operator types it."""
    done = app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    return done


def lose_keys(app: Flask, issued: Issued) -> None:
    for address in (issued.method, issued.kid):
        run(app, "keys", "compromise", address, "--yes")


def test_what_a_retired_key_signed_is_still_accepted(
    app: Flask, session: Session, place: Place, issued: Issued
) -> None:
    run(app, "keys", "rotate", "--now")
    sign_everything(place)
    complete_small_course(session, enrolled_user(session, now=now()), now=now())
    sign_everything(place)

    newest = session.scalars(select(Certificate).order_by(Certificate.id)).all()[-1]
    later = fetched(place, newest)

    assert {issued.method, issued.kid}.isdisjoint({later.method, later.kid})
    assert opinions(place, issued) == SOUND
    assert opinions(place, later) == SOUND


def test_a_new_key_is_published_before_it_signs(
    app: Flask, place: Place, certificate: Certificate, issued: Issued
) -> None:
    before = json.loads(place.today(issued).site["/.well-known/did.json"].body)

    run(app, "keys", "rotate")
    sign_everything(place)

    document = json.loads(place.today(issued).site["/.well-known/did.json"].body)
    assert len(before["assertionMethod"]) == 2
    assert len(document["assertionMethod"]) == 4
    assert fetched(place, certificate).method == issued.method
    assert opinions(place, issued) == SOUND


def test_what_a_lost_key_signed_is_refused_from_that_moment(
    app: Flask, place: Place, issued: Issued
) -> None:
    lose_keys(app, issued)

    assert opinions(place, issued) == LOST


def test_what_the_log_knows_is_signed_anew(
    app: Flask, place: Place, certificate: Certificate, issued: Issued
) -> None:
    lose_keys(app, issued)
    sign_everything(place)

    again = fetched(place, certificate)

    assert opinions(place, again) == SOUND
    assert opinions(place, issued) == LOST
    kept = ("id", "validFrom", "awardedDate", "credentialSubject", "credentialStatus")
    assert {name: again.credential[name] for name in kept} == {
        name: issued.credential[name] for name in kept
    }
    assert {name: again.payload[name] for name in kept} == {
        name: issued.payload[name] for name in kept
    }


def test_the_holder_is_asked_to_download_it_again(
    app: Flask, session: Session, certificate: Certificate, issued: Issued
) -> None:
    email = session.get_one(User, certificate.user_id).email
    before = session.scalar(select(func.count()).select_from(OutboxMail)) or 0

    lose_keys(app, issued)

    letters = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()[before:]
    assert [letter.recipient for letter in letters] == [email]


def test_a_certificate_that_is_not_in_the_log_is_not_signed_anew(
    app: Flask, session: Session, place: Place, certificate: Certificate, issued: Issued
) -> None:
    """Who had the key and the database cannot launder a forgery through the drill."""
    forged = forged_certificate(session, certificate, issued)
    lose_keys(app, issued)

    sign_everything(place)
    sign_everything(place)

    assert place.fetch(f"/credentials/{forged.uuid}.json") is None
    assert session.scalar(select(func.count()).select_from(IssuanceEntry)) == 1
    assert run(app, "certificates", "log").exit_code == 0


def test_a_line_outside_of_the_chain_signs_nothing_anew(
    app: Flask, session: Session, place: Place, certificate: Certificate, issued: Issued
) -> None:
    forged = forged_certificate(session, certificate, issued)
    forged_line(session, forged)
    lose_keys(app, issued)

    sign_everything(place)

    assert place.fetch(f"/credentials/{forged.uuid}.json") is None
    assert opinions(place, fetched(place, certificate)) == SOUND


def test_claims_that_are_not_those_of_the_log_are_not_signed_anew(
    app: Flask, session: Session, place: Place, certificate: Certificate, issued: Issued
) -> None:
    claims = certificate.claims | {"holder": "Otra Persona"}
    session.execute(update(Certificate).values(claims=claims))
    session.commit()
    lose_keys(app, issued)

    refusals = sign_everything(place).refusals

    assert [each.number for each in refusals] == [certificate.number]
    assert place.fetch(f"/credentials/{certificate.uuid}.json") is None
