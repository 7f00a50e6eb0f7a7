"""What a person owes by their own page is what their institution says that they owe."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy.orm import Session

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.domain.readiness.scopes import of_person
from conexx_learn.domain.readiness.standings import Judgement, Standing, judgements
from conexx_learn.queries.institution_facts import institution_facts, institution_place
from conexx_learn.queries.personal_facts import personal_facts
from tests.factories import make_user
from tests.random_institutions import sketches
from tests.sample_institutions import AS_OF, Sketch, izalpa, san_jacinto, xaltepec
from tests.stored_institutions import Stored, store_institution

NOON = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 20, tzinfo=UTC)


def told(judged: list[Judgement]) -> list[tuple[object, ...]]:
    """Say what is owed; who reads their own page has come in."""
    return [
        (
            one.obligation,
            Standing.NOT_STARTED
            if one.standing is Standing.NOT_INVITED
            else one.standing,
            one.is_overdue,
            one.until,
            one.progress,
        )
        for one in judged
    ]


def by_the_institution(session: Session, slug: str, user_id: int) -> list[Judgement]:
    place = institution_place(session, slug=slug)
    assert place is not None
    known = institution_facts(session, place=place, as_of=AS_OF, lang="es")
    return of_person(judgements(FactIndex(known), AS_OF), user_id)


def by_the_person(session: Session, user_id: int) -> list[Judgement]:
    found = personal_facts(session, user_id=user_id, lang="es", now=NOON)
    return [
        judgement
        for one in found
        for judgement in of_person(judgements(FactIndex(one.known), AS_OF), user_id)
    ]


def check(session: Session, stored: Stored) -> None:
    slug = stored.institution.slug
    for user_id in stored.people.values():
        assert told(by_the_person(session, user_id)) == told(
            by_the_institution(session, slug, user_id)
        )


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
            if one.from_on is None or one.to_on is None or one.from_on <= one.to_on
        ],
    )


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sketch=sketches())
def test_both_pages_say_the_same(
    session: Session, courses: None, sketch: Sketch
) -> None:
    with session.begin_nested() as point:
        check(session, store_institution(session, storable(sketch.facts())))
        point.rollback()


def test_both_pages_say_the_same_of_the_samples(session: Session) -> None:
    for slug, sample in (("xaltepec", xaltepec), ("izalpa", izalpa)):
        known = sample()
        people = [
            replace(one, identity=f"{slug}.{one.identity}") for one in known.people
        ]
        check(
            session,
            store_institution(session, replace(known, people=people), slug=slug),
        )


def test_a_place_without_a_plan_is_not_looked_into(
    session: Session, statements: list[str]
) -> None:
    stored = store_institution(session, san_jacinto())
    session.flush()
    statements.clear()

    found = personal_facts(session, user_id=stored.people[1], lang="es", now=NOON)

    assert found == []
    assert len(statements) == 2


def test_who_belongs_nowhere_costs_one_statement(
    session: Session, statements: list[str]
) -> None:
    store_institution(session, xaltepec())
    user = make_user(session)
    statements.clear()

    assert personal_facts(session, user_id=user.id, lang="es", now=NOON) == []
    assert len(statements) == 1


def test_six_statements_for_one_with_much_and_one_with_little(
    session: Session, statements: list[str]
) -> None:
    stored = store_institution(session, xaltepec())
    counts = []
    for person in (1, 8):
        session.expire_all()
        statements.clear()
        personal_facts(session, user_id=stored.people[person], lang="es", now=NOON)
        counts.append(len(statements))

    assert counts == [6, 6]
