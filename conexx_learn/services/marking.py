"""Marks: kept as a draft, submitted once, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import RuleError, ShapeError
from conexx_learn.domain.graded_work.decision import Decision, decide
from conexx_learn.domain.graded_work.marks import (
    Marks,
    gaps,
    levels_of,
    read_marks,
    stored_marks,
)
from conexx_learn.domain.graded_work.rubric import Rubric
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.graded_work import HandIn, HandInAuthor, WorkAssessment
from conexx_learn.queries.work_rubrics import version_rubric
from conexx_learn.services import audit
from conexx_learn.services.completion import Issuing, settle_completion
from conexx_learn.services.work_assessors import own_assessment

SOURCE_LANGUAGE = "es"
HALVES = 2


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a submission brought.

    Attributes:
        hand_in_id: Of which work.
        is_decided: This call made the result that counts.
        needs_third: The two disagree; a third assessor is to be found.
    """

    hand_in_id: int
    is_decided: bool = False
    needs_third: bool = False


def save_marks(
    session: Session,
    *,
    assessment_id: int,
    assessor_id: int,
    marks: Marks,
    now: datetime,
) -> None:
    """Keep marks as a draft.

    Raises:
        NotFoundError: No such assessment of this person.
        RuleError: They have submitted, or have not begun.
    """
    hold_work(session, own_assessment(session, assessment_id, assessor_id).hand_in_id)
    row = own_assessment(session, assessment_id, assessor_id)
    _refuse_closed(row)
    row.marks, row.saved_at = stored_marks(marks), now


def submit_marks(
    session: Session,
    *,
    assessment_id: int,
    assessor_id: int,
    marks: Marks,
    issuing: Issuing,
    now: datetime,
) -> Submitted:
    """Submit marks for good, and decide where they were the last; twice is once.

    Raises:
        NotFoundError: No such assessment of this person.
        RuleError: They have not begun.
        ShapeError: A level or a comment is missing.
    """
    row = own_assessment(session, assessment_id, assessor_id)
    work = hold_work(session, row.hand_in_id)
    row = own_assessment(session, assessment_id, assessor_id)
    if row.submitted_at is not None:
        return Submitted(work.id)
    _refuse_closed(row)
    rubric = rubric_of(session, work)
    known = {one.id: marks[one.id] for one in rubric.criteria if one.id in marks}
    if gaps(rubric, known):
        raise ShapeError("marks-incomplete")
    row.marks = stored_marks(known)
    row.saved_at = row.submitted_at = now
    session.flush()
    thing = f"hand-in:{work.id}"
    audit.record(session, act="work-marks", thing=thing, now=now, place=row.place)
    return settle_work(session, work, rubric, issuing=issuing, now=now)


def _refuse_closed(row: WorkAssessment) -> None:
    if row.submitted_at is not None:
        raise RuleError("assessment-submitted")
    if row.begun_at is None:
        raise RuleError("assessment-not-begun")


def hold_work(session: Session, hand_in_id: int) -> HandIn:
    """Return a work that nobody else changes until this transaction ends.

    The enrolments of its authors are held first, as by everything else that may
    complete a course, and in the order of their keys.
    """
    authors = select(HandInAuthor.enrolment_id).where(
        HandInAuthor.hand_in_id == hand_in_id
    )
    session.execute(
        select(Enrolment.id)
        .where(Enrolment.id.in_(authors))
        .order_by(Enrolment.id)
        .with_for_update()
    )
    return session.scalars(
        select(HandIn)
        .where(HandIn.id == hand_in_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def rubric_of(session: Session, work: HandIn) -> Rubric:
    """Return the rubric that judges a work; its numbers are alike in all languages."""
    found = version_rubric(
        session, version_id=work.course_version_id, lang=SOURCE_LANGUAGE
    )
    if found is None:
        raise AssertionError("a work was handed in where nobody grades one")
    return found


def submitted_marks(session: Session, hand_in_id: int) -> list[Marks]:
    """Return the marks of who has submitted, in their places."""
    stored = session.scalars(
        select(WorkAssessment.marks)
        .where(
            WorkAssessment.hand_in_id == hand_in_id,
            WorkAssessment.submitted_at.is_not(None),
        )
        .order_by(WorkAssessment.place)
    )
    return [read_marks(marks) for marks in stored]


def settle_work(
    session: Session,
    work: HandIn,
    rubric: Rubric,
    *,
    issuing: Issuing,
    now: datetime,
) -> Submitted:
    """Decide a work as far as its marks allow; who passed may be complete by it.

    Args:
        session: Where to write.
        work: Held by this transaction, without a result.
        rubric: That judges it.
        issuing: Who certifies.
        now: The moment.
    """
    given = submitted_marks(session, work.id)
    decision = decide(rubric, [levels_of(marks) for marks in given])
    if decision is None:
        return Submitted(work.id, needs_third=len(given) >= HALVES)
    write_result(work, decision, given)
    work.decided_at = now
    session.flush()
    act = "work-pass" if decision.passed else "work-fail"
    audit.record(
        session, act=act, thing=f"hand-in:{work.id}", now=now, half=work.half_points
    )
    if decision.passed:
        _complete(session, work, issuing, now)
    return Submitted(work.id, is_decided=True)


def write_result(work: HandIn, decision: Decision, given: Sequence[Marks]) -> None:
    """Write down what counts, and the comments without the names of who made them."""
    work.passed = decision.passed
    work.half_points = int(decision.total * HALVES)
    work.result = _result(decision, given)


def _result(decision: Decision, given: Sequence[Marks]) -> dict[str, Any]:
    return {
        "distinction": decision.with_distinction,
        "levels": {key: str(level) for key, level in decision.levels.items()},
        "sections": {key: str(points) for key, points in decision.sections.items()},
        "shortfalls": [[one.lack.value, one.where] for one in decision.shortfalls],
        "comments": {
            key: [marks[key].comment for marks in given if marks[key].comment]
            for key in decision.levels
        },
    }


def _complete(session: Session, work: HandIn, issuing: Issuing, now: datetime) -> None:
    """Issue the certificate of each author whose course is complete now."""
    slug = session.scalars(select(Course.slug).where(Course.id == work.course_id)).one()
    rows = session.execute(
        select(Enrolment, User.locale)
        .join(HandInAuthor, HandInAuthor.enrolment_id == Enrolment.id)
        .join(User, User.id == Enrolment.user_id)
        .where(HandInAuthor.hand_in_id == work.id)
        .order_by(Enrolment.id)
        .execution_options(populate_existing=True)
    ).all()
    for enrolment, locale in rows:
        settle_completion(
            session,
            enrolment=enrolment,
            slug=slug,
            lang=locale or SOURCE_LANGUAGE,
            issuing=issuing,
            now=now,
        )
