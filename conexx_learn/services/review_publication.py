"""An approved review becomes a version: read, rendered, stored, its draft settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.course import Competency, Course
from conexx_learn.domain.course_changes.version_bump import Bump, raised
from conexx_learn.domain.course_reviews import (
    ReviewState,
    may_publish,
    refuse_publication,
)
from conexx_learn.domain.course_source.versions import content_hash
from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.errors import ContentError, NotFoundError, RuleError
from conexx_learn.domain.permissions import Actor
from conexx_learn.domain.problems import Severity
from conexx_learn.domain.publication import RenderedCourse, render_course
from conexx_learn.domain.version_numbers import with_version
from conexx_learn.models.catalogue import Course as CourseRow
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.course_reviews import CourseReview
from conexx_learn.queries.course_reviews import review_files, review_row
from conexx_learn.services import audit
from conexx_learn.services.course_checking import (
    PROJECT_COURSES,
    known_competencies,
)
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.course_home import write_published
from conexx_learn.services.course_reviews import held_review
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct, draft_row
from conexx_learn.services.drafts import settle_published
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.glossary import glossary_names
from conexx_learn.services.publishing import (
    Publication,
    Signature,
    base_version,
    publish_course,
)


@dataclass(frozen=True, slots=True)
class ReadyReview:
    """Everything of a publication that takes time, done.

    Attributes:
        review_id: Of which review.
        files: As they will lie in the folder, the version written into them.
        course: As read from them.
        rendered: Of the same course.
        competencies: Code to competency.
    """

    review_id: int
    files: Mapping[str, bytes]
    course: Course
    rendered: RenderedCourse
    competencies: dict[str, Competency]


def ready_review(session: Session, by: DraftAct, *, review_id: int) -> ReadyReview:
    """Read and render what was approved; takes a while and writes nothing.

    Raises:
        NotFoundError: There is no such review.
        ContentError: The check refuses it by now.
    """
    row = review_row(session, review_id=review_id)
    if row is None:
        raise NotFoundError
    version = next_version(session, by.slug, Bump(row.bump))
    files = with_version(review_files(session, review_id=review_id), version)
    checked = check_draft(files, slug=by.slug, homes=by.homes, today=by.now.date())
    if checked.course is None:
        errors = [p for p in checked.problems if p.severity is Severity.ERROR]
        raise ContentError("content-refused", problems=errors)
    return ReadyReview(
        review_id,
        files,
        checked.course,
        render_course(checked.course, glossary_names(PROJECT_COURSES)),
        known_competencies(by.homes),
    )


def next_version(session: Session, slug: str, bump: Bump) -> tuple[int, int]:
    """Compute the number after the newest version, whichever is offered."""
    newest = session.execute(
        select(CourseVersion.major, CourseVersion.minor)
        .join(CourseRow, CourseRow.id == CourseVersion.course_id)
        .where(CourseRow.slug == slug)
        .order_by(CourseVersion.major.desc(), CourseVersion.minor.desc())
        .limit(1)
    ).first()
    return raised((newest.major, newest.minor) if newest else None, bump)


def publish_review(
    session: Session, by: DraftAct, ready: ReadyReview, *, actor: Actor, home: Path
) -> Publication:
    """Publish exactly what was approved, once, and let go of its draft.

    The folder is written last before the end of the transaction: where it cannot be,
    nothing is published.

    Args:
        session: Where to write.
        by: Who publishes which course, and when.
        ready: Read and rendered outside of the transaction.
        actor: Who publishes, with their roles.
        home: The folder of courses that publishing in the browser writes to.

    Raises:
        NotFoundError: No such review, or not theirs to publish.
        RuleError: It is not approved, over, or the draft or the course moved on.
        ContentError: Its version is there already.
    """
    draft_row(session, by.slug)
    review, facts = held_review(session, ready.review_id, actor)
    if review.slug != by.slug:
        raise NotFoundError
    draft = draft_of(session, slug=by.slug, homes=by.homes)
    refuse_publication(facts, content_hash=content_hash(draft.files))
    if not may_publish(actor, facts):
        raise NotFoundError
    _refuse_moved(session, review, ready)
    load_standards(session, competencies=ready.competencies, now=by.now)
    publication = publish_course(
        session,
        ready.course,
        ready.rendered,
        competencies=ready.competencies,
        change_note=review.change_note if review.base_version_id else {},
        now=by.now,
        signature=Signature(by.user_id, review.decided_by, review.note),
    )
    _end(session, review, ready.course, by.now)
    hashes = write_published(by.slug, ready.files, home=home)
    _settle(session, by, hashes, draft.files)
    return publication


def _refuse_moved(session: Session, review: CourseReview, ready: ReadyReview) -> None:
    """Refuse where another version came since: the reviewer saw another difference."""
    base = base_version(session, review.slug)
    is_same = (base.id if base else None) == review.base_version_id
    wanted = next_version(session, review.slug, Bump(review.bump))
    if not is_same or wanted != ready.course.version:
        raise RuleError("review-base-moved")


def _end(session: Session, review: CourseReview, course: Course, now: datetime) -> None:
    major, minor = course.version
    version = session.scalars(
        select(CourseVersion)
        .join(CourseRow, CourseRow.id == CourseVersion.course_id)
        .where(
            CourseRow.slug == course.slug,
            CourseVersion.major == major,
            CourseVersion.minor == minor,
        )
    ).one()
    review.state, review.version_id = ReviewState.PUBLISHED, version.id
    session.flush()
    thing = f"course:{review.slug}:review:{review.number}"
    audit.record(session, act="review-publish", thing=thing, now=now)


def _settle(
    session: Session,
    by: DraftAct,
    hashes: Mapping[str, str],
    drafted: Mapping[str, bytes],
) -> None:
    """Let go of the draft's changes; the settings differ by their version alone."""
    settled = dict(hashes)
    settled["course.toml"] = fingerprint(drafted["course.toml"])
    settle_published(session, slug=by.slug, published=settled)
