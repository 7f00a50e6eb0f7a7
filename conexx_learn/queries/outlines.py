"""The outline of a course, and what a learner has done of it."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    select,
)
from sqlalchemy.orm import Session

from conexx_learn.domain.grading import Grade
from conexx_learn.domain.progress import (
    AttemptRecord,
    Outline,
    OutlineModule,
    QuizProgress,
    QuizRules,
)
from conexx_learn.domain.quiz import AttemptGrade, FeedbackPolicy, Mode
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import Module, ModuleText, Quiz, QuizText
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.queries.places import LANG


def outline(
    session: Session,
    *,
    version_id: int,
    lang: str,
    enrolment_id: int | None,
    final_minutes: int = 0,
) -> Outline:
    """Return the modules and quizzes of a version as an enrolment stands on them.

    Two statements whatever the number of modules; one without an enrolment. A text
    that is missing in `lang` comes in whatever language there is.
    """
    attempts = _attempts(session, enrolment_id) if enrolment_id else {}
    modules: list[OutlineModule] = []
    final: QuizProgress | None = None
    values = {"version_id": version_id, "enrolment_id": enrolment_id, "lang": lang}
    for module, title, quiz, quiz_title, completed_at in session.execute(PARTS, values):
        progress = None
        if quiz is not None:
            rules = quiz_rules(quiz, quiz_title or "")
            progress = QuizProgress(rules, tuple(attempts.get(quiz.id, ())))
        if module is None:
            final = progress
        else:
            modules.append(
                _outline_module(module, title or "", completed_at is not None, progress)
            )
    modules.sort(key=lambda module: module.number)
    return Outline(tuple(modules), final, final_minutes)


def _best_title(
    table: type[ModuleText | QuizText], condition: ColumnElement[bool]
) -> ScalarSelect[str]:
    """Select the title in the reader's language, else in the first by its tag."""
    return (
        select(table.title)
        .where(condition)
        .order_by(case((table.lang == LANG, 0), else_=1), table.lang)
        .limit(1)
        .scalar_subquery()
    )


def _parts() -> Select[*tuple[Any, ...]]:
    """Build the statement of every module with its quiz, and of the final.

    The final is the row without a module.
    """
    final = select(Quiz.id.label("quiz_id"), Quiz.module_id.label("module_id")).where(
        Quiz.course_version_id == VERSION, Quiz.module_id.is_(None)
    )
    with_module = (
        select(Quiz.id.label("quiz_id"), Module.id.label("module_id"))
        .select_from(Module)
        .outerjoin(Quiz, Quiz.module_id == Module.id)
        .where(Module.course_version_id == VERSION)
    )
    part = final.union_all(with_module).subquery()
    return (
        select(
            Module,
            _best_title(ModuleText, ModuleText.module_id == part.c.module_id),
            Quiz,
            _best_title(QuizText, QuizText.quiz_id == part.c.quiz_id),
            ModuleCompletion.completed_at,
        )
        .select_from(part)
        .outerjoin(Module, Module.id == part.c.module_id)
        .outerjoin(Quiz, Quiz.id == part.c.quiz_id)
        .outerjoin(
            ModuleCompletion,
            and_(
                ModuleCompletion.module_id == part.c.module_id,
                ModuleCompletion.enrolment_id == ENROLMENT,
            ),
        )
    )


VERSION = bindparam("version_id", type_=Integer)
ENROLMENT = bindparam("enrolment_id", type_=Integer)
PARTS = _parts()
ATTEMPTS = (
    select(
        Attempt.id,
        Attempt.quiz_id,
        Attempt.ordinal,
        Attempt.started_at,
        Attempt.deadline_at,
        Attempt.closed_at,
        Attempt.points_earned,
        Attempt.points_possible,
        Quiz.pass_mark,
    )
    .join(Quiz, Quiz.id == Attempt.quiz_id)
    .where(Attempt.enrolment_id == ENROLMENT)
    .order_by(Attempt.ordinal)
)


def _attempts(session: Session, enrolment_id: int) -> dict[int, list[AttemptRecord]]:
    """Return quiz id to the attempts of an enrolment, oldest first."""
    rows = session.execute(ATTEMPTS, {"enrolment_id": enrolment_id})
    found: dict[int, list[AttemptRecord]] = {}
    for id_, quiz_id, ordinal, started, deadline, closed, *grade in rows:
        found.setdefault(quiz_id, []).append(
            AttemptRecord(
                id_, quiz_id, ordinal, started, deadline, closed, stored_grade(*grade)
            )
        )
    return found


def stored_grade(
    earned: str | None, possible: str | None, pass_mark: str | None
) -> Grade | None:
    """Make a grade of exact fractions as they are stored."""
    if earned is None or possible is None:
        return None
    return Grade(
        Fraction(earned),
        Fraction(possible),
        Fraction(pass_mark) if pass_mark else None,
    )


def quiz_rules(quiz: Quiz, title: str) -> QuizRules:
    """Make the rules of a quiz from its row."""
    return QuizRules(
        id=quiz.id,
        title=title,
        mode=Mode(quiz.mode),
        pass_percent=Fraction(quiz.pass_mark) if quiz.pass_mark else None,
        attempts_allowed=quiz.attempts_allowed,
        wait=timedelta(seconds=quiz.wait_seconds),
        time_limit=timedelta(seconds=quiz.time_seconds) if quiz.time_seconds else None,
        policy=AttemptGrade(quiz.attempt_grade),
        feedback=FeedbackPolicy(quiz.feedback),
        question_count=quiz.question_count,
    )


def _outline_module(
    module: Module, title: str, is_read: bool, quiz: QuizProgress | None
) -> OutlineModule:
    return OutlineModule(
        id=module.id,
        number=module.number,
        slug=module.slug,
        title=title,
        minutes=module.minutes,
        quiz_minutes=module.quiz_minutes,
        task_minutes=module.task_minutes,
        required=module.required,
        valid_until=module.valid_until,
        content_hash=module.content_hash,
        is_read=is_read,
        quiz=quiz,
    )
