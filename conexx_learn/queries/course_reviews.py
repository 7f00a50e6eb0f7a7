"""Reviews of courses: who sent what to whom, what was said of it, how it ended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.course_reviews import ReviewFacts, ReviewState
from conexx_learn.domain.permissions import Role
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.course_reviews import (
    CourseReview,
    ReviewComment,
    ReviewEditor,
    ReviewFile,
)
from conexx_learn.models.drafts import CourseAuthor, DraftBlob
from conexx_learn.models.institutions import Membership
from conexx_learn.queries.course_authors import authors_by_course

Sender, Asked, Decider, Allower = (aliased(User) for _ in range(4))
Base, Published = aliased(CourseVersion), aliased(CourseVersion)
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review as pages tell it; a name is empty where there is nobody.

    Attributes:
        id: Key.
        slug: Of the course.
        number: From 1 in each course.
        facts: What the rules ask.
        base_id: Version that it is compared with; None for the first.
        base_label: Of that version; empty for the first.
        bump: `minor` or `major`.
        note: To the reviewer.
        change_note: Language to the sentence for learners.
        sender: Who sent it.
        sent_at: When.
        asked: Whose turn it is.
        decider: Who decided.
        decided_at: When.
        decision: What they said.
        allower: Who of the coordination let it be published alone.
        allowed_reason: Why.
        version_label: What it was published as; empty if it was not.
    """

    id: int
    slug: str
    number: int
    facts: ReviewFacts
    base_id: int | None
    base_label: str
    bump: str
    note: str
    change_note: dict[str, Any]
    sender: str
    sent_at: datetime
    asked: str
    decider: str
    decided_at: datetime | None
    decision: str
    allower: str
    allowed_reason: str
    version_label: str


_REVIEWS: Select[*tuple[Any, ...]] = (
    select(
        CourseReview,
        Sender.full_name.label("sender"),
        Asked.full_name.label("asked"),
        Decider.full_name.label("decider"),
        Allower.full_name.label("allower"),
        Base.major.label("base_major"),
        Base.minor.label("base_minor"),
        Published.major.label("major"),
        Published.minor.label("minor"),
    )
    .outerjoin(Sender, Sender.id == CourseReview.sent_by)
    .outerjoin(Asked, Asked.id == CourseReview.asked_id)
    .outerjoin(Decider, Decider.id == CourseReview.decided_by)
    .outerjoin(Allower, Allower.id == CourseReview.allowed_alone_by)
    .outerjoin(Base, Base.id == CourseReview.base_version_id)
    .outerjoin(Published, Published.id == CourseReview.version_id)
    .order_by(CourseReview.id.desc())
)


def review_row(session: Session, *, review_id: int) -> ReviewRow | None:
    """Return a review; three statements."""
    found = _rows(session, _REVIEWS.where(CourseReview.id == review_id))
    return found[0] if found else None


def listed_reviews(session: Session) -> list[ReviewRow]:
    """List the reviews of all courses, the newest first; three statements."""
    return _rows(session, _REVIEWS.limit(MOST_LISTED))


def reviews_of(session: Session, *, slug: str) -> list[ReviewRow]:
    """List the reviews of a course, the newest first; three statements."""
    return _rows(session, _REVIEWS.where(CourseReview.slug == slug))


def _rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[ReviewRow]:
    rows = session.execute(statement).all()
    editors = _editors(session, [row.CourseReview.id for row in rows])
    authors = authors_by_course(session)
    return [
        _row(
            row,
            editors.get(row.CourseReview.id, frozenset()),
            frozenset(authors.get(row.CourseReview.slug, ())),
        )
        for row in rows
    ]


