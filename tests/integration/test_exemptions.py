"""Exemptions: from what is critical, only the coordination exempts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import (
    ForbiddenError,
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.domain.planning.exemptions import ExemptionState
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Exemption
from conexx_learn.queries.exemptions import exemption_rows
from conexx_learn.queries.institution_facts import institution_facts
from conexx_learn.services import exemptions
from conexx_learn.services.exemptions import ExemptionTerms
from tests.institutions import (
    appoint,
    in_days,
    make_coordinator,
    make_course,
    make_learner,
    make_manager,
    make_plan,
    make_post,
    make_town,
    make_unit,
    place_of,
    real_today,
    requirement,
)


@pytest.fixture
def town(session: Session) -> Institution:
    """A town whose plan asks a useful, an important and a critical course."""
    town = make_town(session)
    lines = [
        requirement(make_course(session, slug), weight=weight)
        for weight, slug in enumerate(("useful", "important", "critical"), start=1)
    ]
    make_plan(session, town, *lines)
    return town


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    user = make_learner(session, town)
    appoint(session, user, make_post(session, make_unit(session, town)))
    return user


@pytest.fixture
def manager(session: Session, town: Institution) -> Actor:
    user = make_manager(session, town)
    return Actor(user.id, (Place(Role.MANAGER, town.id),))


@pytest.fixture
def coordinator(session: Session) -> Actor:
    return Actor(make_coordinator(session).id, (Place(Role.COORDINATOR, None),))


@pytest.fixture
def terms(ana: User) -> ExemptionTerms:
    return ExemptionTerms(ana.id, "important", "On leave", in_days(0), in_days(90))


def give(session: Session, town: Institution, terms: ExemptionTerms, by: Actor) -> bool:
    return exemptions.exempt(session, place_of(session, town), terms, by=by, now=now())


def states(session: Session, town: Institution) -> list[ExemptionState]:
    rows = exemption_rows(session, institution_id=town.id, today=real_today())
    return [row.state for row in rows]


def is_exempt(session: Session, town: Institution, user: User, course: str) -> bool:
    facts = institution_facts(
        session, place=place_of(session, town), as_of=real_today(), lang="en"
    )
    return FactIndex(facts).is_exempt(user.id, course, real_today())


@pytest.mark.parametrize(
    ("course", "counts"),
    [
        pytest.param("useful", True, id="useful"),
        pytest.param("important", True, id="important"),
        pytest.param("critical", False, id="critical"),
    ],
)
def test_the_manager_exempts_from_what_is_not_critical(
    session: Session,
    town: Institution,
    ana: User,
    manager: Actor,
    terms: ExemptionTerms,
    course: str,
    counts: bool,
) -> None:
    assert give(session, town, replace(terms, course=course), manager) is counts

    assert is_exempt(session, town, ana, course) is counts
    expected = ExemptionState.RUNNING if counts else ExemptionState.ASKED
    assert states(session, town) == [expected]


def test_the_coordination_exempts_from_what_is_critical(
    session: Session,
    town: Institution,
    ana: User,
    coordinator: Actor,
    terms: ExemptionTerms,
) -> None:
    assert give(session, town, replace(terms, course="critical"), coordinator)

    assert is_exempt(session, town, ana, "critical")


@pytest.fixture
def asked(
    session: Session, town: Institution, manager: Actor, terms: ExemptionTerms
) -> int:
    """An exemption from the critical course that waits for the coordination."""
    give(session, town, replace(terms, course="critical"), manager)
    return session.scalars(select(Exemption.id)).one()


def test_the_coordination_agrees_once(
    session: Session,
    town: Institution,
    ana: User,
    asked: int,
    coordinator: Actor,
) -> None:
    place = place_of(session, town)

    exemptions.decide_exemption(
        session, place, asked, agrees=True, by=coordinator, now=now()
    )

    assert is_exempt(session, town, ana, "critical")
    with pytest.raises(RuleError, match="exemption-decided"):
        exemptions.decide_exemption(
            session, place, asked, agrees=False, by=coordinator, now=now()
        )


def test_what_is_agreed_to_late_begins_on_that_day(
    session: Session, town: Institution, asked: int, coordinator: Actor
) -> None:
    row = session.get_one(Exemption, asked)
    row.from_on = in_days(-10)
    session.flush()

    exemptions.decide_exemption(
        session,
        place_of(session, town),
        asked,
        agrees=True,
        by=coordinator,
        now=now(),
    )

    assert row.from_on == real_today()


def test_the_coordination_refuses(
    session: Session, town: Institution, ana: User, asked: int, coordinator: Actor
) -> None:
    exemptions.decide_exemption(
        session,
        place_of(session, town),
        asked,
        agrees=False,
        by=coordinator,
        now=now(),
    )

    assert not is_exempt(session, town, ana, "critical")
    assert states(session, town) == [ExemptionState.REFUSED]


def test_the_manager_does_not_decide(
    session: Session, town: Institution, asked: int, manager: Actor
) -> None:
    with pytest.raises(ForbiddenError):
        exemptions.decide_exemption(
            session,
            place_of(session, town),
            asked,
            agrees=True,
            by=manager,
            now=now(),
        )


def test_a_double_click_exempts_once(
    session: Session, town: Institution, manager: Actor, terms: ExemptionTerms
) -> None:
    assert give(session, town, terms, manager)
    assert give(session, town, terms, manager)

    assert session.scalar(select(func.count()).select_from(Exemption)) == 1


def test_two_exemptions_do_not_overlap(
    session: Session, town: Institution, manager: Actor, terms: ExemptionTerms
) -> None:
    give(session, town, terms, manager)

    with pytest.raises(RuleError, match="exemption-exists"):
        give(session, town, replace(terms, until_on=in_days(30)), manager)
    later = replace(terms, from_on=in_days(91), until_on=in_days(120))
    assert give(session, town, later, manager)


@pytest.mark.parametrize(
    ("begin", "end", "code"),
    [
        pytest.param(5, 4, "exemption-reversed", id="reversed"),
        pytest.param(-1, 4, "exemption-backdated", id="backdated"),
        pytest.param(0, 1828, "exemption-too-long", id="over five years"),
    ],
)
def test_its_days_are_in_order_to_come_and_end(
    session: Session,
    town: Institution,
    manager: Actor,
    terms: ExemptionTerms,
    begin: int,
    end: int,
    code: str,
) -> None:
    days = replace(terms, from_on=in_days(begin), until_on=in_days(end))

    with pytest.raises(RuleError, match=code):
        give(session, town, days, manager)


def test_a_reason_is_asked_for(
    session: Session, town: Institution, manager: Actor, terms: ExemptionTerms
) -> None:
    for reason in ("  ", "x" * 301):
        with pytest.raises(ShapeError):
            give(session, town, replace(terms, reason=reason), manager)


def test_nobody_is_exempt_from_what_they_do_not_owe(
    session: Session, town: Institution, manager: Actor, terms: ExemptionTerms
) -> None:
    make_course(session, "other")
    stranger = make_learner(session, make_town(session, "izalpa"))

    for wrong in (
        replace(terms, course="other"),
        replace(terms, course="no-such-course"),
        replace(terms, user_id=stranger.id),
        replace(terms, user_id=999_999),
    ):
        with pytest.raises(NotFoundError):
            give(session, town, wrong, manager)


def test_a_draft_is_exempted_from_before_it_binds(
    session: Session, town: Institution, manager: Actor, terms: ExemptionTerms
) -> None:
    line = requirement(make_course(session, "drafted"), weight=1)
    make_plan(session, town, line, is_approved=False)

    assert give(session, town, replace(terms, course="drafted"), manager)


def test_an_exemption_ends_early_and_the_days_before_stay(
    session: Session,
    town: Institution,
    ana: User,
    manager: Actor,
    terms: ExemptionTerms,
) -> None:
    give(session, town, terms, manager)
    row = session.scalars(select(Exemption)).one()
    row.from_on = in_days(-20)
    session.flush()

    exemptions.end_exemption(session, place_of(session, town), row.id, now=now())

    assert row.until_on == real_today() - timedelta(days=1)
    assert not is_exempt(session, town, ana, "important")
    with pytest.raises(RuleError, match="exemption-over"):
        exemptions.end_exemption(session, place_of(session, town), row.id, now=now())


def test_one_that_begins_today_is_taken_back_as_a_whole(
    session: Session,
    town: Institution,
    ana: User,
    manager: Actor,
    terms: ExemptionTerms,
) -> None:
    give(session, town, terms, manager)
    row = session.scalars(select(Exemption)).one()

    exemptions.end_exemption(session, place_of(session, town), row.id, now=now())

    assert not is_exempt(session, town, ana, "important")
    assert states(session, town) == [ExemptionState.REFUSED]
    assert give(session, town, terms, manager)


def test_a_foreign_exemption_is_not_there(
    session: Session, town: Institution, asked: int, coordinator: Actor
) -> None:
    elsewhere = place_of(session, make_town(session, "izalpa"))

    with pytest.raises(NotFoundError):
        exemptions.end_exemption(session, elsewhere, asked, now=now())
    with pytest.raises(NotFoundError):
        exemptions.decide_exemption(
            session, elsewhere, asked, agrees=True, by=coordinator, now=now()
        )


def test_the_list_is_one_statement_and_knows_only_its_institution(
    session: Session,
    town: Institution,
    manager: Actor,
    terms: ExemptionTerms,
    statements: list[str],
) -> None:
    give(session, town, terms, manager)
    elsewhere = make_town(session, "izalpa")
    statements.clear()

    (row,) = exemption_rows(session, institution_id=town.id, today=real_today())

    assert (row.person, row.course, row.reason) == ("Ana", "important", "On leave")
    assert (row.asked_by, row.approved_by) == ("Lucía", "Lucía")
    assert len(statements) == 1
    assert not exemption_rows(session, institution_id=elsewhere.id, today=real_today())
