"""The list of institutions says of each what its own page says."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    InstitutionFacts,
)
from conexx_learn.domain.readiness.institution_labels import label_on
from conexx_learn.domain.readiness.situation import situation
from conexx_learn.domain.readiness.standings import Judgement, judgements
from conexx_learn.domain.readiness.tally import Share, tally
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.institution_facts import institution_facts, institution_place
from conexx_learn.queries.institution_overview import (
    InstitutionFigures,
    institution_overview,
    observed_overview,
)
from conexx_learn.queries.overview_facts import PlaceInTime, facts_of_several
from tests.factories import NOW, make_institution, make_membership
from tests.random_institutions import sketches
from tests.sample_institutions import (
    AS_OF,
    Line,
    Sketch,
    chorti_sur,
    harribide,
    izalpa,
    san_jacinto,
    xaltepec,
)
from tests.stored_institutions import store_institution

COORDINATOR = Actor(1, (Place(Role.COORDINATOR, None),))
SAMPLES = [xaltepec, izalpa, harribide, chorti_sur, san_jacinto]
MONTH_END = date(2026, 8, 31)


@contextmanager
def stored(session: Session, known: InstitutionFacts) -> Iterator[Institution]:
    """Write an institution for as long as the block lasts."""
    with session.begin_nested() as point:
        yield store_institution(session, storable(known), slug="drawn").institution
        point.rollback()


def storable(known: InstitutionFacts) -> InstitutionFacts:
    """Leave out or rename what the database refuses."""
    return replace(
        known,
        units=[replace(one, name=f"{one.name} {one.id}") for one in known.units],
        posts=[replace(one, title=f"{one.title} {one.id}") for one in known.posts],
        plans=[replace(one, target_bp=max(one.target_bp, 1)) for one in known.plans],
        appointments=[
            one
            for one in known.appointments
            if (one.from_on or date.min) <= (one.to_on or date.max)
        ],
    )


def as_its_page_says(session: Session, day: date, slug: str) -> dict[str, object]:
    """Work out the figures by the rules."""
    place = institution_place(session, slug=slug)
    assert place is not None
    known = institution_facts(session, place=place, as_of=day, lang="es")
    index = FactIndex(known)
    judged = judgements(index, day)
    counted = tally(judged, day)
    return {
        "people": len(index.staffing(day).appointments),
        "plans": len(index.plans_in_force(day)),
        "seats": counted.seats,
        "overdue": counted.overdue,
        "critical": counted.critical,
        "unmet": counted.unmet,
        "people_owing": people(one for one in judged if not one.is_exempt),
        "people_overdue": people(one for one in judged if one.is_overdue),
        "people_critical": people(
            one for one in judged if one.is_unmet and one.obligation.weight == 3
        ),
    }


def people(judged: Iterable[Judgement]) -> int:
    return len({one.obligation.person_id for one in judged} - {None})


def as_the_list_says(figures: InstitutionFigures) -> dict[str, object]:
    return {
        "people": figures.people,
        "plans": figures.plans,
        "seats": figures.seats,
        "overdue": figures.overdue,
        "critical": figures.critical,
        "unmet": figures.unmet,
        "people_owing": figures.people_owing,
        "people_overdue": figures.people_overdue,
        "people_critical": figures.people_critical,
    }


def without_people(figures: dict[str, object]) -> dict[str, object]:
    hidden = ("people_owing", "people_overdue", "people_critical")
    return figures | dict.fromkeys(hidden)


def observer_of(session: Session, institution: Institution) -> Actor:
    association = make_institution(session, "association", kind="association")
    institution.association_id = association.id
    session.flush()
    return Actor(1, (Place(Role.OBSERVER, association.id),))


def check(session: Session, institution: Institution, day: date) -> None:
    expected = as_its_page_says(session, day, institution.slug)
    listed = {
        one.slug: as_the_list_says(one)
        for one in institution_overview(session, actor=COORDINATOR, today=day)
    }
    observer = observer_of(session, institution)
    observed = observed_overview(session, actor=observer, today=day)

    assert listed[institution.slug] == without_people(expected)
    assert [as_the_list_says(one) for one in observed] == [expected]


def check_label(session: Session, institution: Institution, day: date) -> None:
    """Compare what is read of several institutions with what is read of one."""
    place = institution_place(session, slug=institution.slug)
    assert place is not None
    itself = institution_facts(session, place=place, as_of=day, lang="es")
    noon = datetime.combine(day, time(12), ZoneInfo(place.timezone))
    among = [
        PlaceInTime(one.id, one.timezone, one.mandate_ends_on)
        for one in session.scalars(select(Institution))
    ]
    found = facts_of_several(session, places=among, now=noon)[place.id]

    assert found == itself
    assert label_on(found, day) == situation(itself, day).label


@settings(
    max_examples=80,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sketch=sketches())
def test_the_list_agrees_with_every_page(
    session: Session, courses: None, sketch: Sketch
) -> None:
    for day in (AS_OF, AS_OF - timedelta(days=200)):
        with stored(session, sketch.facts()) as institution:
            check(session, institution, day)
            check_label(session, institution, day)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.__name__)
def test_the_list_agrees_with_the_samples(
    session: Session, sample: Callable[[], InstitutionFacts]
) -> None:
    with stored(session, sample()) as institution:
        check(session, institution, AS_OF)
        check_label(session, institution, AS_OF)


@pytest.mark.parametrize("days", range(4))
def test_a_certificate_of_a_long_month_counts_to_the_end_of_a_short_one(
    session: Session, days: int
) -> None:
    town = Sketch(MONTH_END)
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.certify(ana, "C3", 0)
    town.plan([Line("PM", "C3", 400, 3, recert_months=6)])

    day = date(2027, 2, 26) + timedelta(days=days)
    with stored(session, town.facts()) as institution:
        (listed,) = institution_overview(session, actor=COORDINATOR, today=day)
        check(session, institution, day)

    assert listed.seats.percent == (100 if days < 3 else 0)


@pytest.mark.parametrize(("major", "percent"), [(1, 0), (2, 100), (3, 100)])
def test_a_certificate_of_an_old_version_may_not_count(
    session: Session, major: int, percent: int
) -> None:
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.certify(ana, "C3", -10)
    town.plan([Line("PM", "C3", 40, 3, min_major=2)])

    with stored(session, town.facts()) as institution:
        session.execute(update(CourseVersion).values(major=major))
        (listed,) = institution_overview(session, actor=COORDINATOR, today=AS_OF)
        check(session, institution, AS_OF)

    assert listed.seats.percent == percent


def test_who_renews_early_counts_once(session: Session) -> None:
    town = Sketch()
    ana = town.seat("Ana", town.add_post("PM", town.add_unit("Hall")))
    town.certify(ana, "C3", -900)
    town.certify(ana, "C3", -10)
    town.plan([Line("PM", "C3", 40, 3)])

    with stored(session, town.facts()) as institution:
        (listed,) = institution_overview(session, actor=COORDINATOR, today=AS_OF)
        check(session, institution, AS_OF)

    assert listed.seats == Share(Fraction(3), 3)


def test_units_inside_a_unit_owe_what_it_owes(session: Session) -> None:
    town = Sketch()
    hall = town.add_unit("Hall")
    below = town.add_unit("Desk", town.add_unit("Office", hall, pmu=True))
    town.seat("Ana", town.add_post("PM", below))
    town.plan(
        [
            Line(Audience(AudienceKind.UNIT, str(hall)), "C1", -1, 1),
            Line(Audience(AudienceKind.PMU), "C2", -1, 2),
        ]
    )

    with stored(session, town.facts()) as institution:
        (listed,) = institution_overview(session, actor=COORDINATOR, today=AS_OF)
        check(session, institution, AS_OF)

    assert (listed.seats.whole, listed.overdue) == (3, 2)


def test_one_statement_for_one_institution_and_for_five(
    session: Session, statements: list[str]
) -> None:
    counts = []
    for number, sample in enumerate(SAMPLES):
        known = sample()
        people = [
            replace(one, identity=f"{number}.{one.identity}") for one in known.people
        ]
        store_institution(
            session, replace(known, people=tuple(people)), slug=f"town-{number}"
        )
        statements.clear()
        found = institution_overview(session, actor=COORDINATOR, today=AS_OF)
        counts.append((len(found), len(statements)))

    assert counts == [(number, 1) for number in (1, 2, 3, 4, 5)]


def test_who_belongs_to_two_institutions_counts_in_both(session: Session) -> None:
    first = store_institution(session, storable(xaltepec()), slug="first")
    second = make_institution(session, "second")
    person = session.scalars(select(User).order_by(User.id)).first()
    assert person is not None
    make_membership(session, person, "learner", second)

    check_label(session, first.institution, AS_OF)
    check_label(session, second, AS_OF)


def test_labels_take_seven_statements_for_one_institution_and_for_three(
    session: Session, statements: list[str]
) -> None:
    counts = []
    for number in range(3):
        make_institution(session, f"town-{number}")
        places = [
            PlaceInTime(one.id, one.timezone, None)
            for one in session.scalars(select(Institution))
        ]
        statements.clear()
        facts_of_several(session, places=places, now=NOW)
        counts.append(len(statements))

    assert counts == [7, 7, 7]


def test_a_manager_lists_what_is_theirs_and_nothing_else(session: Session) -> None:
    store_institution(session, xaltepec(), slug="xaltepec")
    store_institution(session, izalpa(), slug="izalpa")
    izalpa_id = session.scalars(
        select(Institution.id).where(Institution.slug == "izalpa")
    ).one()
    karla = Actor(1, (Place(Role.MANAGER, izalpa_id),))
    learner = Actor(2, (Place(Role.LEARNER, izalpa_id),))

    found = institution_overview(session, actor=karla, today=AS_OF)

    assert [(one.slug, str(one.seats.value)) for one in found] == [("izalpa", "4/21")]
    assert institution_overview(session, actor=learner, today=AS_OF) == []
    assert observed_overview(session, actor=karla, today=AS_OF) == []
