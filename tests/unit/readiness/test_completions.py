"""What counts as newly met, and in which week."""

from dataclasses import replace

import pytest

from conexx_learn.domain.readiness.completions import weekly_completions
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import CertificateChange
from tests.sample_institutions import AS_OF, Line, Sketch, harribide, xaltepec

ANA = 1


def hall(**asked: int) -> Sketch:
    """Make Ana, who owes a course since 200 days ago."""
    town = Sketch()
    town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.plan([Line("PM", "C4", 30, 1, **asked)])
    return town


def weekly(town: Sketch) -> tuple[int, ...]:
    return weekly_completions(FactIndex(town.facts()), AS_OF)


def test_the_weeks_of_xaltepec() -> None:
    found = weekly_completions(FactIndex(xaltepec()), AS_OF)

    assert found == (0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0)


def test_the_weeks_of_one_plan_of_harribide() -> None:
    index = FactIndex(harribide())

    host = weekly_completions(index, AS_OF, series=2)

    assert host == (0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0)
    assert sum(weekly_completions(index, AS_OF, series=1)) == 0


@pytest.mark.parametrize(
    ("issued", "place"),
    [
        pytest.param(0, None, id="today is in none"),
        pytest.param(-1, 11, id="yesterday is last week"),
        pytest.param(-7, 11, id="a week ago still is"),
        pytest.param(-8, 10, id="the week before"),
        pytest.param(-84, 0, id="the first day of twelve weeks"),
        pytest.param(-85, None, id="before them"),
    ],
)
def test_a_week_begins_seven_days_before_the_day(
    issued: int, place: int | None
) -> None:
    town = hall()
    town.certify(ANA, "C4", issued)

    assert [number for number, count in enumerate(weekly(town)) if count] == (
        [] if place is None else [place]
    )


@pytest.mark.parametrize("change", [*CertificateChange])
def test_what_happens_later_takes_nothing_out(change: CertificateChange) -> None:
    town = hall()
    town.certify(ANA, "C4", -10, changes=[(change, -5)])

    assert sum(weekly(town)) == 1


def test_a_later_departure_takes_nothing_out() -> None:
    town = hall()
    town.certify(ANA, "C4", -10)
    town.people[0] = replace(town.people[0], memberships=(town.period(-900, -5),))

    assert sum(weekly(town)) == 1


@pytest.mark.parametrize(
    ("old_until", "count"),
    [
        pytest.param(-50, 1, id="nothing counted any more"),
        pytest.param(-11, 1, id="it ended the day before"),
        pytest.param(50, 1, id="it was expiring and was renewed"),
        pytest.param(51, 0, id="it had more than 60 days left"),
        pytest.param(600, 0, id="it had years left"),
    ],
)
def test_a_second_certificate_counts_when_it_was_needed(
    old_until: int, count: int
) -> None:
    town = hall()
    superseded = [(CertificateChange.SUPERSEDED, -10)]
    town.certify(ANA, "C4", -500, until=old_until, changes=superseded)
    town.certify(ANA, "C4", -10)

    assert sum(weekly(town)) == count


def test_a_certificate_issued_anew_for_a_name_is_no_completion() -> None:
    town = hall()
    superseded = [(CertificateChange.SUPERSEDED, -10)]
    town.certify(ANA, "C4", -500, until=30, changes=superseded)
    town.certify(ANA, "C4", -10, until=30)

    assert sum(weekly(town)) == 0


def test_a_course_that_nobody_asked_for_then_is_no_completion() -> None:
    town = hall()
    town.certify(ANA, "C3", -30)
    town.certify(ANA, "C8", -10)
    town.plan(
        [Line("PM", "C3", 30, 1), Line("PM", "C8", 30, 1)], approved=-20, version=2
    )

    assert weekly(town) == (0,) * 10 + (1, 0)


def test_a_version_that_is_gone_still_counts_for_its_time() -> None:
    town = hall()
    town.certify(ANA, "C4", -30)
    town.plan([Line("PM", "C3", 30, 1)], approved=-20, version=2)

    assert sum(weekly(town)) == 1


def test_who_was_exempt_completed_nothing_owed() -> None:
    town = hall()
    town.exempt(ANA, "C4", -30, -5)
    town.certify(ANA, "C4", -10)

    assert sum(weekly(town)) == 0


def test_who_came_later_completed_nothing_owed() -> None:
    town = hall()
    town.appointments[0] = replace(town.appointments[0], from_on=town.day(-9))
    town.certify(ANA, "C4", -10)

    assert sum(weekly(town)) == 0


@pytest.mark.parametrize(("major", "count"), [(1, 0), (2, 1)])
def test_too_old_a_version_meets_nothing(major: int, count: int) -> None:
    town = hall(min_major=2)
    town.certify(ANA, "C4", -10, major=major)

    assert sum(weekly(town)) == count


def test_an_age_makes_a_renewal_needed() -> None:
    plain, aged = hall(), hall(recert_months=12)
    for town in (plain, aged):
        town.certify(ANA, "C4", -400, until=300)
        town.certify(ANA, "C4", -10)

    assert (sum(weekly(plain)), sum(weekly(aged))) == (0, 1)


def test_two_certificates_of_one_day_are_one_completion() -> None:
    town = hall()
    town.certify(ANA, "C4", -10, changes=[(CertificateChange.SUPERSEDED, -10)])
    town.certify(ANA, "C4", -10)

    assert sum(weekly(town)) == 1
