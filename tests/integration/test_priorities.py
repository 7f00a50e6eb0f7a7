"""Priorities: ranked without gaps, cited by plans and calls, given up, never erased."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import Priority
from conexx_learn.queries.priorities import priority_rows
from conexx_learn.services import priorities
from conexx_learn.services.priorities import PriorityTerms
from tests.factories import NOW
from tests.institutions import (
    make_course,
    make_plan,
    make_town,
    place_of,
    real_today,
    requirement,
)

WATER = PriorityTerms("Water", "Mayor", "Plan 2025-2027, page 3")


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def ids(session: Session, town: Institution) -> list[int]:
    """Water, Roads and Tourism, in this order."""
    place = place_of(session, town)
    return [
        priorities.add_priority(session, place, replace(WATER, title=title), now=now())
        for title in ("Water", "Roads", "Tourism")
    ]


def ranked(session: Session, town: Institution) -> list[tuple[int, str]]:
    return [
        (row.rank, row.title)
        for row in priority_rows(session, institution_id=town.id)
        if row.retired_on is None
    ]


def test_a_priority_comes_after_all_others_and_twice_is_once(
    session: Session, town: Institution, ids: list[int]
) -> None:
    again = priorities.add_priority(session, place_of(session, town), WATER, now=now())

    assert again == ids[0]
    assert ranked(session, town) == [(1, "Water"), (2, "Roads"), (3, "Tourism")]


@pytest.mark.parametrize(
    ("which", "direction", "order"),
    [
        pytest.param(2, -1, ["Water", "Tourism", "Roads"], id="up"),
        pytest.param(0, 1, ["Roads", "Water", "Tourism"], id="down"),
        pytest.param(0, -1, ["Water", "Roads", "Tourism"], id="the first stays"),
        pytest.param(2, 1, ["Water", "Roads", "Tourism"], id="the last stays"),
    ],
)
def test_a_priority_moves_one_rank(
    session: Session,
    town: Institution,
    ids: list[int],
    which: int,
    direction: int,
    order: list[str],
) -> None:
    priorities.move_priority(
        session, place_of(session, town), ids[which], direction=direction, now=now()
    )

    assert ranked(session, town) == list(enumerate(order, start=1))


def test_one_that_is_given_up_leaves_no_gap_and_keeps_its_row(
    session: Session, town: Institution, ids: list[int]
) -> None:
    place = place_of(session, town)

    priorities.retire_priority(session, place, ids[0], now=now())

    assert ranked(session, town) == [(1, "Roads"), (2, "Tourism")]
    assert session.get_one(Priority, ids[0]).retired_on == real_today()
    with pytest.raises(RuleError, match="priority-retired"):
        priorities.retire_priority(session, place, ids[0], now=now())
    with pytest.raises(RuleError, match="priority-retired"):
        priorities.edit_priority(session, place, ids[0], WATER, seen="", now=now())
    new = priorities.add_priority(session, place, WATER, now=now())
    assert new != ids[0]


def test_its_words_change(session: Session, town: Institution, ids: list[int]) -> None:
    terms = PriorityTerms("Clean water", "Council", "Minutes 4")

    priorities.edit_priority(
        session,
        place_of(session, town),
        ids[0],
        terms,
        seen=WATER.fingerprint,
        now=now(),
    )

    row = session.get_one(Priority, ids[0])
    assert (row.title, row.political_owner) == ("Clean water", "Council")
    assert row.source_document == "Minutes 4"


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param(replace(WATER, title=" "), id="no title"),
        pytest.param(replace(WATER, title="x" * 201), id="a long title"),
        pytest.param(replace(WATER, political_owner=""), id="nobody answers"),
        pytest.param(replace(WATER, source_document=""), id="no source"),
    ],
)
def test_each_text_is_asked_for(
    session: Session, town: Institution, terms: PriorityTerms
) -> None:
    with pytest.raises(ShapeError):
        priorities.add_priority(session, place_of(session, town), terms, now=now())


def test_a_foreign_priority_is_not_there(
    session: Session, town: Institution, ids: list[int]
) -> None:
    elsewhere = place_of(session, make_town(session, "izalpa"))

    with pytest.raises(NotFoundError):
        priorities.move_priority(session, elsewhere, ids[0], direction=1, now=now())
    with pytest.raises(NotFoundError):
        priorities.retire_priority(session, elsewhere, ids[0], now=now())
    with pytest.raises(NotFoundError):
        priorities.edit_priority(session, elsewhere, ids[0], WATER, seen="", now=now())
    assert ranked(session, town)[0] == (1, "Water")


def test_what_cites_each_is_told_in_two_statements(
    session: Session, town: Institution, ids: list[int], statements: list[str]
) -> None:
    course = make_course(session, "budget")
    cited = {"reason_kind": "priority", "priority_id": ids[0], "reason_text": ""}
    plan = make_plan(
        session, town, requirement(course, **cited), requirement(course, **cited)
    )
    over = requirement(course, **cited)
    make_plan(session, town, over, superseded_on=real_today())
    call = CallCheck(
        institution_id=town.id,
        title="River",
        funder="EU",
        link="",
        deadline_at=datetime(2027, 1, 15, tzinfo=UTC),
        timezone="UTC",
        currency="EUR",
        priority_id=ids[0],
        gates={},
        created_at=NOW,
    )
    session.add(call)
    session.flush()
    statements.clear()

    rows = priority_rows(session, institution_id=town.id)

    assert len(statements) == 2
    assert [(one.kind, one.id, one.count) for one in rows[0].citations] == [
        ("plan", plan.id, 2),
        ("call", call.id, 1),
    ]
    assert rows[1].citations == ()
    assert session.scalars(select(Priority.id)).all() == ids
