"""A misspelt name is corrected, and what was issued by mistake is revoked by two."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.accounts import User
from conexx_learn.services.enrolment import enrol
from tests.factories import make_membership, make_user
from tests.journeys.front_door import FrontDoor
from tests.learning import SMALL, complete_small_course
from tests.people import PASSWORD, PASSWORD_HASH
from tests.published import publish_sample

REGISTER = "/admin/certificates"
WRONG, RIGHT = "Jose Perez", "José Pérez Cruz"
NUMBER = r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"
VALID = {"es": "Vigente", "en": "Valid"}
REPLACED = {"es": "Sustituida", "en": "Replaced"}
REVOKED = {"es": "Revocada", "en": "Revoked"}


@pytest.fixture(autouse=True)
def _ready_product(app: Flask, session: Session) -> Iterator[None]:
    """Publish a course, and ask every form for its token."""
    publish_sample(session)
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def person(session: Session, name: str, lang: str, role: str = "") -> User:
    user = make_user(session, name, locale=lang, password=PASSWORD_HASH)
    if role:
        make_membership(session, user, role)
    session.commit()
    return user


def browser_of(client: FlaskClient, user: User) -> FrontDoor:
    """Let somebody sign in at a browser of their own."""
    visitor = FrontDoor(client)
    email = user.email or ""
    visitor.open("/sign-in")
    visitor.press("/sign-in", {"email": email, "password": PASSWORD})
    return visitor


def verdict(stranger: FrontDoor, number: str, lang: str) -> str:
    """Verify a number as a stranger does, and read the word of the verdict."""
    stranger.open(f"/verify/{number}?lang={lang}")
    found = re.search(r"<title>([^:<]+):", stranger.page.html)
    assert found, stranger.page.html[:400]
    return found[1].strip()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_from_a_wrong_name_to_a_revocation(
    client: FlaskClient, session: Session, lang: str
) -> None:
    app = client.application
    jose = person(session, WRONG, lang)
    enrol(session, slug=SMALL, user_id=jose.id, lang="en", now=now())
    complete_small_course(session, jose, now=now())
    holder = browser_of(app.test_client(), jose)
    one = browser_of(
        app.test_client(), person(session, "Clara", lang, role="coordinator")
    )
    other = browser_of(
        app.test_client(), person(session, "Tomás", lang, role="coordinator")
    )
    stranger = FrontDoor(app.test_client())

    # The holder notices the name, and asks.
    holder.open("/me/certificates")
    found = re.search(rf'href="/verify/({NUMBER})"', holder.page.html)
    assert found
    old = found[1]
    assert verdict(stranger, old, lang) == VALID[lang]
    holder.follow(f"/me/certificates/{old}/correction")
    holder.press("/correction", {"name": RIGHT})
    assert RIGHT in holder.page.html

    # One of the coordination finds the request on top, and corrects.
    one.open("/me")
    one.follow(REGISTER)
    one.follow(f"{REGISTER}/{old}")
    one.follow(f"{REGISTER}/{old}/correction")
    one.press("/correction")
    new = one.path.rsplit("/", 1)[1]
    assert new != old
    assert verdict(stranger, old, lang) == REPLACED[lang]
    stranger.follow(f"/verify/{new}")
    assert RIGHT in stranger.page.html

    # It turns out that it was issued by mistake: one proposes, the other approves.
    one.follow(f"{REGISTER}/{new}/revocation")
    one.press("/revocation", {"reason": "issued-in-error"})
    assert f"{REGISTER}/{new}/approval" not in one.page.links
    assert verdict(stranger, new, lang) == VALID[lang]
    other.open("/me")
    other.follow(REGISTER)
    other.follow(f"{REGISTER}/{new}")
    other.follow(f"{REGISTER}/{new}/approval")
    other.press("/approval", {"current_password": PASSWORD})
    assert verdict(stranger, new, lang) == REVOKED[lang]
    holder.open("/me")
    assert new in holder.page.html
