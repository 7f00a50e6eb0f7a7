"""`flask readiness`: the figures of the worked numbers, from the database."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.facts import InstitutionFacts
from tests.sample_institutions import (
    AS_OF,
    chorti_sur,
    harribide,
    izalpa,
    san_jacinto,
    xaltepec,
)
from tests.stored_institutions import store_institution

VECTORS = json.loads(
    (Path(__file__).parent.parent / "domain_vectors.json").read_text(encoding="utf-8")
)["demo"]


def figures(
    app: Flask, session: Session, sample: Callable[[], InstitutionFacts]
) -> list[dict[str, Any]]:
    store_institution(session, sample(), slug="town")
    session.commit()
    result = app.test_cli_runner().invoke(
        args=["readiness", "town", "--as-of", AS_OF.isoformat(), "--format", "json"]
    )
    assert result.exit_code == 0, result.output
    found: list[dict[str, Any]] = json.loads(result.output)
    return found


def as_written(share: list[int]) -> str:
    return f"{share[0]}/{share[1]}"


def test_the_figures_of_xaltepec(app: Flask, session: Session) -> None:
    (plan,) = figures(app, session, xaltepec)
    wanted = VECTORS["A"]

    assert plan["label"] == wanted["label"]
    assert as_written(plan["seats"]) == wanted["seats"]
    assert as_written(plan["people"]) == wanted["people"]
    assert as_written(plan["due"]) == wanted["due"]
    assert plan["with_progress"] == wanted["progress"]
    assert plan["seats"][1] == wanted["W"]
    for key in ("unmet", "critical", "overdue"):
        assert plan[key] == wanted[key]
    assert plan["forecast"] == {"p50": wanted["p50"], "p85": wanted["p85"]}
    assert plan["weekly"] == [0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0]
    vacant = [one for one in plan["obligations"] if one["person"] is None]
    assert {one["standing"] for one in vacant} == {"vacant"}
    assert {one["course"] for one in vacant} == {"C5", "C9"}


def test_the_figures_of_izalpa(app: Flask, session: Session) -> None:
    (plan,) = figures(app, session, izalpa)
    wanted = VECTORS["B"]

    assert plan["label"] == wanted["label"]
    assert as_written(plan["seats"]) == wanted["seats"]
    assert as_written(plan["due"]) == wanted["due"]
    assert plan["with_progress"] == wanted["progress"]
    assert (plan["unmet"], plan["overdue"]) == (wanted["unmet"], wanted["overdue"])
    assert plan["forecast"] is None


def test_two_plans_are_two_objects_the_most_urgent_first(
    app: Flask, session: Session
) -> None:
    host, first = figures(app, session, harribide)

    assert (host["label"], first["label"]) == ("ON TRACK", "READY")
    assert as_written(first["seats"]) == VECTORS["C"]["seats"]
    assert host["forecast"] == {
        "p50": VECTORS["C2"]["p50"],
        "p85": VECTORS["C2"]["p85"],
    }


def test_a_plan_past_its_end_is_still_told(app: Flask, session: Session) -> None:
    (plan,) = figures(app, session, chorti_sur)

    assert plan["label"] == VECTORS["D"]["label"]


def test_without_a_plan_the_list_is_empty(app: Flask, session: Session) -> None:
    assert figures(app, session, san_jacinto) == []


def test_the_text_is_for_people(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    store_institution(session, xaltepec(), slug="town")
    session.commit()

    result = app.test_cli_runner().invoke(
        args=["readiness", "town", "--as-of", AS_OF.isoformat()]
    )

    assert "AT RISK" in result.output
    assert "cumplido 11/39" in result.output
    assert "entre 33 y 41 semanas" in result.output


def test_a_day_that_is_none_is_one_line_and_exit_1(
    app: Flask, session: Session
) -> None:
    store_institution(session, xaltepec(), slug="town")
    session.commit()

    result = app.test_cli_runner().invoke(args=["readiness", "town", "--as-of", "soon"])

    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert "soon" in result.output


def test_an_unknown_institution_is_one_line_and_exit_1(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["readiness", "nowhere"])

    assert result.exit_code == 1
    assert len(result.output.strip().splitlines()) == 1
    assert "nowhere" in result.output
