"""Assessors of a work: given to it, taken from it, and beginning to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.graded_work.assessors import (
    MOST,
    WANTED,
    Authors,
    Candidate,
    proposal,
    refuse_assessor,
)
from conexx_learn.models.graded_work import HandIn, WorkAssessment
from conexx_learn.queries.work_assessors import authors_of, chosen_for, trainers
from conexx_learn.services import audit


@dataclass(frozen=True, slots=True)
class _Bench:
    """Who could judge a work, who handed it in, and who judges it already."""

    candidates: list[Candidate]
    authors: Authors
    chosen: list[Candidate]


def assign_assessor(
    session: Session,
    *,
    hand_in_id: int,
    assessor_id: int,
    given_by: int,
    now: datetime,
) -> None:
    """Give a work to an assessor.

    Args:
        session: Where to write.
        hand_in_id: Which work.
        assessor_id: Who is to judge it.
        given_by: Who decides so.
        now: The moment.

    Raises:
        NotFoundError: No such work, or they are no trainer.
        RuleError: They may not judge it, or it needs nobody more.
    """
    held_work(session, hand_in_id, by=given_by)
    bench = _bench(session, hand_in_id, now)
    found = next((c for c in bench.candidates if c.user_id == assessor_id), None)
    if found is None:
        raise NotFoundError
    refuse_assessor(found, bench.authors, bench.chosen)
    _give(session, hand_in_id, found, given_by, now)


def assign_proposed(
    session: Session,
    *,
    hand_in_id: int,
    given_by: int,
    now: datetime,
) -> list[int]:
    """Give a work to whom the queue proposes, as many as it still needs.

    Returns:
        Who was chosen.

    Raises:
        NotFoundError: No such work.
        RuleError: Nobody may judge it who does not yet, or it needs nobody more.
    """
    held_work(session, hand_in_id, by=given_by)
    bench = _bench(session, hand_in_id, now)
    found = proposal(
        bench.candidates,
        bench.authors,
        bench.chosen,
        wanted=_wanted(session, hand_in_id),
    )
    if not found:
        raise RuleError("assessors-none")
    for one in found:
        _give(session, hand_in_id, one, given_by, now)
    return [one.user_id for one in found]


def held_work(session: Session, hand_in_id: int, *, by: int) -> HandIn:
    """Return a work without a result, held; who handed it in does not decide on it.

    Raises:
        NotFoundError: No such work.
        RuleError: It has a result or was replaced, or is one's own.
    """
    row = session.scalar(
        select(HandIn)
        .where(HandIn.id == hand_in_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    if row.decided_at is not None or row.replaced_at is not None:
        raise RuleError("work-decided")
    refuse_own(session, hand_in_id, by=by, now=row.handed_at)
    return row


def refuse_own(session: Session, hand_in_id: int, *, by: int, now: datetime) -> None:
    """Let nobody decide on a work of their own.

    Raises:
        RuleError: It is theirs.
    """
    if by in authors_of(session, hand_in_id=hand_in_id, today=now.date()).user_ids:
        raise RuleError("work-own")


def _bench(session: Session, hand_in_id: int, now: datetime) -> _Bench:
    today = now.date()
    known = trainers(session, hand_in_id=hand_in_id, today=today)
    return _Bench(
        [one.candidate for one in known],
        authors_of(session, hand_in_id=hand_in_id, today=today),
        chosen_for(session, hand_in_id=hand_in_id, known=known),
    )


def wanted(submitted: Sequence[bool]) -> int:
    """Say how many a work without a result needs; a third where two are done.

    Args:
        submitted: For each assessor, whether they have submitted.
    """
    return MOST if sum(submitted) >= WANTED else WANTED


def _wanted(session: Session, hand_in_id: int) -> int:
    rows = _assessments(session, hand_in_id)
    return wanted([row.submitted_at is not None for row in rows])


def _assessments(session: Session, hand_in_id: int) -> list[WorkAssessment]:
    return list(
        session.scalars(
            select(WorkAssessment)
            .where(WorkAssessment.hand_in_id == hand_in_id)
            .order_by(WorkAssessment.place)
            .execution_options(populate_existing=True)
        )
    )


def _give(
    session: Session, hand_in_id: int, one: Candidate, given_by: int, now: datetime
) -> None:
    rows = _assessments(session, hand_in_id)
    most = wanted([row.submitted_at is not None for row in rows])
    taken = {row.place for row in rows}
    place = next((n for n in range(1, most + 1) if n not in taken), None)
    if place is None:
        raise RuleError("assessor-enough")
    session.add(
        WorkAssessment(
            hand_in_id=hand_in_id,
            place=place,
            assessor_id=one.user_id,
            taught=one.taught,
            given_at=now,
            given_by=given_by,
            marks={},
        )
    )
    session.flush()
    thing = f"hand-in:{hand_in_id}"
    audit.record(session, act="work-assign", thing=thing, now=now, assessor=one.user_id)


def withdraw_assessor(
    session: Session, *, hand_in_id: int, assessment_id: int, by: int, now: datetime
) -> None:
    """Take a work from an assessor who has not submitted; their draft goes.

    Raises:
        NotFoundError: No such part of this work.
        RuleError: They have submitted, or the work is one's own.
    """
    held_work(session, hand_in_id, by=by)
    row = next(
        (one for one in _assessments(session, hand_in_id) if one.id == assessment_id),
        None,
    )
    if row is None:
        raise NotFoundError
    if row.submitted_at is not None:
        raise RuleError("assessment-submitted")
    session.delete(row)
    thing = f"hand-in:{hand_in_id}"
    audit.record(
        session, act="work-unassign", thing=thing, now=now, assessor=row.assessor_id
    )


def begin_assessment(
    session: Session, *, assessment_id: int, assessor_id: int, now: datetime
) -> None:
    """Begin to read: from now on the work can no longer be replaced; safe to repeat.

    Raises:
        NotFoundError: No such assessment of this person.
        RuleError: A newer work took its place this very moment.
    """
    row = own_assessment(session, assessment_id, assessor_id)
    hand_in_id = row.hand_in_id
    session.execute(select(HandIn.id).where(HandIn.id == hand_in_id).with_for_update())
    row = own_assessment(session, assessment_id, assessor_id)
    if row.hand_in_id != hand_in_id:
        raise RuleError("work-replaced")
    if row.begun_at is None:
        row.begun_at = now


def own_assessment(
    session: Session, assessment_id: int, assessor_id: int
) -> WorkAssessment:
    """Return an assessor's part as it stands now.

    Raises:
        NotFoundError: No such assessment of this person.
    """
    row = session.scalar(
        select(WorkAssessment)
        .where(
            WorkAssessment.id == assessment_id,
            WorkAssessment.assessor_id == assessor_id,
        )
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    return row
