"""Every door of a town, tried by everybody whose door it is not.

The doors are read from the application: one that is built tomorrow is tried tomorrow.
"""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Exemption, Priority
from conexx_learn.models.posts import PeopleFile
from conexx_learn.services.frameworks import load_standards
from tests.call_entries import enter as enter_call
from tests.factories import NOW, make_membership, make_user, sign_in
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
    requirement,
)

WAYS = ("GET", "POST")
ARGUMENT = re.compile(r"<(?:[^:<>]+:)?([a-z_]+)>")
FIGURES = "readiness.show"
"""What observers may see of the members of their own association."""


@pytest.fixture
def keys(
    manager: FlaskClient, session: Session, town: Institution, lucia: User
) -> dict[str, str]:
    """Fill a town, and return a real row for each part of an address."""
    load_standards(session, now=NOW)
    post = make_post(session, make_unit(session, town))
    ana = make_learner(session, town)
    seat = appoint(session, ana, post)
    course = make_course(session, "budget")
    line = requirement(course)
    plan = make_plan(session, town, line, is_approved=False)
    exemption = Exemption(
        institution_id=town.id,
        user_id=ana.id,
        course_id=course.id,
        reason="Has done it",
        from_on=in_days(0),
        until_on=in_days(9),
        asked_at=NOW,
    )
    priority = Priority(
        institution_id=town.id,
        rank=1,
        title="Water",
        political_owner="Mayor",
        source_document="Plan",
        created_at=NOW,
    )
    file = PeopleFile(
        institution_id=town.id,
        name="people.csv",
        content=b"Nombre\nAna",
        sent_at=NOW,
        sent_by=lucia.id,
    )
    session.add_all([exemption, priority, file])
    session.commit()
    enter_call(manager)
    rows = {
        "user": ana.id,
        "post": post.id,
        "unit": post.unit_id,
        "appointment": seat.id,
        "plan": plan.id,
        "requirement": line.id,
        "exemption": exemption.id,
        "priority": priority.id,
        "file": file.id,
        "call": session.scalar(select(CallCheck.id)),
    }
    return {f"{name}_id": str(key) for name, key in rows.items()}


def doors(app: Flask) -> list[tuple[str, Rule]]:
    """List every way into the pages of a town."""
    return [
        (way, rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/institutions/<slug>")
        for way in WAYS
        if way in (rule.methods or ())
    ]


def address(rule: Rule, keys: dict[str, str], slug: str = "xaltepec") -> str:
    known = keys | {"slug": slug, "kind": "csv", "role": "manager"}
    return ARGUMENT.sub(lambda found: known.get(found[1], "1"), rule.rule)


def opened(
    app: Flask, browser: FlaskClient, keys: dict[str, str], slug: str = "xaltepec"
) -> set[str]:
    """Return which doors are there for somebody."""
    return {
        f"{way} {rule.endpoint}"
        for way, rule in doors(app)
        if browser.open(address(rule, keys, slug), method=way).status_code != 404
    }


def acts(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def strangers(session: Session, town: Institution) -> Iterator[tuple[str, User]]:
    """Make everybody who has no business on these pages."""
    other = make_town(session, "izalpa")
    association = make_town(session, "asociacion", kind="association")
    yield "a learner of the town", make_learner(session, town, "Beto")
    yield "a manager of another town", make_manager(session, other, "Mara")
    trainer = make_user(session, "Tere")
    make_membership(session, trainer, "trainer")
    yield "a trainer", trainer
    observer = make_user(session, "Olga")
    make_membership(session, observer, "observer", association)
    yield "an observer of another association", observer
    late = make_user(session, "Lalo")
    ended = make_membership(session, late, "manager", town)
    ended.from_on, ended.to_on = in_days(-9), in_days(-1)
    yield "whose role ended yesterday", late
    early = make_user(session, "Elsa")
    make_membership(session, early, "manager", town).from_on = in_days(1)
    yield "whose role begins tomorrow", early


def test_the_doors_are_there_for_the_manager(
    app: Flask, manager: FlaskClient, keys: dict[str, str]
) -> None:
    known = keys.keys() | {"slug", "kind"}
    pages = [
        rule for way, rule in doors(app) if way == "GET" and rule.arguments <= known
    ]

    for rule in pages:
        assert manager.get(address(rule, keys)).status_code != 404, rule.rule


def test_strangers_find_none_of_them_and_change_nothing(
    app: Flask, session: Session, town: Institution, keys: dict[str, str]
) -> None:
    people = list(strangers(session, town))
    session.commit()
    before = acts(session)

    found = {
        who: opened(app, enter(app.test_client(), session, user), keys)
        for who, user in people
    }

    assert {who: there for who, there in found.items() if there} == {}
    assert acts(session) == before


def test_an_observer_finds_the_figures_alone(
    app: Flask, session: Session, town: Institution, keys: dict[str, str]
) -> None:
    association = make_town(session, "asociacion", kind="association")
    observer = make_user(session, "Olga")
    make_membership(session, observer, "observer", association)
    session.get_one(Institution, town.id).association_id = association.id
    session.commit()
    browser = enter(app.test_client(), session, observer)

    assert opened(app, browser, keys) == {f"GET {FIGURES}"}


def test_who_was_suspended_is_asked_to_sign_in(
    app: Flask, session: Session, lucia: User, manager: FlaskClient
) -> None:
    session.get_one(User, lucia.id).active = False
    session.commit()

    for path in ("", "/people", "/plans"):
        answer = manager.get(f"/institutions/xaltepec{path}")
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in")


def test_rows_of_one_town_are_not_there_under_another(
    app: Flask, session: Session, manager: FlaskClient, keys: dict[str, str]
) -> None:
    with_rows = [
        (way, rule) for way, rule in doors(app) if keys.keys() & rule.arguments
    ]
    both = make_town(session, "izalpa")
    users = make_manager(session, both, "Mara"), make_coordinator(session)
    before = acts(session)

    for user in users:
        browser = app.test_client()
        sign_in(browser, session, user)
        for way, rule in with_rows:
            path = address(rule, keys, "izalpa")
            status = browser.open(path, method=way, data={"revision": "1"}).status_code
            assert status == 404, f"{way} {path}"
    assert acts(session) == before


def test_no_act_without_the_token_of_a_page(
    app: Flask,
    session: Session,
    manager: FlaskClient,
    keys: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    before = acts(session)

    for way, rule in doors(app):
        if way == "POST":
            answer = manager.post(
                address(rule, keys),
                data={"revision": "1"},
                headers={"X-HTTP-Method-Override": "GET"},
            )
            assert answer.status_code == 400, rule.endpoint
    assert acts(session) == before


def test_nothing_is_done_by_following_a_link(
    app: Flask, session: Session, manager: FlaskClient, keys: dict[str, str]
) -> None:
    before = acts(session)

    for _way, rule in doors(app):
        answer = manager.get(address(rule, keys))
        assert answer.status_code in {200, 303, 404, 405, 409, 422}, rule.rule
        assert answer.headers["Cache-Control"] == "no-store"
    assert acts(session) == before
