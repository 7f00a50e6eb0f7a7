"""Texts that people type: without signs nobody sees, and never more than texts."""

import csv
from io import StringIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Priority, Requirement, TrainingPlan
from tests.institutions import (
    appoint,
    in_days,
    make_course,
    make_learner,
    make_plan,
    make_post,
    make_unit,
    requirement,
)

TOWN = "/institutions/xaltepec"
TURNED = "Agua\u202e aicnegru\x07 \u2066limpia\u200b"
PLAIN = "Agua aicnegru limpia"


def test_no_title_turns_the_direction_of_writing(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    priority = {"political_owner": TURNED, "source_document": TURNED}
    manager.post(f"{TOWN}/strategy", data=priority | {"title": TURNED})
    days = {"starts_on": in_days(0).isoformat(), "ends_on": in_days(90).isoformat()}
    plan = {"title": TURNED, "target_percent": "90", "hours_budget": ""}
    manager.post(f"{TOWN}/plans", data=plan | days)

    row = session.scalars(select(Priority)).one()
    assert {row.title, row.political_owner, row.source_document} == {PLAIN}
    assert session.scalars(select(TrainingPlan.title)).one() == PLAIN


@pytest.mark.parametrize("text", ["\u202e", "\u200b \x07", "\u2066\u2069"])
def test_a_title_of_nothing_that_is_seen_is_none(
    manager: FlaskClient, session: Session, town: Institution, text: str
) -> None:
    data = {"political_owner": "A", "source_document": "B", "title": text}

    answer = manager.post(f"{TOWN}/strategy", data=data)

    assert answer.status_code == 422
    assert session.scalars(select(Priority)).all() == []


@pytest.mark.parametrize(
    "text", ["\U0001f6b0 Agua para todos", "ניהול פרויקטים", "مياه نظيفة", "水の管理"]
)
def test_every_script_stays_as_it_was_typed(
    manager: FlaskClient, session: Session, town: Institution, text: str
) -> None:
    data = {"political_owner": "A", "source_document": "B", "title": text}

    manager.post(f"{TOWN}/strategy", data=data)

    assert session.scalars(select(Priority.title)).one() == text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b"])
def test_no_cell_of_a_file_is_calculated(
    manager: FlaskClient, session: Session, town: Institution, sign: str
) -> None:
    formula = f'{sign}HYPERLINK("http://x.example")'
    unit = make_unit(session, town, f"{formula} unit")
    post = make_post(session, unit, title=f"{formula} post")
    appoint(session, make_learner(session, town, f"{formula} name"), post)
    make_plan(session, town, requirement(make_course(session, "budget")))

    answer = manager.get(f"{TOWN}/readiness.csv")

    rows = list(csv.reader(StringIO(answer.get_data().decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert sum(formula in cell for cell in cells) == 3
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\uff1d\uff0b"))]


def test_a_reason_is_a_text_on_every_page(
    manager: FlaskClient, session: Session, town: Institution
) -> None:
    evil = "<script>alert(1)</script>{{ 7919 * 7907 }}%s%(x)s"
    post = make_post(session, make_unit(session, town, evil), title=evil)
    ana = make_learner(session, town, evil)
    appoint(session, ana, post)
    line = requirement(make_course(session, "budget"), reason_text=evil)
    plan = make_plan(session, town, line, title=evil)
    session.commit()

    for path in (
        *("", "/people", f"/people/{ana.id}", f"/people/{ana.id}/edit", "/plans"),
        *(f"/plans/{plan.id}", "/exceptions", "/exemptions/new", "/readiness"),
        *("/posts", f"/posts/{post.id}", f"/posts/{post.id}/readiness", "/tell"),
    ):
        answer = manager.get(f"{TOWN}{path}")
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text, path
        assert "62615533" not in answer.text, path
    assert session.scalars(select(Requirement.reason_text)).one() == evil
