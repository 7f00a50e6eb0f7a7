"""The verbs of a review: send, comment, decide, allow alone, withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.domain.course_reviews import (
    WAITING,
    ReviewFacts,
    ReviewState,
    may_allow_alone,
    may_see,
    refuse_decision,
    sentences_for_learners,
)
from conexx_learn.domain.course_source.versions import content_hash
from conexx_learn.domain.errors import ContentError, NotFoundError, RuleError
from conexx_learn.domain.permissions import Actor, Role, holds
from conexx_learn.domain.problems import Severity
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.course_reviews import (
    CourseReview,
    ReviewEditor,
    ReviewFile,
)
from conexx_learn.models.drafts import CourseAuthor, DraftSave
from conexx_learn.queries.course_reviews import facts_of
from conexx_learn.services import audit
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct, hold
from conexx_learn.services.kept_contents import keep_content
from conexx_learn.services.publishing import base_version


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes with the files.

    Attributes:
        bump: How far the version rises.
        note: To the reviewer.
        sentences: Language to what learners are told.
        asked_id: Who is asked; None for anybody who may.
    """

    bump: Bump
    note: str
    sentences: Mapping[str, str]
    asked_id: int | None


def send_for_review(session: Session, by: DraftAct, sending: Sending) -> int:
    """Send a draft as it is now to a second person; what is edited later is not in it.

    Returns:
        Key of the review.

    Raises:
        NotFoundError: There is no such course.
        ContentError: The check finds an error.
        RuleError: Another review waits, nothing changed, a sentence is missing, or who
            is asked had a hand in it.
    """
    hold(session, by)
    files = dict(draft_of(session, slug=by.slug, homes=by.homes).files)
    base = base_version(session, by.slug)
    languages = _sound_languages(files, by, base)
    _end_outdated(session, by.slug, content_hash(files))
    editors = editors_since(session, by.slug, base) | {by.user_id}
    if sending.asked_id in editors:
        raise RuleError("review-own-work")
    review = CourseReview(
        slug=by.slug,
        number=_next_number(session, by.slug),
        state=ReviewState.OPEN,
        content_hash=content_hash(files),
        base_version_id=base.id if base else None,
        bump=sending.bump,
        note=sending.note,
        change_note=sentences_for_learners(sending.sentences, languages),
        sent_by=by.user_id,
        sent_at=by.now,
        asked_id=sending.asked_id,
        decision="",
        allowed_alone_reason="",
    )
    session.add(review)
    session.flush()
    session.add_all(
        ReviewFile(
            review_id=review.id,
            path=path,
            sha256=keep_content(session, content, by.now),
        )
        for path, content in files.items()
    )
    session.add_all(
        ReviewEditor(review_id=review.id, user_id=user_id)
        for user_id in sorted(editors)
    )
    session.flush()
    _record(session, "review-send", review, by.now)
    return review.id


def _sound_languages(
    files: Mapping[str, bytes], by: DraftAct, base: CourseVersion | None
) -> tuple[str, ...]:
    """Return the languages of a course that may be sent."""
    checked = check_draft(files, slug=by.slug, homes=by.homes, today=by.now.date())
    if checked.course is None:
        errors = [p for p in checked.problems if p.severity is Severity.ERROR]
        raise ContentError("content-refused", problems=errors)
    if base is not None and checked.course.content_hash == base.content_hash:
        raise RuleError("review-nothing")
    # Of a first version there is nobody yet to be told what changed.
    return tuple(sorted(checked.course.texts)) if base is not None else ()


def editors_since(
    session: Session, slug: str, base: CourseVersion | None
) -> frozenset[int]:
    """Name who edited a file of a course since it was published last."""
    wanted = select(DraftSave.saved_by).where(
        DraftSave.slug == slug, DraftSave.saved_by.is_not(None)
    )
    if base is not None:
        wanted = wanted.where(DraftSave.saved_at >= base.published_at)
    return frozenset(one for one in session.scalars(wanted) if one is not None)


