"""Reads of repairs: the quizzes that a void is about, and the results it may raise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Row, Select, case, select
from sqlalchemy.orm import Session

from conexx_learn.domain.grading import Grade
from conexx_learn.domain.quiz import QUIZ_JSON, AttemptGrade
from conexx_learn.domain.quiz import Quiz as QuizModel
from conexx_learn.domain.repairs import (
    MARKS_JSON,
    ScoreChange,
    Translations,
    VoidMark,
    applying_marks,
    by_id,
    score_change,
)
from conexx_learn.domain.responses import Response
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Course, CourseVersion, Quiz, QuizText
from conexx_learn.models.repairs import Repair
from conexx_learn.queries.corrected_results import IS_LATEST, Latest

AT_ONCE = 500
"""Attempts that are read into memory at a time."""


@dataclass(frozen=True, slots=True)
class StoredQuiz:
    """A quiz of any version of a course.

    Attributes:
        id: Its key.
        quizzes: Language to the model.
        known: Its questions.
    """

    id: int
    quizzes: Mapping[str, QuizModel]
    known: Translations

    @property
    def titles(self) -> dict[str, str]:
        """Return language to title."""
        return {lang: quiz.title for lang, quiz in self.quizzes.items()}


@dataclass(frozen=True, slots=True)
class QuizUnderRepair:
    """A quiz that asks a voided question as it was, and the voids that are about it."""

    quiz: StoredQuiz
    marks: Mapping[str, VoidMark]


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """A submitted attempt with what counts of it now.

    Attributes:
        attempt_id: Its address.
        user_id: Whose it is.
        enrolment_id: Of which enrolment.
        quiz_id: Of which quiz.
        ordinal: From 1.
        policy: Which attempt of the quiz counts.
        asked: Ids of its questions.
        responses: Question id to response in source keys.
        first: What it earned when it was submitted.
        recorded: What counts now.
        full_name: Of the learner.
        email: The confirmed mailbox of the learner, or None.
        locale: Of the learner, or None.
    """

    attempt_id: int
    user_id: int
    enrolment_id: int
    quiz_id: int
    ordinal: int
    policy: AttemptGrade
    asked: tuple[str, ...]
    responses: Mapping[str, Response]
    first: Grade
    recorded: Grade
    full_name: str
    email: str | None
    locale: str | None

    def change(self, under: QuizUnderRepair) -> ScoreChange | None:
        """Say how the voids raise it; None where they do not."""
        return score_change(
            self.first,
            self.recorded,
            asked=self.asked,
            known=under.quiz.known,
            responses=self.responses,
            marks=under.marks,
        )


def stored_quizzes(session: Session, *, course_id: int) -> dict[int, StoredQuiz]:
    """Return every quiz of every version of a course; one statement."""
    rows = session.execute(
        select(QuizText.quiz_id, QuizText.lang, QuizText.document)
        .join(Quiz, Quiz.id == QuizText.quiz_id)
        .join(CourseVersion, CourseVersion.id == Quiz.course_version_id)
        .where(CourseVersion.course_id == course_id)
        .order_by(QuizText.quiz_id, QuizText.lang)
    )
    found: dict[int, dict[str, QuizModel]] = {}
    for quiz_id, lang, document in rows:
        model = QUIZ_JSON.validate_python(document["quiz"])
        found.setdefault(quiz_id, {})[lang] = model
    return {id_: StoredQuiz(id_, texts, by_id(texts)) for id_, texts in found.items()}


def quizzes_under_repair(
    session: Session, *, course_id: int, marks: Sequence[VoidMark]
) -> dict[int, QuizUnderRepair]:
    """Return the quizzes that voids are about, by key; one statement, or none."""
    if not marks:
        return {}
    found = {
        quiz.id: QuizUnderRepair(quiz, applying_marks(marks, quiz.known))
        for quiz in stored_quizzes(session, course_id=course_id).values()
    }
    return {key: under for key, under in found.items() if under.marks}


RESULTS: Select[*tuple[Any, ...]] = (
    select(
        Attempt.id,
        Attempt.user_id,
        Attempt.enrolment_id,
        Attempt.quiz_id,
        Attempt.ordinal,
        Attempt.form,
        Attempt.responses,
        Attempt.points_earned,
        Attempt.points_possible,
        Latest.points_earned.label("earned_now"),
        Latest.points_possible.label("possible_now"),
        Quiz.pass_mark,
        Quiz.attempt_grade,
        User.full_name,
        case((User.confirmed_at.is_not(None), User.email)).label("email"),
        User.locale,
    )
    .join(Quiz, Quiz.id == Attempt.quiz_id)
    .join(User, User.id == Attempt.user_id)
    .outerjoin(Latest, IS_LATEST)
    .where(Attempt.closed_at.is_not(None))
    .order_by(Attempt.id)
)


def recorded_results(
    session: Session, *, quiz_ids: Sequence[int], after: int = 0, until: int | None
) -> Iterator[RecordedResult]:
    """Yield the submitted attempts of some quizzes, a few at a time in memory.

    Args:
        session: Where to read.
        quiz_ids: Of the quizzes.
        after: Key of the attempt before the first.
        until: Key of the last; None for all.
    """
    wanted = RESULTS.where(Attempt.quiz_id.in_(quiz_ids), Attempt.id > after)
    if until is not None:
        wanted = wanted.where(Attempt.id <= until)
    options = {"yield_per": AT_ONCE}
    for row in session.execute(wanted, execution_options=options):
        yield _result(row)


def _result(row: Row[*tuple[Any, ...]]) -> RecordedResult:
    percent = Fraction(row.pass_mark) if row.pass_mark else None
    first = Grade(Fraction(row.points_earned), Fraction(row.points_possible), percent)
    recorded = first
    if row.earned_now is not None:
        recorded = Grade(Fraction(row.earned_now), Fraction(row.possible_now), percent)
    return RecordedResult(
        attempt_id=row.id,
        user_id=row.user_id,
        enrolment_id=row.enrolment_id,
        quiz_id=row.quiz_id,
        ordinal=row.ordinal,
        policy=AttemptGrade(row.attempt_grade),
        asked=asked_ids(row.form),
        responses=row.responses,
        first=first,
        recorded=recorded,
        full_name=row.full_name,
        email=row.email,
        locale=row.locale,
    )


def asked_ids(form: Mapping[str, Any]) -> tuple[str, ...]:
    """List the questions of a stored form, in shown order."""
    return tuple(
        asked["question_id"]
        for section in form.get("sections", ())
        for asked in section["questions"]
    )


@dataclass(frozen=True, slots=True)
class WaitingRepair:
    """A repair whose results are not all looked at yet."""

    id: int
    course_id: int
    course_slug: str
    marks: tuple[VoidMark, ...]


def waiting_repairs(session: Session) -> list[WaitingRepair]:
    """List the repairs that are not finished, the oldest first; one statement."""
    rows = session.execute(
        select(Repair.id, Repair.course_id, Course.slug, Repair.marks)
        .join(Course, Course.id == Repair.course_id)
        .where(Repair.finished_at.is_(None))
        .order_by(Repair.id)
    )
    return [
        WaitingRepair(id_, course_id, slug, MARKS_JSON.validate_python(marks))
        for id_, course_id, slug, marks in rows
    ]


def course_id_of(session: Session, *, slug: str) -> int | None:
    """Return the key of a course; None before it was published."""
    return session.scalar(select(Course.id).where(Course.slug == slug))
