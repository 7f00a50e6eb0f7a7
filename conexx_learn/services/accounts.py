"""Accounts: made, corrected, opened by a new password, and erased."""

import secrets
from datetime import date, datetime
from uuid import uuid4

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import LONGEST_EMAIL, is_username, read_identity
from conexx_learn.domain.errors import (
    CodeSpentError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.names import printed_name
from conexx_learn.models.accounts import AccessCode, OutboxMail, User, UserSession
from conexx_learn.models.drafts import CourseAuthor
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.institutions import Membership
from conexx_learn.models.posts import Appointment, PeopleFile
from conexx_learn.models.reminders import Reminder
from conexx_learn.services import audit
from conexx_learn.services.admissions import forget_admissions
from conexx_learn.services.appeals import forget_appeals
from conexx_learn.services.certificate_erasure import forget_holder
from conexx_learn.services.exemption_requests import forget_exemption_requests
from conexx_learn.services.folder import forget_folder
from conexx_learn.services.graded_work_records import forget_graded_work
from conexx_learn.services.memberships import refuse_losing_the_last_coordinator
from conexx_learn.services.posts import end_appointments
from conexx_learn.services.prior_learning import forget_prior_learning
from conexx_learn.services.section_questions import forget_questions
from conexx_learn.services.sessions import end_other_sessions, forgive_tries

ERASED_NAME = "—"


def is_email(identity: str) -> bool:
    """Say whether a read identity is an e-mail address; nobody is asked."""
    if len(identity) > LONGEST_EMAIL:
        return False
    try:
        validate_email(identity, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def register_user(
    session: Session,
    *,
    identity: str,
    full_name: str,
    password_hash: str | None,
    locale: str | None,
    now: datetime,
    privacy_version: date | None = None,
) -> int:
    """Make an account that signs in with an e-mail address or a username.

    Args:
        session: Where to write.
        identity: As typed.
        full_name: As it will be printed.
        password_hash: None until an invitation is taken.
        locale: `es`, `en`, or None for what the browser asks for.
        now: This moment.
        privacy_version: Day of the notice that was accepted.

    Returns:
        The new account's id.

    Raises:
        ShapeError: The identity is neither an address nor a username.
        RuleError: Somebody has it already.
    """
    known = read_identity(identity)
    if not (is_email(known) or is_username(known)):
        raise ShapeError("identity-unreadable", identity=identity[:80])
    has_mailbox = "@" in known
    made = insert_once(
        session,
        User,
        email=known if has_mailbox else None,
        username=None if has_mailbox else known,
        full_name=printed_name(full_name),
        password=password_hash,
        active=True,
        fs_uniquifier=uuid4().hex,
        locale=locale,
        created_at=now,
        privacy_version=privacy_version,
        privacy_accepted_at=now if privacy_version else None,
    )
    if not made:
        raise RuleError("user-exists", identity=known)
    is_new = User.email == known if has_mailbox else User.username == known
    user_id = session.scalars(select(User.id).where(is_new)).one()
    audit.record(session, act="register", thing=f"user:{user_id}", now=now)
    return user_id


def choose_username(session: Session, *, user_id: int, username: str) -> None:
    """Give an account its username.

    Raises:
        ShapeError: It is no username.
        RuleError: Somebody has it already.
    """
    known = read_identity(username)
    if not is_username(known):
        raise ShapeError("identity-unreadable", identity=username[:80])
    try:
        with session.begin_nested():
            session.execute(
                update(User).where(User.id == user_id).values(username=known)
            )
    except IntegrityError as error:
        raise RuleError("user-exists", identity=known) from error


def note_entry(
    session: Session,
    *,
    user_id: int,
    privacy_version: date,
    renewed_hash: str | None,
    now: datetime,
) -> None:
    """Note what a good sign-in changes: the notice accepted, a hash renewed."""
    session.execute(
        update(User)
        .where(
            User.id == user_id, User.privacy_version.is_distinct_from(privacy_version)
        )
        .values(privacy_version=privacy_version, privacy_accepted_at=now)
    )
    if renewed_hash is not None:
        session.execute(
            update(User).where(User.id == user_id).values(password=renewed_hash)
        )


def note_refusal(session: Session, *, user_id: int | None, now: datetime) -> None:
    """Note that a sign-in was refused."""
    thing = f"user:{user_id}" if user_id else "user:unknown"
    audit.record(session, act="sign-in-refused", thing=thing, now=now)


def correct_name(
    session: Session, *, user_id: int, full_name: str, now: datetime
) -> None:
    """Write the name as it will be printed, and that its holder has seen it so.

    Whether the change is one that the holder may make alone was asked before.
    """
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(full_name=printed_name(full_name), name_confirmed_at=now)
    )
    audit.record(session, act="name-correct", thing=f"user:{user_id}", now=now)


def choose_locale(session: Session, *, user_id: int, locale: str) -> None:
    """Keep the language in which the account is greeted."""
    session.execute(update(User).where(User.id == user_id).values(locale=locale))


def change_password(
    session: Session,
    *,
    user_id: int,
    password_hash: str,
    now: datetime,
    keeps: str | None = None,
) -> None:
    """Set a new password; links of before are void, and other sessions end.

    Args:
        session: Where to write.
        user_id: Whose password.
        password_hash: Of the new one.
        now: This moment.
        keeps: The cookie's id of the one session that goes on, if any.
    """
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(password=password_hash, fs_uniquifier=uuid4().hex)
    )
    session.execute(
        update(AccessCode)
        .where(AccessCode.user_id == user_id, AccessCode.used_at.is_(None))
        .values(used_at=now)
    )
    forgive_tries(session, account=f"user:{user_id}")
    audit.record(session, act="password-change", thing=f"user:{user_id}", now=now)
    end_other_sessions(session, user_id=user_id, but=keeps, now=now)


