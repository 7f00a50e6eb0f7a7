"""The outline of a course, and what a learner has done of it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
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
from conexx_learn.models.catalogue import (
    CourseVersion,
    Module,
    ModuleText,
    Quiz,
    QuizText,
)
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.queries.corrected_results import (
    EARNED,
    IS_LATEST,
    POSSIBLE,
    Latest,
)
from conexx_learn.queries.kept_reads import KeptReads
from conexx_learn.queries.places import LANG
from conexx_learn.queries.work_rubrics import has_rubric
from conexx_learn.queries.work_standing import work_progress

VERSIONS_KEPT = 256


@dataclass(frozen=True, slots=True)
class _Contents:
    """What of an outline is the same for every learner.

    Attributes:
        modules: In order, as nobody has begun them.
        rules: Module id, or None for the final, to the rules of its quiz.
        has_work: People grade a work in it.
    """

    modules: tuple[OutlineModule, ...]
    rules: dict[int | None, QuizRules]
    has_work: bool


def outline(
    session: Session,
    *,
    version_id: int,
    content_hash: str,
    lang: str,
    enrolment_id: int | None,
    final_minutes: int = 0,
) -> Outline:
    """Return the modules and quizzes of a version as an enrolment stands on them.

    Two statements whatever the number of modules, none without an enrolment, and one
    more where this version was not read before: it never changes, so its contents
    are kept. Where people grade a work, how that stands is one statement more. A text
    that is missing in `lang` comes in whatever language there is.
    """
    contents = _kept.value(
        (version_id, content_hash, lang), lambda: _read(session, version_id, lang)
    )
    attempts = _attempts(session, enrolment_id) if enrolment_id else {}
    read = _read_modules(session, enrolment_id) if enrolment_id else frozenset()

    def quiz_of(module_id: int | None) -> QuizProgress | None:
        rules = contents.rules.get(module_id)
        return QuizProgress(rules, attempts.get(rules.id, ())) if rules else None

    return Outline(
        tuple(
            replace(module, is_read=module.id in read, quiz=quiz_of(module.id))
            for module in contents.modules
        ),
        quiz_of(None),
        final_minutes,
        work_progress(session, enrolment_id) if contents.has_work else None,
    )


_kept: KeptReads[tuple[int, str, str], _Contents] = KeptReads(VERSIONS_KEPT)


def _read(session: Session, version_id: int, lang: str) -> _Contents:
    values = {"version_id": version_id, "lang": lang}
    modules: list[OutlineModule] = []
    rules: dict[int | None, QuizRules] = {}
    parts = session.execute(PARTS, values).all()
    for module, title, quiz, quiz_title, _facts in parts:
        if quiz is not None:
            key = module.id if module is not None else None
            rules[key] = quiz_rules(quiz, quiz_title or "")
        if module is not None:
            modules.append(_outline_module(module, title or ""))
    modules.sort(key=lambda module: module.number)
    has_work = bool(parts) and has_rubric(session, version_id, parts[0][-1])
    return _Contents(tuple(modules), rules, has_work)


def _read_modules(session: Session, enrolment_id: int) -> frozenset[int]:
    """Return the ids of the modules that were marked as read."""
    return frozenset(session.scalars(READ, {"enrolment_id": enrolment_id}))


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
            select(CourseVersion.facts)
            .where(CourseVersion.id == VERSION)
            .scalar_subquery(),
        )
        .select_from(part)
        .outerjoin(Module, Module.id == part.c.module_id)
        .outerjoin(Quiz, Quiz.id == part.c.quiz_id)
    )


VERSION = bindparam("version_id", type_=Integer)
ENROLMENT = bindparam("enrolment_id", type_=Integer)
PARTS = _parts()
READ = select(ModuleCompletion.module_id).where(
    ModuleCompletion.enrolment_id == ENROLMENT
)
ATTEMPTS = (
    select(
        Attempt.id,
        Attempt.quiz_id,
        Attempt.ordinal,
        Attempt.started_at,
        Attempt.deadline_at,
        Attempt.closed_at,
        EARNED,
        POSSIBLE,
        Quiz.pass_mark,
    )
    .join(Quiz, Quiz.id == Attempt.quiz_id)
    .outerjoin(Latest, IS_LATEST)
    .where(Attempt.enrolment_id == ENROLMENT)
    .order_by(Attempt.ordinal)
)


def _attempts(
    session: Session, enrolment_id: int
) -> dict[int, tuple[AttemptRecord, ...]]:
    """Return quiz id to the attempts of an enrolment, oldest first."""
    found: dict[int, tuple[AttemptRecord, ...]] = {}
    rows = session.execute(ATTEMPTS, {"enrolment_id": enrolment_id})
    for id_, quiz_id, ordinal, started, deadline, closed, *grade in rows:
        record = AttemptRecord(
            id_, quiz_id, ordinal, started, deadline, closed, stored_grade(*grade)
        )
        found[quiz_id] = (*found.get(quiz_id, ()), record)
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


def _outline_module(module: Module, title: str) -> OutlineModule:
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
    )