def _editors(session: Session, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    rows = session.execute(
        select(ReviewEditor.review_id, ReviewEditor.user_id)
        .where(ReviewEditor.review_id.in_(ids))
        .order_by(ReviewEditor.review_id, ReviewEditor.user_id)
    )
    found: dict[int, frozenset[int]] = {}
    for review_id, user_id in rows:
        if user_id is not None:
            found[review_id] = found.get(review_id, frozenset()) | {user_id}
    return found


def _row(
    row: Row[*tuple[Any, ...]], editors: frozenset[int], authors: frozenset[int]
) -> ReviewRow:
    review: CourseReview = row.CourseReview
    return ReviewRow(
        id=review.id,
        slug=review.slug,
        number=review.number,
        facts=facts_of(review, editors, authors),
        base_id=review.base_version_id,
        base_label=_label(row.base_major, row.base_minor),
        bump=review.bump,
        note=review.note,
        change_note=review.change_note,
        sender=row.sender or "",
        sent_at=review.sent_at,
        asked=row.asked or "",
        decider=row.decider or "",
        decided_at=review.decided_at,
        decision=review.decision,
        allower=row.allower or "",
        allowed_reason=review.allowed_alone_reason,
        version_label=_label(row.major, row.minor),
    )


def _label(major: int | None, minor: int | None) -> str:
    return "" if major is None else f"{major}.{minor}"


def facts_of(
    review: CourseReview, editors: frozenset[int], authors: frozenset[int]
) -> ReviewFacts:
    """Return what the rules ask of a review."""
    return ReviewFacts(
        state=ReviewState(review.state),
        sent_by=review.sent_by,
        editors=editors,
        authors=authors,
        asked_id=review.asked_id,
        decided_by=review.decided_by,
        content_hash=review.content_hash,
        is_allowed_alone=review.allowed_alone_at is not None,
    )


def review_files(session: Session, *, review_id: int) -> dict[str, bytes]:
    """Return the files of a review as they were sent; one statement."""
    rows = session.execute(
        select(ReviewFile.path, DraftBlob.content)
        .join(DraftBlob, DraftBlob.sha256 == ReviewFile.sha256)
        .where(ReviewFile.review_id == review_id)
        .order_by(ReviewFile.path)
    )
    return {path: content for path, content in rows}  # noqa: C416 (rows to pairs)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says about a place of a review, with the answers to it."""

    id: int
    place: str
    text: str
    person: str
    at: datetime
    resolved_by: str
    resolved_at: datetime | None
    answers: tuple["Comment", ...]


def comments_of(session: Session, *, review_id: int) -> tuple[Comment, ...]:
    """List the comments of a review, the oldest first; one statement."""
    writer, resolver = aliased(User), aliased(User)
    rows = session.execute(
        select(
            ReviewComment,
            writer.full_name.label("writer"),
            resolver.full_name.label("resolver"),
        )
        .outerjoin(writer, writer.id == ReviewComment.written_by)
        .outerjoin(resolver, resolver.id == ReviewComment.resolved_by)
        .where(ReviewComment.review_id == review_id)
        .order_by(ReviewComment.id)
    ).all()
    answers: dict[int | None, list[Comment]] = {}
    for row in reversed(rows):
        comment = _comment(row, answers.get(row.ReviewComment.id, []))
        answers.setdefault(row.ReviewComment.parent_id, []).insert(0, comment)
    return tuple(answers.get(None, ()))


def _comment(row: Row[*tuple[Any, ...]], answers: Sequence[Comment]) -> Comment:
    comment: ReviewComment = row.ReviewComment
    return Comment(
        id=comment.id,
        place=comment.place,
        text=comment.text,
        person=row.writer or "",
        at=comment.written_at,
        resolved_by=row.resolver or "",
        resolved_at=comment.resolved_at,
        answers=tuple(answers),
    )


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be asked or told; the mailbox is None if not confirmed."""

    user_id: int
    full_name: str
    email: str | None
    locale: str | None


_COLLEAGUES = select(
    User.id,
    User.full_name,
    case((User.confirmed_at.is_not(None), User.email)).label("email"),
    User.locale,
).where(User.active)


def possible_reviewers(
    session: Session, *, slug: str, besides: Collection[int], today: date
) -> tuple[Colleague, ...]:
    """List who may be asked to look at a course, by name.

    Args:
        session: Where to read.
        slug: Of the course.
        besides: Who had a hand in it, and so is not asked.
        today: On which roles are held.
    """
    today_held = (
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    training = select(Membership.user_id).where(
        Membership.role == Role.TRAINER, *today_held
    )
    reviewing = select(Membership.user_id).where(
        or_(
            and_(Membership.role == Role.TRAINER, Membership.institution_id.is_(None)),
            Membership.role == Role.COORDINATOR,
        ),
        *today_held,
    )
    writing = select(CourseAuthor.user_id).where(
        CourseAuthor.slug == slug, CourseAuthor.user_id.in_(training)
    )
    rows = session.execute(
        _COLLEAGUES.where(
            or_(User.id.in_(reviewing), User.id.in_(writing)),
            User.id.not_in(besides),
        ).order_by(func.lower(User.full_name), User.id)
    )
    return tuple(Colleague(*row) for row in rows)


def colleague(session: Session, *, user_id: int | None) -> Colleague | None:
    """Return somebody who is to be told of something."""
    row = session.execute(_COLLEAGUES.where(User.id == user_id)).first()
    return Colleague(*row) if row else None
