"""Repair: the voids of a published version raise the results that they reach.

A repair is noted in the transaction that publishes, and applied afterwards in batches.
Each batch is a transaction that also notes how far it came: killed between two, the
next call goes on there, and a UNIQUE constraint makes twice once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.messages import Message
from conexx_learn.domain.quiz import AttemptGrade
from conexx_learn.domain.repairs import (
    ScoreChange,
    VoidMark,
)
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.repairs import Repair
from conexx_learn.queries.repairs import (
    QuizUnderRepair,
    RecordedResult,
    WaitingRepair,
    quizzes_under_repair,
    recorded_results,
    waiting_repairs,
)
from conexx_learn.services.completion import Issuing, settle_completion
from conexx_learn.services.corrections import store_corrections
from conexx_learn.services.outbox import post_all
from conexx_learn.services.unit_of_work import reading, unit_of_work

BATCH = 250
"""Attempts of one transaction: their enrolments are held until it ends."""

CORRECTION_LETTER = "correction_letter"
"""Where commands and jobs find what writes the mail of a corrected result."""


@dataclass(frozen=True, slots=True)
class CorrectionToTell:
    """What a learner is told when a result rises.

    Attributes:
        repair_id: Which repair.
        attempt_id: Whose result rose.
        full_name: Of the learner.
        email: Of the learner.
        lang: That they read.
        quiz_titles: Language to the title of the quiz.
        change: From what to what.
        marks: The voids that made it rise.
    """

    repair_id: int
    attempt_id: int
    full_name: str
    email: str
    lang: str
    quiz_titles: Mapping[str, str]
    change: ScoreChange
    marks: tuple[VoidMark, ...]


Letter = Callable[[CorrectionToTell], Message]


@dataclass(frozen=True, slots=True)
class Applying:
    """What applying a repair needs besides the results.

    Attributes:
        issuing: Who certifies what becomes complete by it.
        lang: Of learners who have chosen no language.
        letter: Writes the mail.
    """

    issuing: Issuing
    lang: str
    letter: Letter


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair did.

    Attributes:
        corrected: Results that rose.
        passed: Attempts that are passed because of it.
        certified: Certificates that followed.
    """

    corrected: int = 0
    passed: int = 0
    certified: int = 0

    def __add__(self, other: "Repaired") -> "Repaired":
        """Sum two batches."""
        return Repaired(
            self.corrected + other.corrected,
            self.passed + other.passed,
            self.certified + other.certified,
        )


def apply_repairs(applying: Applying, *, now: datetime) -> Repaired:
    """Raise every result that a noted repair reaches and that was not looked at yet."""
    done = Repaired()
    for repair in waiting_repairs(reading()):
        under = quizzes_under_repair(
            reading(), course_id=repair.course_id, marks=repair.marks
        )
        goes_on = True
        while goes_on:
            with unit_of_work() as session:
                goes_on, batch = _apply_batch(session, repair, under, applying, now)
            done += batch
    return done


def _apply_batch(
    session: Session,
    repair: WaitingRepair,
    under: Mapping[int, QuizUnderRepair],
    applying: Applying,
    now: datetime,
) -> tuple[bool, Repaired]:
    """Look at the next attempts; say whether more may follow, and what was done."""
    row = session.scalars(
        select(Repair)
        .where(Repair.id == repair.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if row.finished_at is not None:
        return False, Repaired()
    enrolments, until = _held_enrolments(session, list(under), row.reached_id)
    if until is None:
        row.finished_at = now
        return False, Repaired()
    risen = [
        (result, change)
        for result in recorded_results(
            session, quiz_ids=list(under), after=row.reached_id, until=until
        )
        if (change := result.change(under[result.quiz_id])) is not None
    ]
    row.reached_id = until
    done = _correct(session, repair, under, risen, enrolments, applying, now)
    return True, done


def _held_enrolments(
    session: Session, quiz_ids: Sequence[int], reached: int
) -> tuple[dict[int, Enrolment], int | None]:
    """Hold the enrolments of the next attempts, the open ones too.

    Whoever submits just now is waited for; whoever submits afterwards finds the repair
    and corrects the result with the submission.
    """
    found = session.execute(
        select(Attempt.id, Attempt.enrolment_id)
        .where(Attempt.quiz_id.in_(quiz_ids), Attempt.id > reached)
        .order_by(Attempt.id)
        .limit(BATCH)
    ).all()
    if not found:
        return {}, None
    held = session.scalars(
        select(Enrolment)
        .where(Enrolment.id.in_({row.enrolment_id for row in found}))
        .order_by(Enrolment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in held}, found[-1].id


def _correct(
    session: Session,
    repair: WaitingRepair,
    under: Mapping[int, QuizUnderRepair],
    risen: Sequence[tuple[RecordedResult, ScoreChange]],
    enrolments: Mapping[int, Enrolment],
    applying: Applying,
    now: datetime,
) -> Repaired:
    """Store the corrections of a batch, tell their learners, and let courses end."""
    made = store_corrections(
        session,
        repair_id=repair.id,
        changes={result.attempt_id: change for result, change in risen},
        now=now,
    )
    fresh = [pair for pair in risen if pair[0].attempt_id in made]
    letters = [
        applying.letter(
            _to_tell(repair, under[result.quiz_id], result, change, applying)
        )
        for result, change in fresh
        if result.email
    ]
    post_all(session, letters, now=now)
    session.flush()
    certified = 0
    for result, change in fresh:
        if change.passes or result.policy is AttemptGrade.AVERAGE:
            certified += settle_completion(
                session,
                enrolment=enrolments[result.enrolment_id],
                slug=repair.course_slug,
                lang=result.locale or applying.lang,
                issuing=applying.issuing,
                now=now,
            )
    passed = sum(change.passes for _, change in fresh)
    return Repaired(len(fresh), passed, certified)


def _to_tell(
    repair: WaitingRepair,
    under: QuizUnderRepair,
    result: RecordedResult,
    change: ScoreChange,
    applying: Applying,
) -> CorrectionToTell:
    return CorrectionToTell(
        repair_id=repair.id,
        attempt_id=result.attempt_id,
        full_name=result.full_name,
        email=result.email or "",
        lang=result.locale or applying.lang,
        quiz_titles=under.quiz.titles,
        change=change,
        marks=tuple(under.marks[key] for key in result.asked if key in under.marks),
    )
