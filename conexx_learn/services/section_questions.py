"""Questions at sections: asked, withdrawn, answered, published, taken back."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.fingerprints import fingerprint
from conexx_learn.domain.section_questions import (
    DAYS_TO_ANSWER,
    MOST_OPEN,
    QuestionState,
    SectionPlace,
)
from conexx_learn.domain.working_days import end_of_working_days
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.queries.catalogue import module_page
from conexx_learn.queries.section_questions import IS_OPEN, moments_of
from conexx_learn.services import audit


def ask_question(
    session: Session,
    place: SectionPlace,
    *,
    text: str,
    user_id: int,
    lang: str,
    zone: str,
    now: datetime,
) -> bool:
    """Ask the trainers of a course at a section of it.

    Args:
        session: Where to write.
        place: At which section.
        text: The question.
        user_id: Who asks.
        lang: Language of the text that they read, and write in.
        zone: Whose working days are counted.
        now: This moment.

    Returns:
        False where the same question is open already: nothing was done then.

    Raises:
        NotFoundError: No such section in the version that they read.
        RuleError: They are not enrolled, or too many of theirs are open.
    """
    page = module_page(
        session, course=place.course, module=place.module, user_id=user_id, lang=lang
    )
    heading = page.reading.heading(place.anchor)
    if heading is None:
        raise NotFoundError
    if not page.place.is_enrolled:
        raise RuleError("not-enrolled")
    made = insert_once(
        session,
        SectionQuestion,
        user_id=user_id,
        course_id=page.place.course_id,
        course_version_id=page.place.version_id,
        module_slug=place.module,
        anchor=place.anchor,
        heading=heading,
        lang=lang,
        text=text,
        fingerprint=fingerprint(place.anchor, text),
        zone=zone,
        asked_at=now,
        due_at=end_of_working_days(now, DAYS_TO_ANSWER, zone),
        answer="",
        published_question="",
        published_answer="",
    )
    if made:
        _refuse_too_many(session, user_id)
    return made


def _refuse_too_many(session: Session, user_id: int) -> None:
    """Count after the insert: a second click on the last one is no eleventh."""
    count = session.scalars(
        select(func.count(SectionQuestion.id)).where(
            SectionQuestion.user_id == user_id, IS_OPEN
        )
    ).one()
    if count > MOST_OPEN:
        raise RuleError("section-questions-too-many", limit=MOST_OPEN)


def withdraw_question(
    session: Session, *, question_id: int, user_id: int, now: datetime
) -> None:
    """Take back a question of one's own that nobody answered yet.

    Raises:
        NotFoundError: No such question, or not theirs.
        RuleError: It was answered meanwhile.
    """
    row = _held(session, question_id)
    if row.user_id != user_id:
        raise NotFoundError
    if row.answered_at is not None:
        raise RuleError("section-question-answered")
    row.withdrawn_at = row.withdrawn_at or now
    row.text = row.fingerprint = ""


def answer_question(
    session: Session, *, question_id: int, answer: str, answered_by: int, now: datetime
) -> bool:
    """Answer a question, once.

    Returns:
        False where somebody else was first: nothing was done then.

    Raises:
        NotFoundError: No such question.
        RuleError: It was withdrawn, or is one's own.
    """
    row = _held(session, question_id)
    _refuse_own(row, answered_by)
    if row.withdrawn_at is not None:
        raise RuleError("section-question-withdrawn")
    if row.answered_at is not None:
        return False
    row.answer, row.answered_at, row.answered_by = answer, now, answered_by
    _record(session, "section-question-answer", row, now)
    return True


def publish_pair(
    session: Session,
    *,
    question_id: int,
    question: str,
    answer: str,
    published_by: int,
    now: datetime,
) -> None:
    """Show a question and its answer under the section, without the name.

    Raises:
        NotFoundError: No such question.
        RuleError: It has no answer yet, or is one's own.
    """
    row = _held(session, question_id)
    _refuse_own(row, published_by)
    if row.answered_at is None:
        raise RuleError("section-question-open")
    row.published_question, row.published_answer = question, answer
    row.published_at, row.published_by, row.unpublished_at = now, published_by, None
    _record(session, "section-question-publish", row, now)


def take_pair_back(session: Session, *, question_id: int, now: datetime) -> bool:
    """Show a pair no longer; where its person erased their account, it is erased.

    Returns:
        Whether the question is still there.

    Raises:
        NotFoundError: No such question.
    """
    row = _held(session, question_id)
    if moments_of(row).state is not QuestionState.PUBLISHED:
        return True
    _record(session, "section-question-unpublish", row, now)
    if row.user_id is None:
        session.delete(row)
        return False
    row.unpublished_at = now
    return True


def forget_questions(session: Session, *, user_id: int) -> None:
    """Erase what a person asked; of a published pair, what tells whose it was."""
    rows = session.scalars(
        select(SectionQuestion)
        .where(SectionQuestion.user_id == user_id)
        .order_by(SectionQuestion.id)
        .with_for_update()
    ).all()
    for row in rows:
        if moments_of(row).state is QuestionState.PUBLISHED:
            row.text = row.answer = row.fingerprint = ""
            row.user_id = None
    session.flush()
    session.execute(delete(SectionQuestion).where(SectionQuestion.user_id == user_id))


def _held(session: Session, question_id: int) -> SectionQuestion:
    row = session.scalar(
        select(SectionQuestion)
        .where(SectionQuestion.id == question_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFoundError
    return row


def _refuse_own(row: SectionQuestion, user_id: int) -> None:
    if row.user_id == user_id:
        raise RuleError("section-question-own")


def _record(session: Session, act: str, row: SectionQuestion, now: datetime) -> None:
    """Note who acted, and never whose question it was."""
    audit.record(session, act=act, thing=f"section-question:{row.id}", now=now)
