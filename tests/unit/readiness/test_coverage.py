"""Who can do what on a day, and what one leaving would cost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.readiness.capabilities import (
    ProofKind,
    capabilities,
    holders,
    is_in_post,
)
from conexx_learn.domain.readiness.coverage import (
    Cover,
    bus_factor,
    coverage,
    coverage_outlook,
    departures,
)
from conexx_learn.domain.readiness.facts import (
    AppointmentKind,
    Certificate,
    CertificateChange,
    FunctionMinimum,
    InstitutionFacts,
    Period,
    PriorLearning,
)
from tests.town_hall import (
    ANA,
    BETO,
    CARLA,
    DIEGO,
    FIN,
    HEAD,
    LONG_AGO,
    PM,
    TODAY,
    appointment,
    certificate,
    town_hall,
    worked_example,
)

DEADLINE = date(2027, 1, 15)
MANDATE_END = date(2027, 10, 1)
DAY = timedelta(days=1)
DESIGN = FunctionMinimum("K3", 2, 2)
BUDGET = FunctionMinimum("K4", 2, 1)
EXECUTION = FunctionMinimum("K7", 2, 1)


def names(facts: InstitutionFacts, day: date, competency: str = "K3") -> list[str]:
    found = holders(facts, competency=competency, level=2, day=day)
    return [holder.person.name for holder in found]


def with_minima(facts: InstitutionFacts, *minima: FunctionMinimum) -> InstitutionFacts:
    return replace(facts, minima=minima)


def one_certificate(proof: Certificate) -> InstitutionFacts:
    return town_hall(appointments=[appointment(ANA, PM)], certificates=[proof])


def test_the_worked_example_counts_who_is_in_a_post_and_certified() -> None:
    facts = worked_example()

    assert names(facts, TODAY, "K3") == ["Ana"]
    assert names(facts, TODAY, "K4") == ["Beto"]
    assert names(facts, TODAY, "K7") == []
    assert names(facts, DEADLINE, "K4") == []


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        pytest.param(date(2026, 9, 30), True, id="the last day"),
        pytest.param(date(2026, 10, 1), False, id="the day after"),
        pytest.param(date(2024, 1, 10), True, id="the first day"),
        pytest.param(date(2024, 1, 9), False, id="the day before"),
    ],
)
def test_evidence_counts_on_its_first_and_last_day(day: date, counts: bool) -> None:
    facts = one_certificate(certificate(ANA, 3, date(2026, 9, 30)))

    assert (names(facts, day) == ["Ana"]) is counts


def test_evidence_below_the_level_does_not_count() -> None:
    facts = one_certificate(certificate(ANA, 3, None, level=2))

    assert holders(facts, competency="K3", level=3, day=TODAY) == ()
    assert holders(facts, competency="K3", level=1, day=TODAY)[0].level == 2


@pytest.mark.parametrize(
    "change",
    [
        CertificateChange.SUSPENDED,
        CertificateChange.REVOKED,
        CertificateChange.SUPERSEDED,
    ],
)
def test_withdrawn_evidence_counts_until_the_day_of_it(
    change: CertificateChange,
) -> None:
    facts = one_certificate(certificate(ANA, 3, None, changes=[(change, TODAY)]))

    assert names(facts, TODAY - DAY) == ["Ana"]
    assert names(facts, TODAY) == []
    assert names(facts, DEADLINE) == []


def test_what_happens_after_today_is_not_known_today() -> None:
    later = TODAY + DAY
    revoked = certificate(ANA, 3, None, changes=[(CertificateChange.REVOKED, later)])
    coming = certificate(BETO, 3, None, issued_on=later)
    facts = town_hall(
        appointments=[appointment(ANA, PM), appointment(BETO, PM)],
        certificates=[revoked, coming],
    )

    assert names(facts, DEADLINE) == ["Ana"]
    assert names(replace(facts, as_of=later), DEADLINE) == ["Beto"]


def test_two_posts_and_two_certificates_are_one_person() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM), appointment(ANA, HEAD)],
        certificates=[
            certificate(ANA, 3, date(2027, 1, 1)),
            replace(certificate(ANA, 3, date(2028, 1, 1)), id=9, number="N-9"),
        ],
    )

    (holder,) = holders(facts, competency="K3", level=2, day=TODAY)

    assert holder.post_ids == (PM, HEAD)
    assert [proof.valid_until for proof in holder.proofs] == [
        date(2028, 1, 1),
        date(2027, 1, 1),
    ]
    assert holder.valid_until == date(2028, 1, 1)


def test_prior_learning_counts_and_is_marked() -> None:
    recognised = PriorLearning(ANA, "K3", 3, Period(LONG_AGO, date(2027, 6, 30)))
    facts = town_hall(appointments=[appointment(ANA, PM)], prior_learning=[recognised])

    (holder,) = holders(facts, competency="K3", level=3, day=TODAY)

    assert holder.rests_on_prior_learning
    assert holder.proofs[0].kind is ProofKind.PRIOR_LEARNING
    assert holder.proofs[0].certificate is None
    assert names(facts, date(2027, 6, 30)) == ["Ana"]
    assert names(facts, date(2027, 7, 1)) == []


def test_a_certificate_beside_prior_learning_takes_the_mark_away() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM)],
        certificates=[certificate(ANA, 3, None)],
        prior_learning=[PriorLearning(ANA, "K3", 2, Period(LONG_AGO))],
    )

    (holder,) = holders(facts, competency="K3", level=2, day=TODAY)

    assert not holder.rests_on_prior_learning
    assert [proof.kind for proof in holder.proofs] == [
        ProofKind.CERTIFICATE,
        ProofKind.PRIOR_LEARNING,
    ]


def test_a_deputy_counts_and_somebody_without_a_post_does_not() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM, kind=AppointmentKind.DEPUTY)],
        certificates=[certificate(ANA, 3, None), certificate(BETO, 3, None)],
    )

    assert names(facts, TODAY) == ["Ana"]


def test_who_left_counts_nowhere() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM, to_on=TODAY), appointment(BETO, PM)],
        certificates=[certificate(ANA, 3, None), certificate(BETO, 3, None)],
    )
    left = tuple(
        replace(one, memberships=(Period(LONG_AGO, TODAY),)) if one.id == BETO else one
        for one in facts.people
    )

    assert names(replace(facts, people=left), TODAY) == ["Ana", "Beto"]
    assert names(replace(facts, people=left), TODAY + DAY) == []


def test_a_post_that_was_closed_holds_nobody() -> None:
    facts = one_certificate(certificate(ANA, 3, None))
    posts = [replace(one, active=Period(LONG_AGO, TODAY)) for one in facts.posts]

    assert names(replace(facts, posts=posts), TODAY) == ["Ana"]
    assert names(replace(facts, posts=posts), TODAY + DAY) == []


@pytest.mark.parametrize(
    ("day", "people"),
    [
        pytest.param(MANDATE_END - DAY, ["Ana", "Diego"], id="before the end"),
        pytest.param(MANDATE_END, ["Carla", "Diego"], id="at the end"),
        pytest.param(MANDATE_END + DAY, ["Carla", "Diego"], id="after the end"),
    ],
)
def test_at_the_end_of_the_mandate_those_who_go_with_it_are_gone(
    day: date, people: list[str]
) -> None:
    facts = town_hall(
        appointments=[
            appointment(ANA, PM, ends_with_mandate=True),
            appointment(CARLA, FIN, from_on=MANDATE_END, ends_with_mandate=True),
            appointment(DIEGO, HEAD),
        ],
        certificates=[certificate(who, 3, None) for who in (ANA, CARLA, DIEGO)],
        mandate_ends_on=MANDATE_END,
    )

    assert names(facts, day) == people


def test_without_a_mandate_nobody_goes_with_it() -> None:
    held = appointment(ANA, PM, ends_with_mandate=True)

    assert is_in_post(held, date(2050, 1, 1), mandate_ends_on=None)


def test_an_appointment_without_a_beginning_ends_with_the_mandate_too() -> None:
    held = appointment(ANA, PM, from_on=None, ends_with_mandate=True)

    assert is_in_post(held, MANDATE_END - DAY, mandate_ends_on=MANDATE_END)
    assert not is_in_post(held, MANDATE_END, mandate_ends_on=MANDATE_END)


@pytest.mark.parametrize(
    ("to_on", "ends_with_mandate", "until"),
    [
        pytest.param(None, False, None, id="no end"),
        pytest.param(None, True, MANDATE_END, id="the mandate"),
        pytest.param(DEADLINE, True, DEADLINE, id="before the mandate"),
        pytest.param(date(2030, 1, 1), True, MANDATE_END, id="after the mandate"),
        pytest.param(DEADLINE, False, DEADLINE, id="its own end"),
    ],
)
def test_a_holder_says_how_long_they_stay(
    to_on: date | None, ends_with_mandate: bool, until: date | None
) -> None:
    held = appointment(ANA, PM, to_on=to_on, ends_with_mandate=ends_with_mandate)
    facts = town_hall(
        appointments=[held],
        certificates=[certificate(ANA, 3, None)],
        mandate_ends_on=MANDATE_END,
    )

    (holder,) = holders(facts, competency="K3", level=2, day=TODAY)

    assert holder.in_post_until == until


def test_the_longest_of_two_appointments_says_how_long_they_stay() -> None:
    facts = town_hall(
        appointments=[appointment(ANA, PM, to_on=DEADLINE), appointment(ANA, FIN)],
        certificates=[certificate(ANA, 3, None)],
    )

    (holder,) = holders(facts, competency="K3", level=2, day=TODAY)

    assert holder.in_post_until is None


@pytest.mark.parametrize(
    ("certified", "wanted", "margin", "cover"),
    [
        pytest.param(0, 1, -1, Cover.UNCOVERED, id="nobody"),
        pytest.param(1, 2, -1, Cover.SHORT, id="too few"),
        pytest.param(2, 2, 0, Cover.THIN, id="just enough"),
        pytest.param(3, 2, 1, Cover.COVERED, id="one to spare"),
    ],
)
def test_the_margin_has_a_word(
    certified: int, wanted: int, margin: int, cover: Cover
) -> None:
    people = (ANA, BETO, CARLA)
    facts = town_hall(
        appointments=[appointment(one, PM) for one in people],
        certificates=[certificate(one, 3, None) for one in people[:certified]],
    )

    (found,) = coverage(with_minima(facts, FunctionMinimum("K3", 2, wanted)), day=TODAY)

    assert (found.margin, found.cover) == (margin, cover)
    assert len(found.holders) == certified


def test_the_outlook_says_what_lapses_and_who_is_lost() -> None:
    facts = with_minima(worked_example(), DESIGN, BUDGET, EXECUTION)

    design, budget, execution = coverage_outlook(facts, days=[TODAY, DEADLINE])

    assert [one.cover for one in design.coverages] == [Cover.SHORT, Cover.SHORT]
    assert [one.cover for one in budget.coverages] == [Cover.THIN, Cover.UNCOVERED]
    assert (design.lapses, budget.lapses, execution.lapses) == (False, True, False)
    assert [holder.person.name for holder in budget.lost] == ["Beto"]
    assert [coverage.day for coverage in budget.coverages] == [TODAY, DEADLINE]


def test_an_outlook_wants_a_day() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        coverage_outlook(worked_example(), days=[])


def test_the_end_of_the_mandate_is_a_day_like_any_other_in_the_outlook() -> None:
    facts = with_minima(
        town_hall(
            appointments=[appointment(ANA, PM, ends_with_mandate=True)],
            certificates=[certificate(ANA, 4, None)],
            mandate_ends_on=MANDATE_END,
        ),
        BUDGET,
    )

    (budget,) = coverage_outlook(facts, days=[TODAY, MANDATE_END])

    assert [one.cover for one in budget.coverages] == [Cover.THIN, Cover.UNCOVERED]
    assert budget.lapses


@pytest.mark.parametrize(
    ("minima", "factor"),
    [
        pytest.param([FunctionMinimum("K3", 2, 1)], 3, id="three for one"),
        pytest.param([FunctionMinimum("K3", 2, 3)], 1, id="nothing to spare"),
        pytest.param([FunctionMinimum("K3", 2, 1), BUDGET], 0, id="one is short"),
        pytest.param([FunctionMinimum("K3", 2, 9)], 0, id="far too short"),
        pytest.param(
            [FunctionMinimum("K4", 2, 1, is_critical=False)], None, id="none critical"
        ),
        pytest.param([], None, id="none at all"),
    ],
)
def test_the_bus_factor_is_of_the_weakest_critical_function(
    minima: list[FunctionMinimum], factor: int | None
) -> None:
    people = (ANA, BETO, CARLA)
    facts = town_hall(
        appointments=[appointment(one, PM) for one in people],
        certificates=[certificate(one, 3, None) for one in people],
    )

    assert bus_factor(coverage(with_minima(facts, *minima), day=TODAY)) == factor


def test_a_departure_says_what_nobody_else_can_do() -> None:
    facts = town_hall(
        appointments=[appointment(one, PM) for one in (ANA, BETO, CARLA)],
        certificates=[
            certificate(ANA, 3, None),
            certificate(BETO, 3, None),
            certificate(BETO, 4, None),
            certificate(CARLA, 7, None),
        ],
    )
    two_for_execution = FunctionMinimum("K7", 2, 2)
    minima = (DESIGN, BUDGET, two_for_execution)

    found = departures(coverage(with_minima(facts, *minima), day=TODAY))

    assert [
        (one.person.name, one.only_holder_of, one.falls_short) for one in found
    ] == [
        ("Beto", (BUDGET,), (DESIGN, BUDGET)),
        ("Ana", (), (DESIGN,)),
        ("Carla", (two_for_execution,), ()),
    ]


def test_who_can_be_spared_is_not_in_the_list() -> None:
    facts = town_hall(
        appointments=[appointment(one, PM) for one in (ANA, BETO)],
        certificates=[certificate(one, 4, None) for one in (ANA, BETO)],
    )

    assert departures(coverage(with_minima(facts, BUDGET), day=TODAY)) == ()


@given(st.sets(st.sampled_from([ANA, BETO, CARLA, DIEGO])), st.integers(1, 5))
def test_one_leaving_costs_what_the_departure_says(
    certified: set[int], wanted: int
) -> None:
    minimum = FunctionMinimum("K3", 2, wanted)
    facts = with_minima(
        town_hall(
            appointments=[appointment(one, PM) for one in (ANA, BETO, CARLA, DIEGO)],
            certificates=[certificate(one, 3, None) for one in certified],
        ),
        minimum,
    )
    (before,) = coverage(facts, day=TODAY)
    told = {one.person.id: one for one in departures([before])}

    for who in certified:
        staying = [one for one in facts.appointments if one.person_id != who]
        (after,) = coverage(replace(facts, appointments=staying), day=TODAY)
        falls_short = before.margin >= 0 > after.margin
        assert (who in told and minimum in told[who].falls_short) is falls_short
        is_last = not after.holders
        assert (who in told and minimum in told[who].only_holder_of) is is_last


def test_only_people_in_a_post_are_known_of_a_day() -> None:
    facts = town_hall(
        appointments=[appointment(BETO, FIN)], certificates=[certificate(ANA, 3, None)]
    )

    there = capabilities(facts, day=TODAY)

    assert set(there.people) == set(there.appointments) == {BETO}
    assert there.proofs == {}
