"""Questions that nobody answered in time go to the coordination, once."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from conexx_learn.domain.messages import Message
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.queries.question_desk import (
    Coordinator,
    coordinators,
    questions_by_id,
)
from conexx_learn.queries.section_questions import IS_OPEN, AskedQuestion
from conexx_learn.services import outbox

LATE_LETTER = "late_question_letter"
"""Where the application keeps what writes the mail to a coordinator."""

LateLetter = Callable[[Coordinator, Sequence[AskedQuestion]], Message]


def escalate_questions(
    session: Session, *, letter: LateLetter, lang: str, now: datetime
) -> int:
    """Hand to the coordination what waited for five working days, and tell them.

    The mark and the mails are of one transaction, and the mark is set where there is
    none: who does it at the same time, or again after a kill, hands nothing over twice.

    Args:
        session: Where to write.
        letter: Writes the mail to one coordinator.
        lang: Of the titles for a coordinator who chose no language.
        now: This moment.

    Returns:
        How many this call handed over.
    """
    marked = session.scalars(
        update(SectionQuestion)
        .where(
            IS_OPEN,
            SectionQuestion.escalated_at.is_(None),
            SectionQuestion.due_at <= now,
        )
        .values(escalated_at=now)
        .returning(SectionQuestion.id)
        .execution_options(synchronize_session=False)
    ).all()
    if not marked:
        return 0
    told = [
        letter(one, questions_by_id(session, ids=marked, lang=one.locale or lang))
        for one in coordinators(session, today=now.date())
    ]
    outbox.post_all(session, told, now=now)
    return len(marked)
