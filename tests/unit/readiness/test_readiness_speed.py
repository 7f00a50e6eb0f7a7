"""A large institution is judged in a moment: 500 people, 5000 obligations, 26 weeks.

The limits are several times what a small machine takes: they catch a rule that asks
every fact for every person, not a slow day.
"""

from collections.abc import Callable
from fractions import Fraction
from time import process_time

import pytest

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import Audience, AudienceKind, InstitutionFacts
from conexx_learn.domain.readiness.obligations import obligations
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.readiness.throughput import weeks_until
from conexx_learn.domain.readiness.trend import trend
from tests.sample_institutions import AS_OF, Line, Sketch

PEOPLE = 500
COURSES_ASKED = [f"C{number}" for number in range(1, 11)]


@pytest.fixture(scope="module")
def facts() -> InstitutionFacts:
    town = Sketch()
    unit = town.add_unit("Hall")
    posts = [town.add_post("PM", unit, 5) for _ in range(PEOPLE // 5)]
    for number in range(PEOPLE):
        post = posts[number % len(posts)]
        person = town.seat(f"Person {number:03}", post, -1 - number % 180)
        for place, course in enumerate(COURSES_ASKED):
            if (number + place) % 3:
                town.certify(person, course, -1 - (number * 7 + place * 31) % 700)
    everybody = Audience(AudienceKind.INSTITUTION)
    lines = [Line(everybody, course, 30, 2) for course in COURSES_ASKED]
    town.plan([*lines, Line("PM", "C1", None, 3, 60), Line("PM", "C2", 90, 1)])
    return town.facts()


def seconds(act: Callable[[], object]) -> float:
    """Return the fastest of three, in seconds of this process alone."""
    times = []
    for _ in range(3):
        begin = process_time()
        act()
        times.append(process_time() - begin)
    return min(times)


def test_obligations_are_there_at_once(
    facts: InstitutionFacts,
) -> None:
    assert len(obligations(FactIndex(facts), AS_OF)) == PEOPLE * len(COURSES_ASKED)
    assert seconds(lambda: obligations(FactIndex(facts), AS_OF)) < 0.3


def test_they_are_judged_in_a_moment(
    facts: InstitutionFacts,
) -> None:
    assert seconds(lambda: judgements(FactIndex(facts), AS_OF)) < 0.75


def test_the_trend_of_half_a_year_takes_a_moment(facts: InstitutionFacts) -> None:
    assert seconds(lambda: trend(FactIndex(facts), AS_OF)) < 1.5


def test_a_forecast_of_thousands_takes_a_moment() -> None:
    weekly = [50, 40, 30, 20, 60, 55, 44, 33, 22, 11, 5, 1]

    def foretell() -> object:
        return weeks_until(weekly, lambda _weeks: 5000, chance=Fraction(1))

    assert seconds(foretell) < 1.5
