"""Content that is to be reviewed: gathered, marked as changed, and looked at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from conexx_learn.domain.content_review import (
    Cause,
    ReviewMatter,
    ReviewOutcome,
    by_urgency,
    expiry_cause,
)
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.problems import Problem
from conexx_learn.models.content_review import ContentReview, SourceChange
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.content_reviews import (
    NotedChange,
    Reviewed,
    noted_changes,
    reviewed,
)
from conexx_learn.queries.course_content import LiveCourse, live_courses
from conexx_learn.services import audit
from conexx_learn.services.course_desk import CourseDraft

OLD_TRANSLATION = frozenset({"W006", "W401"})


@dataclass(frozen=True, slots=True)
class ContentToReview:
    """All that is to be looked at, with what it is about.

    Attributes:
        courses: Slug to the live version.
        changes: Key to a source's change.
        matters: The most urgent first.
    """

    courses: dict[str, LiveCourse]
    changes: dict[int, NotedChange]
    matters: tuple[ReviewMatter, ...]


def content_to_review(
    session: Session, *, drafts: Sequence[CourseDraft], today: date
) -> ContentToReview:
    """Gather what of the published courses is to be looked at; four statements.

    Args:
        session: Where to read.
        drafts: The course folders after their check, for old translations.
        today: Until when a text may be relied on.
    """
    courses, changes = live_courses(session), noted_changes(session)
    done = reviewed(session)
    matters = [
        matter
        for course in courses.values()
        for matter in (
            *_expiries(course, done, today),
            *_changed_sources(course, changes, done),
        )
    ]
    matters += [
        matter
        for draft in drafts
        if draft.slug in courses
        for matter in _old_translations(draft, courses[draft.slug])
    ]
    return ContentToReview(
        courses, {one.id: one for one in changes}, tuple(by_urgency(matters))
    )


def _expiries(
    course: LiveCourse, done: Reviewed, today: date
) -> Iterator[ReviewMatter]:
    for module in course.modules:
        cause = expiry_cause(module.valid_until, today)
        if cause is None or module.valid_until is None:
            continue
        if (course.id, module.slug, module.valid_until) in done.days:
            continue
        yield ReviewMatter(
            key=f"module-{module.slug}",
            cause=cause,
            course=course.slug,
            since=module.valid_until,
            modules=(module.slug,),
            questions=tuple(course.content.questions_of(module.slug)),
            valid_until=module.valid_until,
        )


def _changed_sources(
    course: LiveCourse, changes: Iterable[NotedChange], done: Reviewed
) -> Iterator[ReviewMatter]:
    for change in changes:
        modules = course.content.modules_on(change.source)
        questions = course.content.questions_on(change.source)
        if (modules or questions) and (course.id, change.id) not in done.changes:
            yield ReviewMatter(
                key=f"source-{change.id}",
                cause=Cause.SOURCE,
                course=course.slug,
                since=change.changed_on,
                modules=tuple(modules),
                questions=tuple(questions),
                source_change_id=change.id,
            )


def _old_translations(draft: CourseDraft, course: LiveCourse) -> Iterator[ReviewMatter]:
    """Yield a matter for each module whose translation follows an older source."""
    modules = {
        slug
        for problem in draft.problems
        if problem.code in OLD_TRANSLATION
        for slug in [_module_of(problem)]
    }
    for slug in (one.slug for one in course.modules if one.slug in modules):
        yield ReviewMatter(
            key=f"translation-{slug}",
            cause=Cause.TRANSLATION,
            course=course.slug,
            since=None,
            modules=(slug,),
            questions=tuple(course.content.questions_of(slug)),
        )


def _module_of(problem: Problem) -> str:
    """Name the module of a file: `01-the-well.quiz.en.md` belongs to `the-well`."""
    return problem.path.partition(".")[0].partition("-")[2]


def mark_source_changed(
    session: Session,
    *,
    source: str,
    changed_on: date,
    note: str,
    link: str,
    by: int | None,
    now: datetime,
) -> bool:
    """Note that a source changed; the same source and day a second time does nothing.

    Returns:
        True when this call noted it.

    Raises:
        NotFoundError: No published course names the source.
        RuleError: The day is still to come.
    """
    named = set[str]().union(
        *(one.content.sources for one in live_courses(session).values())
    )
    if source not in named:
        raise NotFoundError
    if changed_on > now.date():
        raise RuleError("change-to-come")
    made = insert_once(
        session,
        SourceChange,
        source=source,
        changed_on=changed_on,
        note=note,
        link=link,
        noted_at=now,
        noted_by=by,
    )
    if made:
        audit.record(
            session, act="mark-source-changed", thing=f"source:{source}", now=now
        )
    return made


def review_content(
    session: Session,
    matter: ReviewMatter,
    *,
    course: LiveCourse,
    change: NotedChange | None,
    outcome: ReviewOutcome,
    reason: str,
    by: int | None,
    now: datetime,
) -> bool:
    """Settle what was looked at; a second time does nothing.

    Args:
        session: Where to write.
        matter: What was looked at.
        course: Whose it is, with the live version.
        change: Of the source, where that is the cause.
        outcome: What came of it.
        reason: What was changed, or why it is still right.
        by: Who looked.
        now: This moment.

    Returns:
        True when this call settled it.

    Raises:
        NotFoundError: It is not settled by a review.
        RuleError: It is said to be mended, and nothing was published since.
    """
    if not matter.is_answered_here:
        raise NotFoundError
    if outcome is ReviewOutcome.MENDED and not may_be_mended(course, change):
        raise RuleError("not-published-since")
    made = insert_once(
        session,
        ContentReview,
        course_id=course.id,
        source_change_id=matter.source_change_id,
        module_slug=matter.modules[0] if matter.valid_until else None,
        valid_until=matter.valid_until,
        outcome=outcome.value,
        reason=reason,
        reviewed_at=now,
        reviewed_by=by,
    )
    if made:
        audit.record(
            session,
            act="review-content",
            thing=f"course:{course.slug}:{matter.key}",
            now=now,
            outcome=outcome.value,
        )
    return made


def may_be_mended(course: LiveCourse, change: NotedChange | None) -> bool:
    """Say whether a version was published after a source's change was noted.

    A module whose last day passed is mended by a version with a later one, and is off
    the list by that alone.
    """
    return change is not None and course.published_at > change.noted_at
