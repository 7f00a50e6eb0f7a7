"""One sitting of a quiz: what was asked, what was answered, what it earned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from conexx_learn.domain.attempt_forms import (
    Form,
    FormQuestion,
    to_shown,
    to_source,
)
from conexx_learn.domain.attempt_saves import SaveLedger, age_of
from conexx_learn.domain.grading import (
    AttemptOutcome,
    Grade,
    Marked,
    grade_attempt,
)
from conexx_learn.domain.progress import QuizRules
from conexx_learn.domain.quiz import Question, Quiz
from conexx_learn.domain.repairs import (
    CorrectedResult,
    VoidMark,
    applying_marks,
    by_id,
    voided,
)
from conexx_learn.domain.responses import Response, ResponseShapeError, read_response

GRACE = timedelta(seconds=10)
"""How long after the deadline a save is still taken: the way over a slow network."""

MOST_AT_ONCE = 500
"""Responses that one save may hold: the questions that a quiz may have."""


def time_is_over(deadline_at: datetime | None, *, now: datetime) -> bool:
    """Say whether the time of an attempt has run out, the grace included."""
    return deadline_at is not None and now > deadline_at + GRACE


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt with everything that marking or showing it needs.

    Attributes:
        id: Its address.
        user_id: Whose it is.
        enrolment_id: Of which enrolment.
        version_id: Version of the course that its quiz is of.
        content_hash: Of that version's content.
        ordinal: From 1.
        rules: Of the quiz.
        course_slug: Of the course.
        course_title: In the reader's language.
        module_slug: None for the final.
        started_at: In UTC.
        deadline_at: None without a time limit.
        closed_at: None while open.
        form: What was drawn.
        documents: Language to the published quiz document.
        quizzes: Language to the quiz.
        lang: Of the texts that are shown.
        responses: Question id to response, in source keys.
        save_number: How many saves were taken.
        saved_at: When the newest was.
        ledger: What is remembered of the saves.
        corrected: What the last repair made of the result, or None.
        repair_id: The newest repair of the course, or None.
    """

    id: int
    user_id: int
    enrolment_id: int
    version_id: int
    content_hash: str
    ordinal: int
    rules: QuizRules
    course_slug: str
    course_title: str
    module_slug: str | None
    started_at: datetime
    deadline_at: datetime | None
    closed_at: datetime | None
    form: Form
    documents: Mapping[str, Mapping[str, Any]]
    quizzes: Mapping[str, Quiz]
    lang: str
    responses: Mapping[str, Response]
    save_number: int
    saved_at: datetime | None
    ledger: SaveLedger
    corrected: CorrectedResult | None = None
    repair_id: int | None = None

    @property
    def quiz(self) -> Quiz:
        """Return the quiz in the language that is shown."""
        return self.quizzes[self.lang]

    @property
    def asked(self) -> list[tuple[FormQuestion, Question]]:
        """List what is asked, in shown order."""
        known = {question.id: question for question in self.quiz.questions}
        return [(asked, known[asked.question_id]) for asked in self.form.questions]

    @property
    def grade(self) -> Grade:
        """Return the grade that counts: after a repair the corrected one."""
        if self.corrected is not None:
            return self.corrected.change.after
        return self.outcome(self.responses).grade

    @property
    def marks(self) -> dict[str, VoidMark]:
        """Return question id to the void that corrected this result."""
        if self.corrected is None:
            return {}
        return applying_marks(self.corrected.marks, by_id(self.quizzes))

    def is_over(self, *, now: datetime) -> bool:
        """Say whether the time has run out, the grace included."""
        return time_is_over(self.deadline_at, now=now)

    def is_due(self, *, now: datetime) -> bool:
        """Say whether the deadline has come; the grace is only for the way."""
        return self.deadline_at is not None and now >= self.deadline_at

    def age(self, *, now: datetime) -> int:
        """Say how long the attempt has been going on, in tenths of a second."""
        return age_of(now - self.started_at)

    def shown(self, question_ids: Collection[str]) -> dict[str, Response]:
        """Return the stored responses of some questions in the keys that are shown."""
        return {
            asked.question_id: to_shown(asked, self.responses.get(asked.question_id))
            for asked in self.form.questions
            if asked.question_id in question_ids
        }

    def read(self, raw: Mapping[str, object]) -> dict[str, Response]:
        """Read responses in shown keys; all of them, or none.

        Raises:
            ResponseShapeError: One is of a question that was not asked, or misshapen.
        """
        if len(raw) > MOST_AT_ONCE:
            raise ResponseShapeError(question_id="", reason="too many responses")
        asked = {question.id: (form, question) for form, question in self.asked}
        found: dict[str, Response] = {}
        for question_id, value in raw.items():
            if question_id not in asked:
                raise ResponseShapeError(question_id=question_id, reason="not asked")
            form, question = asked[question_id]
            found[question_id] = read_response(question, to_source(form, value))
        return found

    def outcome(self, responses: Mapping[str, Response]) -> AttemptOutcome:
        """Mark responses; of a question with translations the better marking counts.

        Accepted words may differ between languages, and a learner may switch.
        """
        outcomes = [self._outcome_in(lang, responses) for lang in self.quizzes]
        best = [
            max(marks, key=lambda mark: mark.earned)
            for marks in zip(*(outcome.marked for outcome in outcomes), strict=True)
        ]
        return _with_marks(outcomes[0], best)

    def with_voids(self) -> "Sitting":
        """Lay the voids of the last repair over the questions, for the result page."""
        marks = self.marks
        if not marks:
            return self
        quizzes = {
            lang: _with_voids(quiz, marks) for lang, quiz in self.quizzes.items()
        }
        return replace(self, quizzes=quizzes)

    def _outcome_in(
        self, lang: str, responses: Mapping[str, Response]
    ) -> AttemptOutcome:
        known = {question.id: question for question in self.quizzes[lang].questions}
        return grade_attempt(
            [known[asked.question_id] for asked in self.form.questions],
            responses,
            pass_percent=self.rules.pass_percent,
        )


def _with_voids(quiz: Quiz, marks: Mapping[str, VoidMark]) -> Quiz:
    return replace(
        quiz,
        sections=tuple(
            replace(
                section,
                questions=tuple(
                    voided(question, marks[question.id], quiz.lang)
                    if question.id in marks
                    else question
                    for question in section.questions
                ),
            )
            for section in quiz.sections
        ),
    )


def _with_marks(outcome: AttemptOutcome, marks: list[Marked]) -> AttemptOutcome:
    earned = sum((mark.earned for mark in marks), start=outcome.grade.earned * 0)
    grade = type(outcome.grade)(
        earned, outcome.grade.possible, outcome.grade.pass_percent
    )
    return AttemptOutcome(tuple(marks), grade, outcome.dropped, outcome.ungraded)
