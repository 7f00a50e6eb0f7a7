"""Corrections: a better result beside the one that was submitted, with its trace."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import Sitting
from conexx_learn.domain.grading import Grade
from conexx_learn.domain.repairs import (
    MARKS_JSON,
    ScoreChange,
    applying_marks,
    by_id,
    score_change,
)
from conexx_learn.domain.responses import Response
from conexx_learn.models.insertion import inserted_rows
from conexx_learn.models.repairs import Correction, Repair
from conexx_learn.services import audit


def store_corrections(
    session: Session,
    *,
    repair_id: int,
    changes: Mapping[int, ScoreChange],
    now: datetime,
) -> set[int]:
    """Store better results of attempts; what a repair corrected once it leaves alone.

    Args:
        session: Where to write.
        repair_id: Which repair.
        changes: Key of the attempt to how its result rises.
        now: This moment.

    Returns:
        Keys of the attempts that this call corrected.
    """
    rows = [
        {
            "attempt_id": attempt_id,
            "repair_id": repair_id,
            "corrected_at": now,
            "earned_before": str(change.before.earned),
            "possible_before": str(change.before.possible),
            "points_earned": str(change.after.earned),
            "points_possible": str(change.after.possible),
            "passed": change.after.passed,
        }
        for attempt_id, change in sorted(changes.items())
    ]
    made = {key for (key,) in inserted_rows(session, Correction, rows, "attempt_id")}
    for attempt_id in sorted(made):
        _record(session, repair_id, attempt_id, changes[attempt_id], now)
    return made


def _record(
    session: Session,
    repair_id: int,
    attempt_id: int,
    change: ScoreChange,
    now: datetime,
) -> None:
    audit.record(
        session,
        act="correct-result",
        thing=f"attempt:{attempt_id}",
        now=now,
        repair=repair_id,
        before=f"{change.before.earned} of {change.before.possible}",
        after=f"{change.after.earned} of {change.after.possible}",
    )


def corrected_at_close(
    session: Session,
    found: Sitting,
    responses: Mapping[str, Response],
    grade: Grade,
    *,
    now: datetime,
) -> Grade:
    """Correct a result as it is submitted, where its version is older than a repair.

    Args:
        session: Where to write.
        found: The attempt, as it was before it is closed.
        responses: What counts.
        grade: What they earn.
        now: This moment.

    Returns:
        The grade that counts.
    """
    repair = session.get(Repair, found.repair_id) if found.repair_id else None
    if repair is None:
        return grade
    known = by_id(found.quizzes)
    change = score_change(
        grade,
        grade,
        asked=[asked.question_id for asked in found.form.questions],
        known=known,
        responses=responses,
        marks=applying_marks(MARKS_JSON.validate_python(repair.marks), known),
    )
    if change is None:
        return grade
    store_corrections(session, repair_id=repair.id, changes={found.id: change}, now=now)
    return change.after
