"""Appeals against questions: sent, withdrawn, answered."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.appeals import MOST_OPEN, AppealOutcome, may_be_appealed
from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.repairs import Appeal
from conexx_learn.queries.assessment import sitting
from conexx_learn.services import audit


def appealed_sitting(
    session: Session, *, attempt_id: int, question_id: str, user_id: int, lang: str
) -> Sitting:
    """Return a closed attempt of a learner of which a question may be appealed.

    Raises:
        NotFoundError: No such attempt of this learner, it is still open, it did not
            ask this question, or its result shows no question.
    """
    found = sitting(session, attempt_id=attempt_id, user_id=user_id, lang=lang)
    asked = {one.question_id for one in found.form.questions}
    if (
        found.closed_at is None
        or question_id not in asked
        or not may_be_appealed(found.rules.feedback)
    ):
        raise NotFoundError
    return found


def send_appeal(
    session: Session,
    *,
    attempt_id: int,
    question_id: str,
    user_id: int,
    statement: str,
    lang: str,
    now: datetime,
) -> None:
    """Say what is wrong with a question of one's own closed attempt.

    Raises:
        NotFoundError: As `appealed_sitting`.
        RuleError: This question has an open appeal already, or too many are open.
    """
    found = appealed_sitting(
        session,
        attempt_id=attempt_id,
        question_id=question_id,
        user_id=user_id,
        lang=lang,
    )
    _refuse_too_many(session, user_id)
    course_id = session.scalars(
        select(Enrolment.course_id).where(Enrolment.id == found.enrolment_id)
    ).one()
    made = insert_once(
        session,
        Appeal,
        user_id=user_id,
        course_id=course_id,
        attempt_id=attempt_id,
        question_id=question_id,
        statement=statement,
        sent_at=now,
        answer="",
    )
    if not made:
        raise RuleError("appeal-open")
    _record(session, "appeal", attempt_id, question_id, now)


def _refuse_too_many(session: Session, user_id: int) -> None:
    count = session.scalars(
        select(func.count(Appeal.id)).where(
            Appeal.user_id == user_id, Appeal.outcome.is_(None)
        )
    ).one()
    if count >= MOST_OPEN:
        raise RuleError("appeals-too-many", limit=MOST_OPEN)


def withdraw_appeal(
    session: Session, *, appeal_id: int, user_id: int, now: datetime
) -> int:
    """Take back an appeal of one's own that nobody answered yet.

    Returns:
        Key of the attempt that it was about.

    Raises:
        NotFoundError: No such appeal, or not theirs.
        RuleError: It was answered meanwhile.
    """
    row = _held(session, appeal_id)
    if row.user_id != user_id:
        raise NotFoundError
    _close(row, AppealOutcome.WITHDRAWN, now)
    row.statement = ""
    _record(session, "appeal-withdraw", row.attempt_id, row.question_id, now)
    return row.attempt_id


def answer_appeal(
    session: Session,
    *,
    appeal_id: int,
    outcome: AppealOutcome,
    answer: str,
    answered_by: int,
    now: datetime,
) -> None:
    """Answer an appeal: explain why the question stands, or promise to void it.

    Raises:
        NotFoundError: No such appeal.
        RuleError: It was answered meanwhile, or is one's own.
    """
    row = _held(session, appeal_id)
    if row.user_id == answered_by:
        raise RuleError("appeal-own")
    _close(row, outcome, now)
    row.answer, row.answered_by = answer, answered_by
    _record(session, f"appeal-{outcome}", row.attempt_id, row.question_id, now)


def _held(session: Session, appeal_id: int) -> Appeal:
    row = session.scalar(select(Appeal).where(Appeal.id == appeal_id).with_for_update())
    if row is None:
        raise NotFoundError
    return row


def _close(row: Appeal, outcome: AppealOutcome, now: datetime) -> None:
    if row.outcome is not None:
        raise RuleError("appeal-answered")
    row.outcome, row.answered_at = outcome.value, now


def forget_appeals(session: Session, *, user_id: int, now: datetime) -> None:
    """Erase what a person wrote about questions; what was open is withdrawn."""
    for row in session.scalars(select(Appeal).where(Appeal.user_id == user_id)):
        row.statement = row.answer = ""
        if row.outcome is None:
            _close(row, AppealOutcome.WITHDRAWN, now)


def _record(
    session: Session, act: str, attempt_id: int, question_id: str, now: datetime
) -> None:
    audit.record(
        session,
        act=act,
        thing=f"attempt:{attempt_id}",
        now=now,
        question=question_id,
    )