def reset_password(
    session: Session,
    *,
    user_id: int,
    former_hash: str | None,
    password_hash: str,
    now: datetime,
) -> None:
    """Set a new password by a link that was made while another one was in force.

    Raises:
        CodeSpentError: That password is no longer in force: the link was used.
    """
    still_former = session.scalar(
        select(User.id)
        .where(User.id == user_id, User.password.is_not_distinct_from(former_hash))
        .with_for_update()
    )
    if still_former is None:
        raise CodeSpentError
    change_password(session, user_id=user_id, password_hash=password_hash, now=now)


def erase_account(session: Session, *, user_id: int, now: datetime) -> None:
    """Erase a person: the account forgets who it was, and nobody can enter it.

    The register of certificates stays without the holder, who thereby withdraws them;
    what was learnt stays as figures without a name.

    Raises:
        RuleError: The last coordinator cannot leave.
    """
    refuse_losing_the_last_coordinator(session, user_id=user_id, today=now.date())
    # Held from here on: whoever issues a certificate meanwhile waits, or is found.
    email = session.scalar(
        select(User.email).where(User.id == user_id).with_for_update(key_share=True)
    )
    if email is not None:
        session.execute(delete(OutboxMail).where(OutboxMail.recipient == email))
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))
    session.execute(delete(AccessCode).where(AccessCode.user_id == user_id))
    session.execute(delete(Reminder).where(Reminder.user_id == user_id))
    forget_holder(session, user_id=user_id, now=now)
    forget_prior_learning(session, user_id=user_id, now=now)
    forget_appeals(session, user_id=user_id, now=now)
    forget_questions(session, user_id=user_id)
    forget_exemption_requests(session, user_id=user_id, now=now)
    forget_admissions(session, owner_id=user_id)
    forget_folder(session, user_id=user_id, now=now)
    forget_graded_work(session, user_id=user_id, now=now)
    session.execute(
        update(Membership)
        .where(
            Membership.user_id == user_id,
            or_(Membership.to_on.is_(None), Membership.to_on > now.date()),
        )
        .values(to_on=now.date())
    )
    end_appointments(session, Appointment.user_id == user_id, now.date())
    session.execute(delete(CourseAuthor).where(CourseAuthor.user_id == user_id))
    session.execute(delete(PeopleFile).where(PeopleFile.sent_by == user_id))
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(
            email=None,
            username=f"erased-{secrets.token_hex(8)}",
            full_name=ERASED_NAME,
            password=None,
            active=False,
            fs_uniquifier=uuid4().hex,
            confirmed_at=None,
            locale=None,
            name_confirmed_at=None,
            extra_time_percent=0,
        )
    )
    audit.record(session, act="account-erase", thing=f"user:{user_id}", now=now)
