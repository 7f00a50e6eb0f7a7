"""Calls in hand: entered once, changed by one editor at a time, put aside and back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.calls import CallCheck, CallTerms, GateNote
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.readiness.call_gates import Gate, GateAnswer
from conexx_learn.domain.readiness.call_readiness import CallNeed
from conexx_learn.models import calls as tables
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.calls import call_check, call_list
from conexx_learn.services import calls, priorities
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.priorities import PriorityTerms
from tests.factories import NOW, make_institution
from tests.institutions import make_manager, make_town, place_of

NEEDS = (CallNeed("K3", 2, 2, "Design"), CallNeed("K4", 2, 1, "Budget"))
TERMS = CallTerms(
    title="LA-2027",
    funder="A funder",
    link="https://funder.example/la",
    deadline_at=datetime(2027, 1, 15, 16, tzinfo=UTC),
    timezone="Europe/Brussels",
    currency="EUR",
    grant_min_cents=30_000_000,
    grant_max_cents=10**15,
    cofinancing_min_bp=1000,
    requested_cents=50_000_001,
    own_cents=0,
    gates={Gate.SCOPE: GateNote(GateAnswer.YES, "page 12")},
    needs=NEEDS,
)


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def manager(session: Session, town: Institution) -> User:
    return make_manager(session, town)


def enter(session: Session, town: Institution, manager: User, **more: Any) -> int:
    return calls.enter_call(
        session,
        institution_id=town.id,
        terms=replace(TERMS, **more),
        user_id=manager.id,
        now=NOW,
    )


def change(session: Session, town: Institution, call_id: int, **more: Any) -> bool:
    values: dict[str, Any] = {"revision": 1, "terms": TERMS, "now": NOW} | more
    return calls.change_call(session, institution_id=town.id, call_id=call_id, **values)


def stored(session: Session, town: Institution, call_id: int) -> CallCheck:
    found = call_check(session, institution_id=town.id, call_id=call_id)
    assert found is not None
    return found


def acts(session: Session) -> list[str]:
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [entry.act for entry in entries if entry.act.startswith("call-")]


def test_a_call_is_read_as_it_was_entered(
    session: Session, town: Institution, manager: User, statements: list[str]
) -> None:
    call_id = enter(session, town, manager)
    session.flush()
    statements.clear()

    found = stored(session, town, call_id)

    assert found.terms == TERMS
    assert (found.revision, found.is_archived, found.priority) == (1, False, "")
    assert len(statements) == 1


def test_a_form_sent_twice_enters_one_call(
    session: Session, town: Institution, manager: User
) -> None:
    first, again = enter(session, town, manager), enter(session, town, manager)

    assert first == again
    assert len(call_list(session, institution_id=town.id)) == 1
    assert acts(session) == ["call-enter"]


def test_the_same_call_later_is_another_one(
    session: Session, town: Institution, manager: User
) -> None:
    first = enter(session, town, manager)
    second = calls.enter_call(
        session,
        institution_id=town.id,
        terms=TERMS,
        user_id=manager.id,
        now=NOW + timedelta(minutes=5),
    )

    assert first != second


def test_a_change_replaces_everything_and_counts(
    session: Session, town: Institution, manager: User
) -> None:
    call_id = enter(session, town, manager)
    changed = replace(
        TERMS, title="New", needs=(CallNeed("K8", 3, 1, "Monitoring"),), own_cents=None
    )

    assert change(session, town, call_id, terms=changed)

    found = stored(session, town, call_id)
    assert found.terms == changed
    assert found.revision == 2
    assert session.scalar(select(func.count()).select_from(tables.CallNeed)) == 1


def test_the_second_editor_changes_nothing(
    session: Session, town: Institution, manager: User
) -> None:
    call_id = enter(session, town, manager)
    assert change(session, town, call_id, terms=replace(TERMS, title="First"))

    assert not change(session, town, call_id, terms=replace(TERMS, title="Second"))

    assert stored(session, town, call_id).terms.title == "First"
    assert acts(session) == ["call-enter", "call-change"]


def test_a_call_is_put_aside_and_taken_up_again(
    session: Session, town: Institution, manager: User
) -> None:
    call_id = enter(session, town, manager)

    for _twice in range(2):
        calls.archive_call(session, institution_id=town.id, call_id=call_id, now=NOW)
    assert stored(session, town, call_id).is_archived
    for _twice in range(2):
        calls.restore_call(session, institution_id=town.id, call_id=call_id, now=NOW)

    assert not stored(session, town, call_id).is_archived
    assert acts(session) == ["call-enter", "call-archive", "call-restore"]


def test_a_priority_has_to_be_one_of_the_institution(
    session: Session, town: Institution, manager: User
) -> None:
    other = make_institution(session, "izalpa")
    terms = PriorityTerms("Water", "Mayor", "Plan")
    own_id, foreign_id = (
        priorities.add_priority(session, place_of(session, place), terms, now=NOW)
        for place in (town, other)
    )

    call_id = enter(session, town, manager, priority_id=own_id)

    assert stored(session, town, call_id).priority == "Water"
    with pytest.raises(NotFoundError):
        enter(session, town, manager, priority_id=foreign_id)
    with pytest.raises(NotFoundError):
        change(session, town, call_id, terms=replace(TERMS, priority_id=foreign_id))


def test_a_call_keeps_a_priority_that_was_given_up(
    session: Session, town: Institution, manager: User
) -> None:
    place = place_of(session, town)
    terms = PriorityTerms("Water", "Mayor", "Plan")
    priority_id = priorities.add_priority(session, place, terms, now=NOW)
    call_id = enter(session, town, manager, priority_id=priority_id)
    priorities.retire_priority(session, place, priority_id, now=NOW)

    kept = replace(TERMS, priority_id=priority_id, title="New")
    assert change(session, town, call_id, terms=kept)

    with pytest.raises(NotFoundError):
        enter(session, town, manager, priority_id=priority_id, title="Other")


def test_another_institution_has_no_such_call(
    session: Session, town: Institution, manager: User
) -> None:
    call_id = enter(session, town, manager)
    other = make_institution(session, "izalpa")

    assert call_check(session, institution_id=other.id, call_id=call_id) is None
    assert call_list(session, institution_id=other.id) == []
    with pytest.raises(NotFoundError):
        change(session, other, call_id)
    with pytest.raises(NotFoundError):
        calls.archive_call(session, institution_id=other.id, call_id=call_id, now=NOW)
    with pytest.raises(NotFoundError):
        calls.restore_call(session, institution_id=other.id, call_id=call_id, now=NOW)
