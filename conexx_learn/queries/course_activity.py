"""What the learners of a course did, as far as a trainer sees them; four statements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    DateTime,
    Row,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.course_activity import FINAL, LearnerTrace
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Actor
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
    ModuleText,
    Quiz,
)
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.folder import ModuleWork
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.models.repairs import Appeal
from conexx_learn.queries.corrected_results import counts_as_passed
from conexx_learn.queries.trainer_scope import is_seen_by

Belonging = aliased(Membership, name="belonging")
"""Where people belong; apart from the memberships that say whom a trainer sees."""


@dataclass(frozen=True, slots=True)
class TaughtModule:
    """A module of the live version.

    Attributes:
        slug: Its address.
        title: In the reader's language, else in another.
        has_graded_quiz: Whether a quiz has to be passed.
    """

    slug: str
    title: str
    has_graded_quiz: bool


@dataclass(frozen=True, slots=True)
class TaughtCourse:
    """A published course, as who teaches it sees it.

    Attributes:
        id: Of its row.
        slug: Its address.
        title: In the reader's language, else in another.
        versions: Key of a version to its number, the newest first.
        modules: Of the live version, in order.
    """

    id: int
    slug: str
    title: str
    versions: Mapping[int, str]
    modules: tuple[TaughtModule, ...]


@dataclass(frozen=True, slots=True)
class CourseTraces:
    """The people of a course, as far as they are seen.

    Attributes:
        traces: One for each person.
        institutions: Key to name, of those where they belong.
    """

    traces: tuple[LearnerTrace, ...]
    institutions: Mapping[int, str]


@dataclass(slots=True)
class _Found:
    """One enrolment while its rows go by."""

    user_id: int
    version_id: int
    started_at: datetime
    ended_at: datetime | None
    has_certificate: bool
    institution_ids: set[int] = field(default_factory=set)
    completed: list[tuple[datetime, int, str]] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)
    last_active_at: datetime | None = None

    def note(self, row: Row[*tuple[Any, ...]]) -> None:
        """Take in what was done."""
        if row.number is not None:
            self.completed.append((row.at, row.number, row.slug))
        if row.passed:
            self.passed.add(row.slug)
        if row.at is not None and row.at > (self.last_active_at or self.started_at):
            self.last_active_at = row.at

    def trace(self) -> LearnerTrace:
        return LearnerTrace(
            user_id=self.user_id,
            version_id=self.version_id,
            institution_ids=frozenset(self.institution_ids),
            started_at=self.started_at,
            ended_at=self.ended_at,
            has_certificate=self.has_certificate,
            completed=tuple((slug, at) for at, _, slug in sorted(self.completed)),
            passed=frozenset(self.passed),
            last_active_at=self.last_active_at or self.started_at,
        )


def taught_course(session: Session, *, slug: str, lang: str) -> TaughtCourse:
    """Return a published course with its versions and modules; one statement.

    Raises:
        NotFoundError: There is none.
    """
    rows = session.execute(
        select(
            Course.id,
            CourseText.title,
            CourseVersion.id.label("version_id"),
            CourseVersion.major,
            CourseVersion.minor,
            Module.slug.label("module"),
            ModuleText.title.label("module_title"),
            Quiz.mode,
        )
        .join(CourseVersion, CourseVersion.course_id == Course.id)
        .join(LiveVersion, LiveVersion.course_id == Course.id)
        .join(CourseText, CourseText.course_version_id == LiveVersion.course_version_id)
        .outerjoin(
            Module,
            and_(
                Module.course_version_id == CourseVersion.id,
                CourseVersion.id == LiveVersion.course_version_id,
            ),
        )
        .outerjoin(
            ModuleText,
            and_(ModuleText.module_id == Module.id, ModuleText.lang == CourseText.lang),
        )
        .outerjoin(Quiz, Quiz.module_id == Module.id)
        .where(Course.slug == slug)
        .order_by(
            CourseVersion.major.desc(),
            CourseVersion.minor.desc(),
            Module.number,
            # The last row of a module says its title.
            case((CourseText.lang == lang, 1), else_=0),
            CourseText.lang.desc(),
        )
    ).all()
    if not rows:
        raise NotFoundError
    modules: dict[str, TaughtModule] = {}
    for row in rows:
        if row.module is None:
            continue
        before = modules.get(row.module)
        title = row.module_title or (before.title if before else row.module)
        modules[row.module] = TaughtModule(row.module, title, row.mode == "graded")
    return TaughtCourse(
        id=rows[0].id,
        slug=slug,
        title=rows[-1].title,
        versions={row.version_id: f"{row.major}.{row.minor}" for row in rows},
        modules=tuple(modules.values()),
    )


def course_traces(
    session: Session, *, course_id: int, actor: Actor, today: date
) -> CourseTraces:
    """Return what is stored of everybody on a course whom a trainer sees.

    Two statements, however many people there are. Each counts once, with the newest
    enrolment: a renewal tells again what is known.
    """
    found: dict[int, _Found] = {}
    newest: dict[int, int] = {}
    institutions: dict[int, str] = {}
    for row in session.execute(_enrolments(course_id, actor, today)):
        one = found.get(row.id)
        if one is None:
            one = found[row.id] = _Found(
                row.user_id,
                row.course_version_id,
                row.started_at,
                row.ended_at,
                row.has_certificate,
            )
            newest[row.user_id] = row.id
        if row.institution_id is not None:
            one.institution_ids.add(row.institution_id)
            institutions[row.institution_id] = row.institution
    kept = set(newest.values())
    for row in session.execute(_acts(course_id)):
        if row.enrolment_id in kept:
            found[row.enrolment_id].note(row)
    return CourseTraces(
        tuple(found[enrolment_id].trace() for enrolment_id in newest.values()),
        institutions,
    )


def _enrolments(course_id: int, actor: Actor, today: date) -> Any:  # noqa: ANN401 (a statement)
    """Select the enrolments of a course, one row for each institution of a person."""
    certified = select(Certificate.id).where(Certificate.enrolment_id == Enrolment.id)
    return (
        select(
            Enrolment.id,
            Enrolment.user_id,
            Enrolment.course_version_id,
            Enrolment.started_at,
            Enrolment.ended_at,
            certified.exists().label("has_certificate"),
            Institution.id.label("institution_id"),
            Institution.name.label("institution"),
        )
        .join(User, User.id == Enrolment.user_id)
        .outerjoin(
            Belonging,
            and_(
                Belonging.user_id == User.id,
                Belonging.from_on <= today,
                or_(Belonging.to_on.is_(None), Belonging.to_on >= today),
            ),
        )
        .outerjoin(Institution, Institution.id == Belonging.institution_id)
        .where(Enrolment.course_id == course_id, is_seen_by(actor, today))
        .order_by(Enrolment.user_id, Enrolment.cycle, Institution.id)
    )


def _acts(course_id: int) -> Any:  # noqa: ANN401 (a statement)
    """Select what was done: modules read, quizzes sat, sheets written."""
    when = DateTime(timezone=True)
    read = (
        select(
            ModuleCompletion.enrolment_id,
            Module.slug,
            Module.number,
            ModuleCompletion.completed_at.label("at"),
            literal(value=False, type_=Boolean).label("passed"),
        )
        .join(Enrolment, Enrolment.id == ModuleCompletion.enrolment_id)
        .join(Module, Module.id == ModuleCompletion.module_id)
        .where(Enrolment.course_id == course_id)
    )
    latest = func.coalesce(Attempt.closed_at, Attempt.saved_at, Attempt.started_at)
    sat = (
        select(
            Attempt.enrolment_id,
            func.coalesce(Module.slug, FINAL),
            null(),
            type_coerce(func.max(latest), when),
            func.max(case((counts_as_passed(), 1), else_=0)) == 1,
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .outerjoin(Module, Module.id == Quiz.module_id)
        .where(Enrolment.course_id == course_id)
        .group_by(Attempt.enrolment_id, Module.slug)
    )
    written = (
        select(
            Enrolment.id,
            literal(FINAL),
            null(),
            type_coerce(func.max(ModuleWork.saved_at), when),
            literal(value=False, type_=Boolean),
        )
        .join(
            ModuleWork,
            and_(
                ModuleWork.user_id == Enrolment.user_id,
                ModuleWork.course_id == Enrolment.course_id,
            ),
        )
        .where(Enrolment.course_id == course_id)
        .group_by(Enrolment.id)
    )
    return union_all(read, sat, written)


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """How many questions of a course were reported: open ones, and answered ones."""

    open: int
    answered: int


def appeal_counts(
    session: Session, *, course_id: int, actor: Actor, today: date
) -> AppealCounts:
    """Count the appeals of a course that a trainer reads; one statement."""
    row = session.execute(
        select(
            func.count(case((Appeal.outcome.is_(None), 1))),
            func.count(case((Appeal.outcome.in_(("explained", "void")), 1))),
        )
        .join(User, User.id == Appeal.user_id)
        .where(Appeal.course_id == course_id, is_seen_by(actor, today))
    ).one()
    return AppealCounts(*row)
