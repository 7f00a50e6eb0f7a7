"""Calls in hand: entered, changed by one editor at a time, put aside and back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from conexx_learn.domain.calls import CallTerms
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.models.calls import CallCheck, CallNeed
from conexx_learn.models.planning import Priority
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution

DOUBLE_CLICK = timedelta(seconds=30)
"""Within this time the same call entered again is the same form sent again."""


def enter_call(
    session: Session,
    *,
    institution_id: int,
    terms: CallTerms,
    user_id: int,
    now: datetime,
) -> int:
    """Enter a call, and return its key; a form sent twice enters it once.

    Raises:
        NotFoundError: No such institution, or the priority is not one of it.
    """
    _refuse_foreign_priority(session, institution_id, terms.priority_id)
    known = _just_entered(session, institution_id, terms, user_id, now)
    if known is not None:
        return known
    row = CallCheck(
        institution_id=institution_id,
        created_at=now,
        created_by=user_id,
        **_columns(terms),
    )
    session.add(row)
    session.flush()
    _store_needs(session, row.id, terms)
    _record(session, "call-enter", institution_id, row.id, now)
    return row.id


def _just_entered(
    session: Session, institution_id: int, terms: CallTerms, user_id: int, now: datetime
) -> int | None:
    """Return the call that the same person entered a moment ago, if it is this one."""
    # The row of the institution is the lock: the second of a double click waits.
    held_institution(session, institution_id)
    return session.scalar(
        select(CallCheck.id).where(
            CallCheck.institution_id == institution_id,
            CallCheck.title == terms.title,
            CallCheck.deadline_at == terms.deadline_at,
            CallCheck.created_by == user_id,
            CallCheck.created_at > now - DOUBLE_CLICK,
        )
    )


def change_call(
    session: Session,
    *,
    institution_id: int,
    call_id: int,
    revision: int,
    terms: CallTerms,
    now: datetime,
) -> bool:
    """Change a call, unless somebody changed it since it was read.

    Args:
        session: Where to write.
        institution_id: Whose call.
        call_id: Which one.
        revision: Of the call as the editor read it.
        terms: What it is to say; a priority that it cites already may be retired.
        now: This moment.

    Returns:
        False where somebody else was faster; nothing is changed then.

    Raises:
        NotFoundError: No such call, or its priority is not one of the institution.
    """
    row = _locked(session, institution_id, call_id)
    if row.revision != revision:
        return False
    if terms.priority_id != row.priority_id:
        _refuse_foreign_priority(session, institution_id, terms.priority_id)
    for name, value in _columns(terms).items():
        setattr(row, name, value)
    row.revision += 1
    session.execute(delete(CallNeed).where(CallNeed.call_check_id == call_id))
    _store_needs(session, call_id, terms)
    _record(session, "call-change", institution_id, call_id, now)
    return True


def archive_call(
    session: Session, *, institution_id: int, call_id: int, now: datetime
) -> None:
    """Put a call aside; twice is once.

    Raises:
        NotFoundError: No such call.
    """
    row = _locked(session, institution_id, call_id)
    if row.archived_at is None:
        row.archived_at = now
        _record(session, "call-archive", institution_id, call_id, now)


def restore_call(
    session: Session, *, institution_id: int, call_id: int, now: datetime
) -> None:
    """Take a call up again; twice is once.

    Raises:
        NotFoundError: No such call.
    """
    row = _locked(session, institution_id, call_id)
    if row.archived_at is not None:
        row.archived_at = None
        _record(session, "call-restore", institution_id, call_id, now)


def _locked(session: Session, institution_id: int, call_id: int) -> CallCheck:
    row = session.scalar(
        select(CallCheck)
        .where(CallCheck.id == call_id, CallCheck.institution_id == institution_id)
        .with_for_update()
    )
    if row is None:
        raise NotFoundError
    return row


def _refuse_foreign_priority(
    session: Session, institution_id: int, priority_id: int | None
) -> None:
    if priority_id is None:
        return
    found = session.scalar(
        select(Priority.id).where(
            Priority.id == priority_id,
            Priority.institution_id == institution_id,
            Priority.retired_on.is_(None),
        )
    )
    if found is None:
        raise NotFoundError


def _columns(terms: CallTerms) -> dict[str, Any]:
    """Return the columns of a call, by name."""
    return {
        "title": terms.title,
        "funder": terms.funder,
        "link": terms.link,
        "deadline_at": terms.deadline_at,
        "timezone": terms.timezone,
        "currency": terms.currency,
        "grant_min_cents": terms.grant_min_cents,
        "grant_max_cents": terms.grant_max_cents,
        "cofinancing_min_bp": terms.cofinancing_min_bp,
        "cofinancing_max_bp": terms.cofinancing_max_bp,
        "requested_cents": terms.requested_cents,
        "own_cents": terms.own_cents,
        "priority_id": terms.priority_id,
        "gates": {
            gate.value: {"answer": kept.answer.value, "note": kept.note}
            for gate, kept in terms.gates.items()
        },
    }


def _store_needs(session: Session, call_id: int, terms: CallTerms) -> None:
    session.add_all(
        CallNeed(
            call_check_id=call_id,
            ordinal=ordinal,
            role=need.role,
            competency=need.competency,
            level=need.level,
            holders=need.holders,
        )
        for ordinal, need in enumerate(terms.needs, start=1)
    )
    session.flush()


def _record(
    session: Session, act: str, institution_id: int, call_id: int, now: datetime
) -> None:
    audit.record(
        session,
        act=act,
        thing=f"call:{call_id}",
        now=now,
        institution_id=institution_id,
    )
