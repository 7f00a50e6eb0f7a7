"""Who writes a course: added and let go by those who write it."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.models.drafts import CourseAuthor, Draft
from conexx_learn.models.insertion import insert_once
from conexx_learn.queries.course_authors import trainer_named
from conexx_learn.services import audit


def add_author(
    session: Session, *, slug: str, identity: str, added_by: int, now: datetime
) -> str:
    """Let a trainer write a course; whoever adds the first one writes it too.

    Args:
        session: Where to write.
        slug: Of the course.
        identity: E-mail address or username of a trainer.
        added_by: Who adds them.
        now: This moment.

    Returns:
        Their name.

    Raises:
        RuleError: No trainer has this address or username.
    """
    found = trainer_named(session, identity, today=now.date())
    if found is None:
        raise RuleError("no-such-trainer")
    is_claimed = session.scalar(
        select(func.count()).select_from(CourseAuthor).where(CourseAuthor.slug == slug)
    )
    writers = [found.user_id] if is_claimed else sorted({found.user_id, added_by})
    for user_id in writers:
        insert_once(session, CourseAuthor, slug=slug, user_id=user_id, since=now)
    audit.record(
        session,
        act="author-add",
        thing=f"course:{slug}",
        now=now,
        author=found.user_id,
    )
    return found.full_name


def remove_author(session: Session, *, slug: str, user_id: int, now: datetime) -> None:
    """Let an author go; a course that lies in no folder keeps its last one.

    Raises:
        NotFoundError: They are none of its authors.
        RuleError: They are the last one of a course that was begun in the browser.
    """
    rows = session.scalars(
        select(CourseAuthor)
        .where(CourseAuthor.slug == slug)
        .order_by(CourseAuthor.user_id)
        .with_for_update()
    ).all()
    row = next((one for one in rows if one.user_id == user_id), None)
    if row is None:
        raise NotFoundError
    is_begun_here = session.scalar(select(Draft.id).where(Draft.slug == slug))
    if len(rows) == 1 and is_begun_here is not None:
        raise RuleError("last-author")
    session.delete(row)
    audit.record(
        session, act="author-remove", thing=f"course:{slug}", now=now, author=user_id
    )