def _end_outdated(session: Session, slug: str, digest: str) -> None:
    """End what was approved of an earlier state; an open review is in the way."""
    waiting = session.scalar(
        select(CourseReview)
        .where(CourseReview.slug == slug, CourseReview.state.in_(WAITING))
        .with_for_update()
    )
    if waiting is None:
        return
    if waiting.state == ReviewState.OPEN or waiting.content_hash == digest:
        raise RuleError("review-waiting")
    waiting.state = ReviewState.WITHDRAWN
    session.flush()


def _next_number(session: Session, slug: str) -> int:
    newest = session.scalar(
        select(func.max(CourseReview.number)).where(CourseReview.slug == slug)
    )
    return (newest or 0) + 1


def held_review(
    session: Session, review_id: int, actor: Actor
) -> tuple[CourseReview, ReviewFacts]:
    """Hold a review that somebody may see.

    Raises:
        NotFoundError: There is none, or it is not theirs to see.
    """
    review = session.scalar(
        select(CourseReview).where(CourseReview.id == review_id).with_for_update()
    )
    if review is None:
        raise NotFoundError
    editors = session.scalars(
        select(ReviewEditor.user_id).where(ReviewEditor.review_id == review_id)
    )
    authors = session.scalars(
        select(CourseAuthor.user_id).where(CourseAuthor.slug == review.slug)
    )
    known = frozenset(one for one in editors if one is not None)
    facts = facts_of(review, known, frozenset(authors))
    if not may_see(actor, facts):
        raise NotFoundError
    return review, facts


def decide(
    session: Session,
    *,
    review_id: int,
    actor: Actor,
    approves: bool,
    text: str,
    now: datetime,
) -> None:
    """Approve what was sent, or ask for changes.

    Raises:
        NotFoundError: No such review, or not theirs to see.
        RuleError: It was decided, or is their own work.
    """
    review, facts = held_review(session, review_id, actor)
    refuse_decision(actor, facts)
    review.state = ReviewState.APPROVED if approves else ReviewState.CHANGES_ASKED
    review.decided_by, review.decided_at = actor.user_id, now
    review.decision = text
    session.flush()
    act = "review-approve" if approves else "review-send-back"
    _record(session, act, review, now)


def allow_alone(
    session: Session, *, review_id: int, actor: Actor, reason: str, now: datetime
) -> None:
    """Let who wrote it publish it without a second person; the coordination only.

    Raises:
        NotFoundError: No such review, or not theirs to see.
        RuleError: It is too late for it, or not theirs to allow.
    """
    review, facts = held_review(session, review_id, actor)
    if not may_allow_alone(actor, facts):
        raise RuleError("review-decided")
    review.allowed_alone_by, review.allowed_alone_at = actor.user_id, now
    review.allowed_alone_reason = reason
    session.flush()
    _record(session, "review-allow-alone", review, now)


def refuse_over(facts: ReviewFacts) -> None:
    """Stop before what takes time, where nothing can become of a review.

    Raises:
        RuleError: It is over.
    """
    if not facts.is_waiting:
        raise RuleError("review-ended")


def withdraw_review(
    session: Session, *, review_id: int, actor: Actor, now: datetime
) -> None:
    """Take back what one sent; the coordination may do so for others.

    Raises:
        NotFoundError: No such review, or not theirs.
        RuleError: It is over.
    """
    review, facts = held_review(session, review_id, actor)
    is_theirs = actor.user_id in {facts.sent_by, *facts.authors}
    if not is_theirs and not holds(actor, Role.COORDINATOR):
        raise NotFoundError
    refuse_over(facts)
    review.state = ReviewState.WITHDRAWN
    session.flush()
    _record(session, "review-withdraw", review, now)


def _record(session: Session, act: str, review: CourseReview, now: datetime) -> None:
    thing = f"course:{review.slug}:review:{review.number}"
    audit.record(session, act=act, thing=thing, now=now)
