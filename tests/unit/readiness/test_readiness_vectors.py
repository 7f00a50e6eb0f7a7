"""The worked numbers of readiness, one by one."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from conexx_learn.domain.readiness.bottlenecks import bottlenecks, course_bottlenecks
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.domain.readiness.forecast import Silence
from conexx_learn.domain.readiness.labels import PlanLabel, institution_label
from conexx_learn.domain.readiness.plan_readiness import PlanReadiness, plan_readiness
from conexx_learn.domain.readiness.scopes import of_person, of_post
from conexx_learn.domain.readiness.standings import Judgement, Standing, judgements
from conexx_learn.domain.readiness.tally import Share, Tally, tally
from tests.sample_institutions import (
    AS_OF,
    Line,
    Sketch,
    chorti_sur,
    harribide,
    izalpa,
    san_jacinto,
    small_council,
    xaltepec,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "domain_vectors.json").read_text(encoding="utf-8")
)
COUNCIL = VECTORS["readiness_A"]
DEMO = VECTORS["demo"]
WORDS = {
    "met": {Standing.MET, Standing.EXPIRING},
    "ip": {Standing.IN_PROGRESS},
    "none": {Standing.NOT_STARTED},
    "expired": {Standing.EXPIRED},
    "blocked": {Standing.BLOCKED},
    "vacant": {Standing.VACANT},
}


def judged_council() -> tuple[FactIndex, list[Judgement]]:
    index = FactIndex(small_council())
    return index, judgements(index, AS_OF)


def who(index: FactIndex, one: Judgement) -> str:
    person_id = one.obligation.person_id
    return "vacant" if person_id is None else index.people[person_id].name


def plans_of(facts: InstitutionFacts) -> list[PlanReadiness]:
    index = FactIndex(facts)
    return [
        plan_readiness(index, plan, facts.as_of, minima_met=not facts.minima)
        for plan in index.plans_in_force(facts.as_of)
    ]


def written(share: Share) -> tuple[Fraction | None, int | None]:
    return share.value, share.percent


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(row, id=f"{row['who']} {row['course']}")
        for row in COUNCIL["obligations"]
    ],
)
def test_each_obligation_of_the_council_stands_as_worked_out(
    expected: dict[str, Any],
) -> None:
    index, judged = judged_council()
    posts = {post.id: post.profile for post in index.facts.posts}

    [one] = [
        one
        for one in judged
        if who(index, one) == expected["who"]
        and one.obligation.course == expected["course"]
    ]

    assert len(judged) == len(COUNCIL["obligations"])
    assert one.standing in WORDS[expected["state"]]
    assert one.obligation.weight == expected["weight"]
    assert [posts[post_id] for post_id in one.obligation.post_ids] == [
        {"LIAIS": "LIAISON"}.get(expected["post"], expected["post"])
    ]
    if expected["p"] is not None:
        assert one.progress == Fraction(str(expected["p"]))


@pytest.mark.parametrize("scope", [*COUNCIL["expected"]][:-1])
def test_each_scope_of_the_council_is_as_ready_as_worked_out(scope: str) -> None:
    index, judged = judged_council()
    expected = COUNCIL["expected"][scope]

    strict, with_progress = _scope(index, judged, scope)

    assert written(strict) == (Fraction(expected["strict"]), expected["strict_pct"])
    assert written(with_progress) == (
        Fraction(expected["progress"]),
        expected["progress_pct"],
    )


def _scope(
    index: FactIndex, judged: list[Judgement], scope: str
) -> tuple[Share, Share]:
    if scope == "inst people":
        counted = tally(judged, AS_OF)
        return counted.people, counted.people_with_progress
    if scope.startswith("pos "):
        [post_id] = [
            post.id
            for post in index.facts.posts
            if post.profile.startswith(scope.removeprefix("pos "))
        ]
        judged = of_post(judged, post_id)
    elif scope != "inst seats":
        judged = [one for one in judged if who(index, one) == scope]
    counted = tally(judged, AS_OF)
    return counted.seats, counted.seats_with_progress


def test_the_mean_of_the_persons_is_not_the_institution() -> None:
    index, judged = judged_council()
    shares = [
        tally(of_person(judged, person_id), AS_OF).seats.value or Fraction(0)
        for person_id in index.people
    ]

    mean = sum(shares, Fraction(0)) / len(shares)

    assert float(mean) == COUNCIL["expected"]["mean of persons"]
    assert tally(judged, AS_OF).people.value != mean


def test_what_was_due_so_far_is_half_met() -> None:
    _, judged = judged_council()

    assert tally(judged, AS_OF).due == Share(Fraction(3), 6)


def test_the_last_days_of_the_council_are_those_written() -> None:
    index, judged = judged_council()
    until = {
        (who(index, one), one.obligation.course): one.until
        for one in judged
        if one.is_met
    }

    assert until == {
        ("Ana", "C3"): date(2028, 5, 10),
        ("Beto", "C4"): date(2026, 12, 20),
        ("Beto", "C1"): date(2027, 6, 30),
        ("Diego", "C1"): date(2028, 1, 15),
    }


def test_the_bottlenecks_of_the_council() -> None:
    index, judged = judged_council()
    ranked = [
        (
            who(index, one.judged),
            one.judged.obligation.course,
            round(float(one.gain * 100), 1),
            int(one.hours),
            round(float((one.gain_per_hour or 0) * 100), 2),
        )
        for one in bottlenecks(index, judged)
    ]

    assert ranked == [
        ("Ana", "C4", 13.6, 4, 3.41),
        ("Carla", "C4", 13.6, 10, 1.36),
        ("Beto", "C3", 13.6, 12, 1.14),
        ("Carla", "C1", 4.5, 6, 0.76),
        ("vacant", "C5", 4.5, 6, 0.76),
        ("vacant", "C1", 4.5, 8, 0.57),
        ("Ana", "C1", 4.5, 8, 0.57),
    ]


def test_the_bottlenecks_of_the_council_by_course() -> None:
    index, judged = judged_council()
    ranked = course_bottlenecks(index, judged, AS_OF)

    assert [(one.course, round(float(one.gain * 100), 1)) for one in ranked] == [
        ("C4", 27.3),
        ("C1", 13.6),
        ("C3", 13.6),
        ("C5", 4.5),
    ]
    assert [who(index, one) for one in ranked[0].judged] == ["Carla", "Ana"]


def test_xaltepec_has_the_expected_figures() -> None:
    [plan] = plans_of(xaltepec())
    expected, counted = DEMO["A"], plan.counted

    assert counted.seats == Share(Fraction(11), expected["W"])
    assert counted.seats.value == Fraction(expected["seats"])
    assert counted.people.value == Fraction(expected["people"])
    assert counted.seats_with_progress.value == Fraction(expected["progress"])
    assert counted.due == Share(Fraction(3), 6)
    assert _counts(counted) == (
        expected["unmet"],
        expected["critical"],
        expected["overdue"],
    )
    assert plan.foretold.weekly == (0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0)
    assert plan.foretold.p50_weeks == expected["p50"]
    assert plan.foretold.p85_weeks == expected["p85"]
    assert plan.label == PlanLabel(expected["label"]) == PlanLabel.AT_RISK


def _counts(counted: Tally) -> tuple[int, int, int]:
    return counted.unmet, counted.critical, counted.overdue


def test_xaltepec_prints_the_expected_percentages() -> None:
    [plan] = plans_of(xaltepec())
    shares = (
        plan.counted.seats,
        plan.counted.people,
        plan.counted.seats_with_progress,
        plan.counted.due,
    )

    assert [share.percent for share in shares] == [28, 30, 32, 50]
    assert plan.foretold.p50_on(AS_OF) == date(2027, 7, 5)
    assert plan.foretold.p85_on(AS_OF) == date(2027, 8, 30)
    assert round(float(plan.foretold.observed_pace), 2) == 0.42


@pytest.mark.parametrize(
    ("name", "met", "required"),
    [
        ("Ana", 3, 11),
        ("Beto", 5, 11),
        ("Carla", 0, 6),
        ("Diego", 2, 4),
        ("vacant", 0, 3),
        ("Elena", 1, 1),
        ("Fidel", 0, 1),
        ("Graciela", 0, 0),
        ("Hugo", 0, 1),
        ("Inés", 0, 0),
        ("Jacinta", 0, 1),
    ],
)
def test_each_person_of_xaltepec_has_the_expected_share(
    name: str, met: int, required: int
) -> None:
    index = FactIndex(xaltepec())
    judged = [one for one in judgements(index, AS_OF) if who(index, one) == name]

    assert tally(judged, AS_OF).seats == Share(Fraction(met), required)


@pytest.mark.parametrize(
    ("name", "standings"),
    [
        ("Ana", {"C3": "met", "C4": "in_progress", "C8": "not_started"}),
        ("Ana", {"C10": "locked"}),
        ("Beto", {"C3": "expired", "C4": "expiring", "C8": "met"}),
        ("Beto", {"C10": "in_progress"}),
        ("Carla", {"C4": "blocked", "C7": "not_started"}),
        ("Diego", {"C1": "met", "C6": "in_progress"}),
        ("vacant", {"C5": "vacant", "C9": "vacant"}),
        ("Graciela", {"C1": "exempt"}),
        ("Hugo", {"C1": "suspended"}),
    ],
)
def test_each_standing_of_xaltepec_is_as_told(
    name: str, standings: dict[str, str]
) -> None:
    index = FactIndex(xaltepec())
    found = {
        one.obligation.course: one.standing.value
        for one in judgements(index, AS_OF)
        if who(index, one) == name
    }

    assert standings.items() <= found.items()


def test_the_posts_of_xaltepec_have_the_expected_percentages() -> None:
    index = FactIndex(xaltepec())
    judged = judgements(index, AS_OF)
    percents = {
        post.profile: tally(of_post(judged, post.id), AS_OF).seats.percent
        for post in index.facts.posts
    }

    assert percents == {
        "PM": 36,
        "FIN": 0,
        "HEAD": 50,
        "LIAISON": 0,
        "TECH": 25,
        "ELECTED": None,
    }


def test_izalpa_has_the_expected_figures() -> None:
    [plan] = plans_of(izalpa())
    expected, counted = DEMO["B"], plan.counted

    assert written(counted.seats) == (Fraction(expected["seats"]), 19)
    assert written(counted.seats_with_progress) == (Fraction(expected["progress"]), 24)
    assert written(counted.due) == (Fraction(expected["due"]), 27)
    assert (counted.unmet, counted.overdue) == (expected["unmet"], expected["overdue"])
    assert sum(plan.foretold.weekly) == 2
    assert plan.foretold.required_pace is not None
    assert round(float(plan.foretold.required_pace), 2) == 0.53
    assert round(float(plan.foretold.observed_pace), 2) == 0.17
    assert plan.label == PlanLabel(expected["label"]) == PlanLabel.NO_FORECAST


def test_harribide_is_ready_by_one_plan_and_on_track_by_the_other() -> None:
    staff, host = plans_of(harribide())

    assert staff.counted.seats == Share(Fraction(38), 38)
    assert len(staff.judged) == 14
    assert staff.counted.counts[Standing.EXPIRING] == 1
    assert staff.label == PlanLabel(DEMO["C"]["label"]) == PlanLabel.READY
    assert (len(host.judged), host.counted.unmet) == (9, 3)
    assert host.foretold.p50_weeks == DEMO["C2"]["p50"]
    assert host.foretold.p85_weeks == DEMO["C2"]["p85"]
    assert host.label == PlanLabel(DEMO["C2"]["label"]) == PlanLabel.ON_TRACK


def test_chorti_sur_is_late() -> None:
    [plan] = plans_of(chorti_sur())

    assert (plan.counted.unmet, plan.counted.overdue) == (1, 1)
    assert plan.label == PlanLabel(DEMO["D"]["label"]) == PlanLabel.LATE


def test_san_jacinto_has_no_plan() -> None:
    labels = [plan.label for plan in plans_of(san_jacinto())]

    assert labels == []
    assert institution_label(labels) == PlanLabel(DEMO["E"]["label"])


def test_a_plan_whose_people_are_all_exempt_has_no_forecast() -> None:
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.plan([Line("PM", "C3", 30, 3)])
    town.exempt(ana, "C3", -9, 9)

    [plan] = plans_of(town.facts())

    assert plan.foretold.silence is Silence.NO_REQUIREMENTS
    assert plan.label is PlanLabel.NO_FORECAST


def test_an_institution_without_a_plan_has_no_percentage() -> None:
    judged = judgements(FactIndex(san_jacinto()), AS_OF)

    assert tally(judged, AS_OF).seats.percent is None


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2027, 12, 31)])
def test_the_demonstration_never_ages(as_of: date) -> None:
    [plan] = plans_of(xaltepec(as_of))

    assert plan.counted.seats.value == Fraction(DEMO["A"]["seats"])
    assert plan.foretold.p85_weeks == DEMO["A"]["p85"]
    assert plan.label is PlanLabel.AT_RISK
