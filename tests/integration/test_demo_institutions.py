"""The town halls of the demonstration: every figure that its story promises."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.labels import PlanLabel
from conexx_learn.domain.readiness.plan_exceptions import ExceptionKind
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness
from conexx_learn.domain.readiness.situation import Situation, situation
from conexx_learn.domain.readiness.standings import Standing
from conexx_learn.domain.readiness.tally import Share
from conexx_learn.models.accounts import OutboxMail, User
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.certification import CertificateRequirement
from conexx_learn.models.competencies import PriorLearning
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Exemption
from conexx_learn.models.registry import db
from conexx_learn.queries.catalogue import course_place
from conexx_learn.queries.institution_facts import institution_facts, institution_place
from conexx_learn.queries.reminders import people_to_tell
from conexx_learn.services.demo_people import FIDEL, INSTITUTIONS, JACINTA, MANAGERS
from tests.conftest import _rolled_back
from tests.demonstration import load_demo, publish_required_courses
from tests.factories import NOW

VECTORS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "domain_vectors.json").read_text(encoding="utf-8")
)["demo"]
MOMENTS = (
    pytest.param(NOW, id="now"),
    # Still yesterday in Mexico, and a day that most years do not have.
    pytest.param(datetime(2028, 2, 29, 3, tzinfo=UTC), id="leap-day-at-night"),
    # Already tomorrow, and next year, in Madrid.
    pytest.param(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), id="last-evening"),
)


@dataclass(frozen=True)
class Told:
    """What is there after loading, read before it is rolled back.

    Attributes:
        now: When it was loaded.
        towns: Slug to how it stands on that day.
        people: Slug to how many learners there are, leavers included.
        newer: Identity to the version that the person is offered in the first course.
        calls: Slug to the last days of its calls that are not put aside.
        decisions: Of claims of prior learning, sorted.
        asked: How many exemptions wait for the coordination.
        observed: Slugs that the association sees.
        satisfied: How many requirements certificates name.
        waiting: Who waits at Xaltepec to be told something in person: usernames.
        mails: How many letters were written.
    """

    now: datetime
    towns: dict[str, Situation]
    people: dict[str, int]
    newer: dict[str, tuple[int, int] | None]
    calls: dict[str, list[date]]
    decisions: list[str | None]
    asked: int
    observed: set[str]
    satisfied: int
    waiting: set[str | None]
    mails: int

    def plan(self, slug: str, title: str = "") -> PlanReadiness:
        return next(p for p in self.towns[slug].plans if title in p.plan.title)


@pytest.fixture(scope="module", params=MOMENTS)
def told(migrated_app: Flask, request: pytest.FixtureRequest) -> Iterator[Told]:
    with migrated_app.app_context(), contextmanager(_rolled_back)(migrated_app):
        publish_required_courses(db.session())
        assert load_demo(now=request.param)
        yield _read(db.session(), request.param)


def _read(session: Session, now: datetime) -> Told:
    waiting = (Exemption.approved_at.is_(None), Exemption.refused_at.is_(None))
    parent = select(Institution.id).where(Institution.kind == "association")
    return Told(
        now=now,
        towns={slug: _situation(session, slug, now) for slug in MANAGERS},
        people={slug: _people(session, slug) for slug in MANAGERS},
        newer={
            identity: course_place(
                session,
                slug="eu-financing-instruments",
                user_id=_id(session, identity),
            ).newer_version
            for identity in (FIDEL, "rosa@izalpa.example", "olga@izalpa.example")
        },
        calls={slug: _deadlines(session, slug) for slug in MANAGERS},
        decisions=sorted(
            session.scalars(select(PriorLearning.decision)), key=lambda one: one or ""
        ),
        asked=session.scalars(select(func.count(Exemption.id)).where(*waiting)).one(),
        observed=set(
            session.scalars(
                select(Institution.slug).where(Institution.association_id.in_(parent))
            )
        ),
        satisfied=session.scalars(
            select(func.count()).select_from(CertificateRequirement)
        ).one(),
        waiting=_waiting(session, now),
        mails=session.scalars(
            select(func.count(OutboxMail.id)).where(OutboxMail.key.like("digest.%"))
        ).one(),
    )


def _situation(session: Session, slug: str, now: datetime) -> Situation:
    place = institution_place(session, slug=slug)
    assert place is not None
    day = place.today(now)
    known = institution_facts(session, place=place, as_of=day, lang="es")
    return situation(known, day)


def _waiting(session: Session, now: datetime) -> set[str | None]:
    place = institution_place(session, slug="xaltepec")
    assert place is not None
    ids = people_to_tell(session, institution_id=place.id, day=place.today(now))
    return set(session.scalars(select(User.username).where(User.id.in_(ids))))


def _people(session: Session, slug: str) -> int:
    return session.scalars(
        select(func.count(Membership.id))
        .join(Institution, Institution.id == Membership.institution_id)
        .where(Institution.slug == slug, Membership.role == "learner")
    ).one()


def _deadlines(session: Session, slug: str) -> list[date]:
    rows = session.scalars(
        select(CallCheck.deadline_at)
        .join(Institution, Institution.id == CallCheck.institution_id)
        .where(Institution.slug == slug, CallCheck.archived_at.is_(None))
    )
    return [deadline.date() for deadline in rows]


def _id(session: Session, identity: str) -> int:
    who = (User.email == identity) | (User.username == identity)
    return session.scalars(select(User.id).where(who)).one()


def _share(text: str) -> Fraction:
    part, whole = text.split("/")
    return Fraction(int(part), int(whole))


def _exact(share: Share) -> str:
    return f"{share.part}/{share.whole}"


@pytest.mark.parametrize(
    ("slug", "vector"), [("xaltepec", "A"), ("izalpa", "B"), ("harribide", "C")]
)
def test_the_figures_of_a_plan_are_those_promised(
    told: Told, slug: str, vector: str
) -> None:
    expected = VECTORS[vector]
    plan = told.plan(slug, "Plan de")
    figures = plan.counted
    found: dict[str, object] = {
        "W": figures.seats.whole,
        "seats": _exact(figures.seats),
        "people": _exact(figures.people),
        "progress": figures.seats_with_progress.value,
        "due": _exact(figures.due),
        "unmet": figures.unmet,
        "critical": figures.critical,
        "overdue": figures.overdue,
        "p50": plan.foretold.p50_weeks,
        "p85": plan.foretold.p85_weeks,
        "label": plan.label,
    }
    wanted = {
        key: _share(value) if key == "progress" else value
        for key, value in expected.items()
    }
    assert {key: found[key] for key in wanted} == wanted


def test_xaltepec_has_the_weeks_and_posts_promised(told: Told) -> None:
    plan = told.plan("xaltepec")
    assert plan.foretold.weekly == (0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0)
    posts = told.towns["xaltepec"].posts(plan.judged)
    shares = {one.post.profile: one.counted.seats.percent for one in posts}
    assert shares == {
        "PM": 36,
        "FIN": 0,
        "HEAD": 50,
        "LIAISON": 0,
        "TECH": 25,
        "ELECTED": None,
    }
    assert len(plan.plan.requirements) == 12


def test_izalpa_needs_more_than_its_pace(told: Told) -> None:
    foretold = told.plan("izalpa").foretold
    assert foretold.required_pace == Fraction(9 * 7, 120)
    assert foretold.observed_pace == Fraction(2, 12)


def test_the_second_plan_of_harribide_is_on_track(told: Told) -> None:
    expected = VECTORS["C2"]
    plan = told.plan("harribide", "Equipo anfitrión")
    met = sum(one.is_met for one in plan.judged)
    assert (met, len(plan.judged) - met, plan.counted.unmet) == (6, 3, 3)
    assert plan.foretold.p50_weeks == expected["p50"]
    assert plan.foretold.p85_weeks == expected["p85"]
    assert plan.label == expected["label"]


def test_chorti_sur_is_late_and_san_jacinto_has_no_plan(told: Told) -> None:
    late = told.plan("chorti-sur")
    assert (late.label, late.counted.unmet) == (VECTORS["D"]["label"], 1)
    assert told.towns["san-jacinto"].plans == ()
    assert told.towns["san-jacinto"].label == VECTORS["E"]["label"]


def _all_plans(told: Told) -> list[tuple[Situation, PlanReadiness]]:
    return [(here, plan) for here in told.towns.values() for plan in here.plans]


def test_every_standing_occurs(told: Told) -> None:
    seen = {one.standing for _, plan in _all_plans(told) for one in plan.judged}
    assert seen == set(Standing)


def test_every_label_occurs(told: Told) -> None:
    seen = {plan.label for _, plan in _all_plans(told)}
    seen |= {here.label for here in told.towns.values()}
    assert seen == set(PlanLabel)


def test_every_kind_of_exception_occurs(told: Told) -> None:
    seen = {
        one.kind for here, plan in _all_plans(told) for one in here.exceptions(plan)
    }
    assert seen == set(ExceptionKind)


def test_there_are_26_people_in_the_first_four(told: Told) -> None:
    counted = [told.people[slug] for slug in MANAGERS if slug != "san-jacinto"]
    assert (counted, sum(counted)) == ([10, 9, 6, 1], 26)


def test_who_is_on_the_pilot_is_offered_the_newer_version(told: Told) -> None:
    assert told.newer[FIDEL] is not None
    assert told.newer["rosa@izalpa.example"] is not None
    assert told.newer["olga@izalpa.example"] is None


def test_one_call_is_in_hand_and_the_other_put_aside(told: Told) -> None:
    (deadline,) = told.calls["xaltepec"]
    assert (deadline - told.towns["xaltepec"].day).days == 55
    assert not any(days for slug, days in told.calls.items() if slug != "xaltepec")


def test_something_waits_for_the_coordination(told: Told) -> None:
    assert told.decisions == [None, "recognised"]
    assert told.asked == 1


def test_who_has_no_mailbox_waits_to_be_told_and_nobody_was_mailed(told: Told) -> None:
    assert told.waiting >= {FIDEL, JACINTA}
    assert told.mails == 0


def test_the_association_sees_two_of_them(told: Told) -> None:
    assert told.observed == {"xaltepec", "izalpa"}
    assert told.observed < {body.slug for body in INSTITUTIONS}


def test_the_second_version_of_the_plan_superseded_the_first(told: Told) -> None:
    here = told.towns["xaltepec"]
    versions = {plan.version: plan for plan in here.facts.plans}
    second = told.plan("xaltepec").plan
    assert (len(versions), second.version) == (2, 2)
    assert versions[1].superseded_on == second.approved_on
    assert (here.day - (second.approved_on or here.day)).days == 60


def test_functions_are_covered_as_promised(told: Told) -> None:
    margins = {
        one.minimum.competency: len(one.holders)
        for one in told.towns["xaltepec"].coverages
    }
    assert margins == {"K3": 1, "K4": 1, "K7": 0, "K8": 1}
    assert all(one.margin >= 0 for one in told.towns["harribide"].coverages)


def test_certificates_name_the_requirements_that_they_satisfied(told: Told) -> None:
    # Of Xaltepec, Izalpa and Harribide, while one of their plans was in force.
    assert told.satisfied == 5 + 2 + 6
