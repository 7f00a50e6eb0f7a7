"""Mailboxes: an address is somebody's once a link that was mailed there is followed."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.models.accounts import User
from conexx_learn.models.reminders import Reminder
from conexx_learn.services import audit


def confirm_email(session: Session, *, user_id: int, email: str, now: datetime) -> None:
    """Note that a mailbox is the user's; a new address takes the old one's place.

    Raises:
        NotFoundError: There is no such account any more.
        RuleError: The address has become somebody else's.
    """
    _tell_by_mail_from_now_on(session, user_id)
    try:
        with session.begin_nested():
            changed = session.execute(
                update(User)
                .where(User.id == user_id, User.active.is_(True))
                .values(email=email, confirmed_at=now)
                .returning(User.id)
            ).first()
    except IntegrityError as error:
        raise RuleError("user-exists", identity=email) from error
    if changed is None:
        raise NotFoundError
    audit.record(session, act="email-confirm", thing=f"user:{user_id}", now=now)


def confirm_by_invitation(session: Session, *, user_id: int, now: datetime) -> None:
    """Note that somebody followed the link that was mailed to their address.

    Who changes an address makes the links void that were sent to the old one; so it is
    the address of today. One that is confirmed already stays as it is.
    """
    _tell_by_mail_from_now_on(session, user_id)
    changed = session.execute(
        update(User)
        .where(User.id == user_id, User.email.is_not(None), User.confirmed_at.is_(None))
        .values(confirmed_at=now)
        .returning(User.id)
    ).first()
    if changed is not None:
        audit.record(session, act="email-confirm", thing=f"user:{user_id}", now=now)


def _tell_by_mail_from_now_on(session: Session, user_id: int) -> None:
    """Forget what waited to be told in person: the next digest tells it."""
    had_none = select(User.id).where(User.id == user_id, User.confirmed_at.is_(None))
    session.execute(
        delete(Reminder).where(
            Reminder.user_id.in_(had_none), Reminder.told_in_person_at.is_(None)
        )
    )
