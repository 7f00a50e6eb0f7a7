"""What is known of an institution comes out of the database as it went in."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.domain.readiness.plan_readiness import plan_readiness
from conexx_learn.domain.readiness.trend import trend
from conexx_learn.queries.institution_facts import institution_facts, institution_place
from tests.sample_institutions import (
    AS_OF,
    chorti_sur,
    harribide,
    izalpa,
    san_jacinto,
    small_council,
    xaltepec,
)
from tests.stored_institutions import store_institution

SAMPLES = [xaltepec, izalpa, harribide, chorti_sur, san_jacinto, small_council]


def read_back(
    session: Session, *, slug: str = "xaltepec", as_of: date = AS_OF
) -> InstitutionFacts:
    place = institution_place(session, slug=slug)
    assert place is not None
    return institution_facts(session, place=place, as_of=as_of, lang="es")


def standings(known: InstitutionFacts, day: date) -> list[tuple[object, ...]]:
    """Say everything that the plans ask for, without the keys of rows."""
    index = FactIndex(known)
    names = {person.id: person.name for person in known.people}
    return [
        (
            plan.title,
            plan.version,
            names.get(one.obligation.person_id or 0),
            one.obligation.course,
            one.obligation.due_on,
            one.obligation.weight,
            one.standing,
            one.progress,
        )
        for plan in known.plans
        for one in plan_readiness(index, plan, day, minima_met=True).judged
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.__name__)
def test_every_standing_survives_the_database(
    session: Session, sample: Callable[[], InstitutionFacts]
) -> None:
    known = sample()
    store_institution(session, known)

    found = read_back(session)

    assert sorted(map(str, standings(found, AS_OF))) == sorted(
        map(str, standings(known, AS_OF))
    )
    assert len(found.people) == len(known.people)
    assert found.mandate_ends_on == known.mandate_ends_on
    assert sorted(map(str, found.minima)) == sorted(map(str, known.minima))


def test_the_trend_survives_the_database(session: Session) -> None:
    known = xaltepec()
    store_institution(session, known)

    found = trend(FactIndex(read_back(session)), AS_OF)

    assert [point.share for point in found] == [
        point.share for point in trend(FactIndex(known), AS_OF)
    ]


def test_seven_statements_whatever_the_institution_holds(
    session: Session, statements: list[str]
) -> None:
    counts = []
    for number, sample in enumerate((san_jacinto, xaltepec)):
        slug = f"town-{number}"
        store_institution(session, sample(), slug=slug)
        place = institution_place(session, slug=slug)
        assert place is not None
        session.flush()
        statements.clear()
        institution_facts(session, place=place, as_of=AS_OF, lang="es")
        counts.append(len(statements))

    assert counts == [7, 7]


def test_another_institution_is_not_seen(session: Session) -> None:
    store_institution(session, xaltepec(), slug="xaltepec")
    store_institution(session, izalpa(), slug="izalpa")

    found = read_back(session, slug="izalpa")

    assert {person.name for person in found.people} == {
        person.name for person in izalpa().people
    }
    assert len(found.certificates) == len(izalpa().certificates)
    assert len(found.plans) == 1


def test_progress_is_read_for_its_day(session: Session) -> None:
    store_institution(session, xaltepec())

    before = read_back(session, as_of=AS_OF - timedelta(days=31))

    assert before.learning == ()
    assert len(read_back(session).learning) == len(xaltepec().learning)


def test_an_institution_that_is_not_there_is_none(session: Session) -> None:
    assert institution_place(session, slug="nowhere") is None
