"""Who writes which course."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.permissions import Role
from conexx_learn.models.accounts import User
from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.models.institutions import Membership


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who writes a course."""

    user_id: int
    full_name: str


def authors_of(session: Session, slug: str) -> tuple[Author, ...]:
    """List the authors of a course, by name; none where it is everybody's."""
    rows = session.execute(
        select(CourseAuthor.user_id, User.full_name)
        .join(User, User.id == CourseAuthor.user_id)
        .where(CourseAuthor.slug == slug)
        .order_by(User.full_name, CourseAuthor.user_id)
    )
    return tuple(Author(user_id, name) for user_id, name in rows)


def trainer_named(session: Session, identity: str, *, today: date) -> Author | None:
    """Find a trainer or coordinator of today by e-mail address or username."""
    wanted = identity.strip().lower()
    row = session.execute(
        select(User.id, User.full_name)
        .join(Membership, Membership.user_id == User.id)
        .where(
            or_(func.lower(User.email) == wanted, func.lower(User.username) == wanted),
            Membership.role.in_([Role.TRAINER.value, Role.COORDINATOR.value]),
            Membership.from_on <= today,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
        )
        .order_by(User.id)
        .limit(1)
    ).first()
    return Author(row.id, row.full_name) if row is not None and wanted else None


def authors_by_course(session: Session) -> dict[str, tuple[int, ...]]:
    """Return the authors of every claimed course; one statement."""
    rows = session.execute(
        select(CourseAuthor.slug, CourseAuthor.user_id).order_by(
            CourseAuthor.slug, CourseAuthor.user_id
        )
    )
    found: dict[str, tuple[int, ...]] = {}
    for slug, user_id in rows:
        found[slug] = (*found.get(slug, ()), user_id)
    return found
