"""The dry run of a repair: whose result would rise, and nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from conexx_learn.domain.repairs import ScoreChange, VoidMark
from conexx_learn.queries.repairs import (
    QuizUnderRepair,
    RecordedResult,
    course_id_of,
    quizzes_under_repair,
    recorded_results,
)


@dataclass(frozen=True, slots=True)
class PreviewedChange:
    """One result that would rise."""

    result: RecordedResult
    quiz_titles: dict[str, str]
    change: ScoreChange


@dataclass(frozen=True, slots=True)
class PreviewedVoid:
    """One void, and whether any older question is as it was but for it."""

    mark: VoidMark
    reaches: bool


@dataclass(frozen=True, slots=True)
class RepairPreview:
    """What publishing would do to results that are there.

    Attributes:
        voids: What the files void.
        looked_at: Submitted attempts of the quizzes that ask a voided question.
        changes: Results that would rise, in the order of their attempts.
    """

    voids: tuple[PreviewedVoid, ...]
    looked_at: int
    changes: tuple[PreviewedChange, ...]

    @property
    def people(self) -> int:
        """Count the learners whose result would rise."""
        return len({one.result.user_id for one in self.changes})

    @property
    def passes(self) -> int:
        """Count the attempts that would be passed because of it."""
        return sum(one.change.passes for one in self.changes)


def repair_preview(
    session: Session, *, slug: str, marks: Sequence[VoidMark]
) -> RepairPreview:
    """Work out what the voids of a course's files would change; at most 3 statements.

    Args:
        session: Where to read.
        slug: Of the course.
        marks: What its files void.
    """
    course_id = course_id_of(session, slug=slug) if marks else None
    under: dict[int, QuizUnderRepair] = {}
    if course_id is not None:
        under = quizzes_under_repair(session, course_id=course_id, marks=marks)
    reached = {key for one in under.values() for key in one.marks}
    looked_at, changes = 0, []
    if under:
        for result in recorded_results(session, quiz_ids=list(under), until=None):
            looked_at += 1
            change = result.change(under[result.quiz_id])
            if change is not None:
                titles = under[result.quiz_id].quiz.titles
                changes.append(PreviewedChange(result, titles, change))
    return RepairPreview(
        tuple(PreviewedVoid(mark, mark.question_id in reached) for mark in marks),
        looked_at,
        tuple(changes),
    )
