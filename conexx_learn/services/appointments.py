"""Appointments: a person takes a seat or stands in, and leaves it again."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.errors import NotFoundError, RuleError, ShapeError
from conexx_learn.domain.permissions import Actor
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment, Post
from conexx_learn.services import audit
from conexx_learn.services.institutions import held_institution
from conexx_learn.services.posts import held_post


def appoint(
    session: Session,
    *,
    institution_id: int,
    user_id: int,
    post_id: int,
    term: Term,
    now: datetime,
    by: Actor | None,
) -> int:
    """Put a person of the institution into one of its posts.

    More holders than seats are allowed: a handover takes days. The pages say so.

    Args:
        session: Where to write.
        institution_id: Where.
        user_id: Who; belongs to the institution.
        post_id: Which post.
        term: How and when.
        now: This moment.
        by: Who appoints; None at the shell.

    Returns:
        Its id.

    Raises:
        NotFoundError: The person or the post is not of this institution.
        ShapeError: The days are in the wrong order, or out of range.
        RuleError: They are in that post already at that time, or it is closed.
    """
    held_institution(session, institution_id)
    _refuse_strangers(session, institution_id, user_id, now)
    post = held_post(session, institution_id, post_id)
    term = _within(post, term)
    _refuse_overlap(session, user_id, post_id, term, but=None)
    row = Appointment(
        institution_id=institution_id,
        post_id=post_id,
        user_id=user_id,
        kind=term.kind.value,
        from_on=term.from_on,
        to_on=term.to_on,
        ends_with_mandate=term.ends_with_mandate,
        created_at=now,
        created_by=by.user_id if by else None,
    )
    session.add(row)
    session.flush()
    _record(session, "appointment-begin", row, now)
    return row.id


def correct_appointment(
    session: Session,
    *,
    institution_id: int,
    appointment_id: int,
    term: Term,
    seen: str,
    now: datetime,
) -> None:
    """Correct what was entered of an appointment: its days, its kind.

    Args:
        session: Where to write.
        institution_id: Where.
        appointment_id: Which one.
        term: As it is to be.
        seen: Fingerprint of what the editor had before them.
        now: This moment.

    Raises:
        NotFoundError: It is not of this institution.
        ShapeError: The days are in the wrong order, or out of range.
        RuleError: They are in that post already at that time, or somebody changed it
            meanwhile.
    """
    held_institution(session, institution_id)
    row = _held(session, institution_id, appointment_id)
    if seen != term_of(row).fingerprint:
        raise RuleError("changed-meanwhile")
    post = held_post(session, institution_id, row.post_id)
    term = _within(post, term)
    _refuse_overlap(session, row.user_id, row.post_id, term, but=row.id)
    row.kind, row.from_on, row.to_on = term.kind.value, term.from_on, term.to_on
    row.ends_with_mandate = term.ends_with_mandate
    _record(session, "appointment-correct", row, now)


def end_appointment(
    session: Session,
    *,
    institution_id: int,
    appointment_id: int,
    last_day: date,
    now: datetime,
) -> None:
    """End an appointment after a day; its seat is vacant from the next.

    Raises:
        NotFoundError: It is not of this institution.
        ShapeError: The day is before its first, or out of range.
        RuleError: They are in that post again by then.
    """
    held_institution(session, institution_id)
    row = _held(session, institution_id, appointment_id)
    post = held_post(session, institution_id, row.post_id)
    term = _within(post, replace(term_of(row), to_on=last_day))
    _refuse_overlap(session, row.user_id, row.post_id, term, but=row.id)
    row.to_on = term.to_on
    _record(session, "appointment-end", row, now)


def withdraw_appointment(
    session: Session, *, institution_id: int, appointment_id: int, now: datetime
) -> None:
    """Take back an appointment on the day on which it was entered: it never was.

    Raises:
        NotFoundError: It is not of this institution.
        RuleError: It was entered on an earlier day; it can be ended or corrected.
    """
    place = held_institution(session, institution_id)
    row = _held(session, institution_id, appointment_id)
    zone = ZoneInfo(place.timezone)
    if row.created_at.astimezone(zone).date() != now.astimezone(zone).date():
        raise RuleError("appointment-settled")
    _record(session, "appointment-withdraw", row, now)
    session.delete(row)


def resume_appointments(
    session: Session, *, institution_id: int, user_id: int, ended_on: date
) -> None:
    """Take back the end of a person's appointments on a day.

    One whose post is closed keeps the end of its post, and one that they began anew
    meanwhile stays ended.
    """
    rows = session.scalars(
        select(Appointment)
        .where(
            Appointment.institution_id == institution_id,
            Appointment.user_id == user_id,
            Appointment.to_on == ended_on,
        )
        .execution_options(populate_existing=True)
    )
    for row in rows.all():
        post = held_post(session, institution_id, row.post_id)
        term = _within(post, replace(term_of(row), to_on=None))
        if not _overlaps(session, user_id, row.post_id, term, but=row.id):
            row.to_on = term.to_on
    session.flush()


def term_of(row: Appointment) -> Term:
    """Return how and when a row says that somebody is in a post."""
    return Term(
        AppointmentKind(row.kind), row.from_on, row.to_on, row.ends_with_mandate
    )


def _held(session: Session, institution_id: int, appointment_id: int) -> Appointment:
    row = session.scalars(
        select(Appointment)
        .where(
            Appointment.id == appointment_id,
            Appointment.institution_id == institution_id,
        )
        .execution_options(populate_existing=True)
    ).first()
    if row is None:
        raise NotFoundError
    return row


def _refuse_strangers(
    session: Session, institution_id: int, user_id: int, now: datetime
) -> None:
    belongs = select(Membership.id).where(
        Membership.institution_id == institution_id,
        Membership.user_id == user_id,
        or_(Membership.to_on.is_(None), Membership.to_on >= now.date()),
    )
    if session.scalar(belongs.limit(1)) is None:
        raise NotFoundError


def _within(post: Post, term: Term) -> Term:
    """Return a term that does not go on after its post.

    Raises:
        ShapeError: The days are in the wrong order, or out of range.
        RuleError: The post ends before the appointment begins.
    """
    if not term.is_sensible:
        raise ShapeError("days-reversed")
    if post.active_to is None:
        return term
    if term.from_on is not None and term.from_on > post.active_to:
        raise RuleError("post-closed", title=post.title)
    return replace(term, to_on=min(term.to_on or post.active_to, post.active_to))


def _refuse_overlap(
    session: Session, user_id: int, post_id: int, term: Term, *, but: int | None
) -> None:
    if _overlaps(session, user_id, post_id, term, but=but):
        raise RuleError("appointment-overlaps")


def _overlaps(
    session: Session, user_id: int, post_id: int, term: Term, *, but: int | None
) -> bool:
    others = session.scalars(
        select(Appointment).where(
            Appointment.post_id == post_id, Appointment.user_id == user_id
        )
    )
    return any(other.id != but and term.overlaps(term_of(other)) for other in others)


def _record(session: Session, act: str, row: Appointment, now: datetime) -> None:
    audit.record(
        session,
        act=act,
        thing=f"appointment:{row.id}",
        now=now,
        institution_id=row.institution_id,
        user=row.user_id,
        post=row.post_id,
        kind=row.kind,
        from_on=row.from_on.isoformat() if row.from_on else None,
        to_on=row.to_on.isoformat() if row.to_on else None,
    )
