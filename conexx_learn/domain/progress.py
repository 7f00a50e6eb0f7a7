"""How far a learner has come: computed from facts on each read, never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from conexx_learn.domain.graded_work.handing_in import WorkProgress
from conexx_learn.domain.grading import Grade, counting_grade
from conexx_learn.domain.quiz import AttemptGrade, FeedbackPolicy, Mode


@dataclass(frozen=True, slots=True)
class QuizRules:
    """The rules of a quiz, as a page tells them.

    Attributes:
        id: Key of the quiz.
        title: In the reader's language.
        mode: Whether it counts.
        pass_percent: 1 to 100, or None.
        attempts_allowed: None for unlimited.
        wait: Between the end of an attempt and the next start.
        time_limit: Of an attempt, or None.
        policy: Which attempt counts.
        feedback: What a closed attempt shows.
        question_count: Asked in one attempt.
    """

    id: int
    title: str
    mode: Mode
    pass_percent: Fraction | None
    attempts_allowed: int | None
    wait: timedelta
    time_limit: timedelta | None
    policy: AttemptGrade
    feedback: FeedbackPolicy
    question_count: int


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """An attempt in the list of a quiz.

    Attributes:
        id: Its address.
        quiz_id: Of which quiz.
        ordinal: From 1.
        started_at: In UTC.
        deadline_at: None without a time limit.
        closed_at: None while open.
        grade: None while open.
    """

    id: int
    quiz_id: int
    ordinal: int
    started_at: datetime
    deadline_at: datetime | None
    closed_at: datetime | None
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class QuizProgress:
    """A quiz and what the learner has done of it."""

    rules: QuizRules
    attempts: tuple[AttemptRecord, ...] = ()

    @property
    def open_attempt(self) -> AttemptRecord | None:
        """Return the attempt that goes on."""
        return next((a for a in self.attempts if a.closed_at is None), None)

    @property
    def grade(self) -> Grade | None:
        """Return the grade that counts; None before the first attempt is closed."""
        grades = [attempt.grade for attempt in self.attempts if attempt.grade]
        return counting_grade(grades, self.rules.policy)

    @property
    def passed(self) -> bool:
        """Say whether the grade that counts reaches the pass mark."""
        return self.grade is not None and self.grade.passed is True

    @property
    def attempts_left(self) -> int | None:
        """Say how many attempts may still be started; None for unlimited."""
        if self.rules.attempts_allowed is None:
            return None
        return max(0, self.rules.attempts_allowed - len(self.attempts))

    def waits_until(self, *, now: datetime) -> datetime | None:
        """Say when the next attempt may start; None when it may start now."""
        ends = [a.closed_at for a in self.attempts if a.closed_at is not None]
        if not ends or not self.rules.wait:
            return None
        until = max(ends) + self.rules.wait
        return until if until > now else None


@dataclass(frozen=True, slots=True)
class OutlineModule:
    """A module in the outline of a course.

    Attributes:
        id: Key of the module.
        number: From 1.
        slug: In its address.
        title: In the reader's language.
        minutes: Of reading.
        quiz_minutes: Of its quiz.
        task_minutes: Of its task.
        required: Whether the course needs it.
        valid_until: Last day on which the text may be relied on, or None.
        content_hash: Equal in two versions when nothing in it changed.
        is_read: Whether the learner marked it as read.
        quiz: None where it has none.
    """

    id: int
    number: int
    slug: str
    title: str
    minutes: int
    quiz_minutes: int
    task_minutes: int
    required: bool
    valid_until: date | None
    content_hash: str
    is_read: bool = False
    quiz: QuizProgress | None = None

    @property
    def all_minutes(self) -> int:
        """Sum reading, quiz and task."""
        return self.minutes + self.quiz_minutes + self.task_minutes

    @property
    def quiz_is_due(self) -> bool:
        """Say whether a graded quiz still stands between reading and completion."""
        return (
            self.quiz is not None
            and self.quiz.rules.mode is Mode.GRADED
            and not self.quiz.passed
        )

    @property
    def is_complete(self) -> bool:
        """A module is complete when it is read and its graded quiz is passed."""
        return self.is_read and not self.quiz_is_due


class Step(StrEnum):
    """What a learner does next."""

    READ = "read"
    QUIZ = "quiz"
    FINAL = "final"
    WORK = "work"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step, and the module that it is in (None for the final and the work)."""

    step: Step
    module: OutlineModule | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A course as one learner stands on it.

    Attributes:
        modules: In order.
        final: None for a course without a final quiz.
        final_minutes: Minutes that the final is given.
        work: None for a course without work that people grade.
    """

    modules: tuple[OutlineModule, ...]
    final: QuizProgress | None = None
    final_minutes: int = 0
    work: WorkProgress | None = None

    @property
    def required(self) -> tuple[OutlineModule, ...]:
        """List the modules that completion needs."""
        return tuple(module for module in self.modules if module.required)

    @property
    def completed_count(self) -> int:
        """Count the required modules that are complete."""
        return sum(module.is_complete for module in self.required)

    @property
    def is_complete(self) -> bool:
        """A course is complete when every required module, final and work are.

        Without a final quiz there is nothing to certify, and never a completion.
        """
        return (
            self.final is not None
            and self.final.passed
            and not self.work_is_due
            and all(module.is_complete for module in self.required)
        )

    @property
    def work_is_due(self) -> bool:
        """Say whether work that people grade is still to be passed."""
        return self.work is not None and not self.work.passed

    @property
    def minutes_left(self) -> int:
        """Sum what is still to be read, answered and done."""
        modules = sum(m.all_minutes for m in self.required if not m.is_complete)
        final_is_due = self.final is not None and not self.final.passed
        return modules + (self.final_minutes if final_is_due else 0)

    @property
    def percent(self) -> int:
        """Say the progress by minutes of required modules, 0 to 100, rounded down."""
        return progress_percent(
            [(module.all_minutes, module.is_complete) for module in self.required]
        )

    def module(self, slug: str) -> OutlineModule | None:
        """Return a module by its slug."""
        return next((m for m in self.modules if m.slug == slug), None)

    def after(self, slug: str) -> OutlineModule | None:
        """Return the module that follows."""
        return self._neighbour(slug, 1)

    def before(self, slug: str) -> OutlineModule | None:
        """Return the module that comes before."""
        return self._neighbour(slug, -1)

    def _neighbour(self, slug: str, step: int) -> OutlineModule | None:
        places = [place for place, m in enumerate(self.modules) if m.slug == slug]
        place = places[0] + step if places else -1
        return self.modules[place] if 0 <= place < len(self.modules) else None

    @property
    def next_step(self) -> NextStep:
        """Say what comes next: the first thing missing, in the order of the course."""
        for module in self.required:
            if not module.is_read:
                return NextStep(Step.READ, module)
            if module.quiz_is_due:
                return NextStep(Step.QUIZ, module)
        if self.final is not None and not self.final.passed:
            return NextStep(Step.FINAL)
        if self.work_is_due:
            return NextStep(Step.WORK)
        return NextStep(Step.NOTHING)


def with_extra_time(limit: timedelta, percent: int) -> timedelta:
    """Add to a time limit what a person was granted, 0 to 400 percent of it.

    Example:
        >>> with_extra_time(timedelta(minutes=40), 50)
        datetime.timedelta(seconds=3600)
    """
    return limit * (100 + percent) / 100


def progress_percent(parts: Sequence[tuple[int, bool]]) -> int:
    """Say the share of minutes that is complete, in percent, rounded down.

    Args:
        parts: Minutes of each required module, and whether it is complete.

    Example:
        >>> progress_percent([(30, True), (45, True), (45, False), (60, False)])
        41
    """
    total = sum(minutes for minutes, _ in parts)
    complete = sum(minutes for minutes, is_complete in parts if is_complete)
    return complete * 100 // total if total else 0
