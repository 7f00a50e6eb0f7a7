"""Requirements that are proposed: for whom, which course, by when."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    FunctionMinimum,
    InstitutionFacts,
    PriorLearning,
)
from conexx_learn.domain.readiness.proposals import (
    ProfileRequirement,
    Proposal,
    proposals,
)
from tests.sample_institutions import AS_OF, COURSES, Line, Sketch

WEEK = timedelta(weeks=1)
ANA, BETO, CARLA = 1, 2, 3
DESIGN = ProfileRequirement(7, "PM", "K3", 2, 3, must_by_days=180)
BUDGET = FunctionMinimum("K4", 2, 2)


def hall() -> Sketch:
    """Make two project managers, a vacant seat beside them, and Carla in finance."""
    town = Sketch()
    unit = town.add_unit("Hall")
    managers = town.add_post("PM", unit, 3)
    town.seat("Ana", managers)
    town.seat("Beto", managers)
    town.seat("Carla", town.add_post("FIN", unit))
    return town


def proposed(facts: InstitutionFacts, *needs: ProfileRequirement) -> list[Proposal]:
    return proposals(FactIndex(facts), needs, AS_OF)


def test_everybody_of_a_profile_who_lacks_it_is_in_one_proposal() -> None:
    assert proposed(hall().facts(), DESIGN) == [
        Proposal(
            need=DESIGN,
            audience=Audience(AudienceKind.PROFILE, "PM"),
            course="C3",
            weight=3,
            due_days=180,
            person_ids=(ANA, BETO),
            vacant_seats=1,
            hours=Fraction(36),
            earliest_on=AS_OF + 6 * WEEK,
            also_needs=(),
        )
    ]


def test_who_can_already_or_owes_already_is_left_out() -> None:
    town = hall()
    town.certify(ANA, "C3", -10)
    town.plan([Line(Audience(AudienceKind.PERSON, str(BETO)), "C3", 30, 3)])

    [one] = proposed(town.facts(), DESIGN)

    assert (one.person_ids, one.vacant_seats, one.earliest_on) == ((), 1, None)
    assert one.hours == 12


def test_recognised_prior_learning_is_enough() -> None:
    town = hall()
    recognised = PriorLearning(ANA, "K3", 2, town.period(-10, 10))
    [one] = proposed(replace(town.facts(), prior_learning=(recognised,)), DESIGN)

    assert one.person_ids == (BETO,)


def test_nothing_is_proposed_when_the_plan_asks_for_it() -> None:
    town = hall()
    town.plan([Line("PM", "C3", 30, 3)])

    assert proposed(town.facts(), DESIGN) == []


def test_a_draft_counts_as_what_is_asked_already() -> None:
    town = hall()
    draft = town.plan([Line("PM", "C3", 30, 3)], approved=None)
    index = FactIndex(town.facts())

    assert proposals(index, [DESIGN], AS_OF, plans=[draft]) == []
    assert len(proposals(index, [DESIGN], AS_OF)) == 1


def test_a_higher_level_takes_the_course_that_grants_it_and_what_comes_before() -> None:
    town = hall()
    for person in (ANA, BETO):
        town.certify(person, "C2", -10)
    town.certify(ANA, "C4", -10)
    town.plan([Line("PM", "C3", 300, 3)])

    [one] = proposed(town.facts(), replace(DESIGN, min_level=3))

    assert (one.course, one.also_needs) == ("C10", ("C4",))


def test_the_shortest_live_course_is_proposed() -> None:
    facts = hall().facts()
    short = replace(COURSES["C3"], slug="C33", hours=Fraction(5))
    live = replace(facts, courses={**COURSES, "C33": short})
    gone = replace(facts, courses={**COURSES, "C33": replace(short, is_live=False)})

    assert [one.course for one in proposed(live, DESIGN)] == ["C33"]
    assert [one.course for one in proposed(gone, DESIGN)] == ["C3"]


def test_a_need_that_no_course_serves_is_told_without_one() -> None:
    [one] = proposed(hall().facts(), replace(DESIGN, min_level=4))

    assert (one.course, one.earliest_on) == (None, None)
    assert one.hours == 0
    assert one.person_ids == (ANA, BETO)


def test_the_earliest_day_comes_after_what_people_owe_already() -> None:
    town = hall()
    town.plan([Line("PM", "C9", 30, 1)])
    town.learn(ANA, "C9", 50)

    [one] = proposed(town.facts(), DESIGN)

    assert one.earliest_on == AS_OF + 8 * WEEK


def test_who_has_no_hours_has_no_earliest_day() -> None:
    town = hall()
    town.people[0] = replace(town.people[0], weekly_hours=0)

    [one] = proposed(town.facts(), DESIGN)

    assert one.earliest_on is None


def test_a_minimum_proposes_as_many_people_as_are_wanted() -> None:
    town = hall()
    town.minima = [BUDGET]
    town.plan([Line(Audience(AudienceKind.PERSON, str(ANA)), "C8", 300, 1)])

    found = proposed(town.facts())

    assert [one.audience.key for one in found] == [str(BETO), str(CARLA)]
    assert [(one.person_ids, one.vacant_seats) for one in found] == [
        ((BETO,), 0),
        ((CARLA,), 0),
    ]
    assert [(one.need, one.course, one.weight) for one in found] == [
        (BUDGET, "C4", 3)
    ] * 2


def test_a_minimum_counts_who_can_who_will_and_who_is_proposed() -> None:
    town = hall()
    town.minima = [replace(BUDGET, holders=4, is_critical=False)]
    town.certify(ANA, "C4", -10)
    town.plan([Line(Audience(AudienceKind.PERSON, str(CARLA)), "C4", 300, 1)])
    need = ProfileRequirement(8, "PM", "K4", 2, 2)

    assert [one.person_ids for one in proposed(town.facts(), need)] == [(BETO,)]
    assert [(o.person_ids, o.weight) for o in proposed(town.facts())] == [((BETO,), 2)]


def test_a_minimum_that_is_met_proposes_nothing() -> None:
    town = hall()
    town.minima = [replace(BUDGET, holders=1)]
    town.certify(ANA, "C4", -10)

    assert proposed(town.facts()) == []


def test_who_is_in_no_post_is_never_proposed() -> None:
    town = Sketch()
    town.add_person("Dora")
    town.minima = [BUDGET]

    assert proposed(town.facts()) == []
