"""Posts with their seats: created, changed, closed, and opened again."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import is_sensible, overlap
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.search import folded
from conexx_learn.domain.units import PostTraits
from conexx_learn.models.competencies import JobProfile
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution
from conexx_learn.services.units import unit_name

MOST_SEATS = 999


def create_post(
    session: Session,
    *,
    institution_id: int,
    traits: PostTraits,
    active_from: date,
    now: datetime,
) -> int:
    """Create a post with seats, which are vacant at first.

    Args:
        session: Where to write.
        institution_id: Where.
        traits: What it is.
        active_from: First day.
        now: This moment.

    Returns:
        Its id.

    Raises:
        NotFoundError: The unit is not there.
        ShapeError: A value is none of those allowed.
        RuleError: The unit has such a post at that time.
    """
    held_institution(session, institution_id)
    _refuse_closed_unit(session, institution_id, traits.unit_id)
    title = _checked_title(session, traits)
    if not is_sensible(active_from):
        raise ShapeError("days-reversed")
    _refuse_namesake(session, traits.unit_id, title, (active_from, None), but=None)
    post = Post(
        institution_id=institution_id,
        unit_id=traits.unit_id,
        title=title,
        profile_code=traits.profile_code,
        seats=traits.seats,
        active_from=active_from,
        created_at=now,
    )
    session.add(post)
    session.flush()
    _record(session, "post-create", post, now)
    return post.id


def change_post(
    session: Session,
    *,
    institution_id: int,
    post_id: int,
    traits: PostTraits,
    seen: str,
    now: datetime,
) -> None:
    """Change what a post is called, asks for, wants, and where it belongs.

    Args:
        session: Where to write.
        institution_id: Where.
        post_id: Which one.
        traits: As it is to be; fewer seats than people who hold it are allowed.
        seen: Fingerprint of what the editor had before them.
        now: This moment.

    Raises:
        NotFoundError: It, or the unit, is not there.
        ShapeError: A value is none of those allowed.
        RuleError: The unit has such a post, or somebody changed it meanwhile.
    """
    held_institution(session, institution_id)
    post = held_post(session, institution_id, post_id)
    before = PostTraits(post.unit_id, post.title, post.profile_code, post.seats)
    if seen != before.fingerprint:
        raise RuleError("changed-meanwhile")
    if traits.unit_id != post.unit_id:
        _refuse_closed_unit(session, institution_id, traits.unit_id)
    title = _checked_title(session, traits)
    time = post.active_from, post.active_to
    _refuse_namesake(session, traits.unit_id, title, time, but=post_id)
    post.title, post.unit_id = title, traits.unit_id
    post.profile_code, post.seats = traits.profile_code, traits.seats
    session.flush()
    _record(session, "post-change", post, now)


def close_post(
    session: Session,
    *,
    institution_id: int,
    post_id: int,
    last_day: date,
    now: datetime,
) -> int:
    """Close a post after a day; whoever is in it then leaves it on that day.

    An appointment that was to begin later never does.

    Returns:
        How many appointments end with it.

    Raises:
        NotFoundError: It is not there.
        ShapeError: The day is before its first.
    """
    held_institution(session, institution_id)
    post = held_post(session, institution_id, post_id)
    if not is_sensible(last_day) or last_day < post.active_from:
        raise ShapeError("days-reversed")
    post.active_to = last_day
    ended = end_appointments(session, Appointment.post_id == post_id, last_day)
    _record(session, "post-close", post, now)
    return ended


def reopen_post(
    session: Session, *, institution_id: int, post_id: int, now: datetime
) -> None:
    """Take back the end of a post; its appointments stay ended.

    Raises:
        NotFoundError: It is not there, or its unit is closed.
        RuleError: The unit has another such post by now.
    """
    held_institution(session, institution_id)
    post = held_post(session, institution_id, post_id)
    _refuse_closed_unit(session, institution_id, post.unit_id)
    time = post.active_from, None
    _refuse_namesake(session, post.unit_id, post.title, time, but=post_id)
    post.active_to = None
    _record(session, "post-reopen", post, now)


def held_post(session: Session, institution_id: int, post_id: int) -> Post:
    """Return a post of the institution, as it is now.

    Raises:
        NotFoundError: It is not there, or another institution's.
    """
    post = session.scalars(
        select(Post)
        .where(Post.id == post_id, Post.institution_id == institution_id)
        .execution_options(populate_existing=True)
    ).first()
    if post is None:
        raise NotFoundError
    return post


def end_appointments(
    session: Session, which: ColumnElement[bool], last_day: date
) -> int:
    """End appointments on a day; those that were to begin later never do.

    An appointment that ended before stays as it is.

    Returns:
        How many ended.
    """
    session.execute(delete(Appointment).where(which, Appointment.from_on > last_day))
    ended = session.execute(
        update(Appointment)
        .where(which, or_(Appointment.to_on.is_(None), Appointment.to_on > last_day))
        .values(to_on=last_day)
        .returning(Appointment.id)
    )
    return len(ended.all())


def _checked_title(session: Session, traits: PostTraits) -> str:
    """Return the title as it is stored, once all the rest is as it may be."""
    code = traits.profile_code
    profile = select(JobProfile.id).where(JobProfile.code == code).limit(1)
    if session.scalar(profile) is None:
        raise ShapeError("profile-unknown", profile=code[:16])
    if not 1 <= traits.seats <= MOST_SEATS:
        raise ShapeError("seats-range", limit=MOST_SEATS)
    return unit_name(traits.title)


def _refuse_closed_unit(session: Session, institution_id: int, unit_id: int) -> None:
    is_open = select(Unit.id).where(
        Unit.id == unit_id,
        Unit.institution_id == institution_id,
        Unit.closed_on.is_(None),
    )
    if session.scalar(is_open) is None:
        raise NotFoundError


def _refuse_namesake(
    session: Session,
    unit_id: int,
    title: str,
    time: tuple[date, date | None],
    *,
    but: int | None,
) -> None:
    """Refuse a second post of one title in a unit at the same time."""
    for post in session.scalars(select(Post).where(Post.unit_id == unit_id)):
        is_namesake = post.id != but and folded(post.title) == folded(title)
        if is_namesake and overlap(*time, post.active_from, post.active_to):
            raise RuleError("post-exists", title=title)


def _record(session: Session, act: str, post: Post, now: datetime) -> None:
    audit.record(
        session,
        act=act,
        thing=f"post:{post.id}",
        now=now,
        institution_id=post.institution_id,
        title=post.title,
        seats=post.seats,
    )
