"""Reads of accounts. The account row itself leaves this floor: Flask-Login needs it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import session_is_open
from conexx_learn.domain.browsers import browser_name
from conexx_learn.domain.permissions import Place, Role
from conexx_learn.models.accounts import AccessCode, User, UserSession
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.requests import Admission


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Who is signed in, with every role that they hold today.

    Attributes:
        user_id: Of the account.
        full_name: As it will be printed.
        email: Address, if any.
        locale: `es`, `en`, or None.
        extra_time_percent: What is added to their time limits, 0 to 400.
        places: Their roles.
        timezone: Of their first institution, or UTC.
        country: Of the same, as ISO 3166-1 alpha-2, or empty.
        managed: Slugs of the institutions whose training manager they are.
        last_seen_at: When the session was last used, to five minutes.
        shared_computer: Nothing may stay on this machine.
        is_asked: An institution would add them, and waits for their answer.
    """

    user_id: int
    full_name: str
    email: str | None
    locale: str | None
    extra_time_percent: int
    places: tuple[Place, ...]
    timezone: str
    country: str
    managed: tuple[str, ...]
    last_seen_at: datetime
    shared_computer: bool
    is_asked: bool = False


TODAY = bindparam("today", type_=Date)
OPEN_SESSION = (
    select(
        UserSession.last_seen_at,
        UserSession.expires_at,
        UserSession.shared_computer,
        User.id.label("user_id"),
        User.full_name,
        User.email,
        User.locale,
        User.extra_time_percent,
        Membership.role,
        Membership.institution_id,
        Institution.timezone,
        Institution.country,
        Institution.slug,
        exists()
        .where(Admission.owner_id == User.id, Admission.decision.is_(None))
        .correlate(User)
        .label("is_asked"),
    )
    .select_from(UserSession)
    .join(User, User.id == UserSession.user_id)
    .outerjoin(
        Membership,
        and_(
            Membership.user_id == User.id,
            Membership.from_on <= TODAY,
            or_(Membership.to_on.is_(None), Membership.to_on >= TODAY),
        ),
    )
    .outerjoin(Institution, Institution.id == Membership.institution_id)
    .where(
        UserSession.token_hash == bindparam("token_hash", type_=String),
        User.active.is_(True),
    )
    .order_by(Membership.id)
)
"""Selects a session, its user, and each role that lasts today with its institution."""


def open_session(
    session: Session, *, token_hash: str, now: datetime
) -> OpenSession | None:
    """Return the open session of a cookie, its user and roles; one statement."""
    values = {"token_hash": token_hash, "today": now.date()}
    rows = session.execute(OPEN_SESSION, values).all()
    if not rows:
        return None
    first = rows[0]
    if not session_is_open(
        last_seen_at=first.last_seen_at,
        expires_at=first.expires_at,
        shared_computer=first.shared_computer,
        now=now,
    ):
        return None
    return OpenSession(
        user_id=first.user_id,
        full_name=first.full_name,
        email=first.email,
        locale=first.locale,
        extra_time_percent=first.extra_time_percent,
        places=tuple(
            Place(Role(row.role), row.institution_id) for row in rows if row.role
        ),
        timezone=next((row.timezone for row in rows if row.timezone), "UTC"),
        country=next((row.country for row in rows if row.country), ""),
        managed=tuple(row.slug for row in rows if row.role == Role.MANAGER.value),
        last_seen_at=first.last_seen_at,
        shared_computer=first.shared_computer,
        is_asked=bool(first.is_asked),
    )


@dataclass(frozen=True, slots=True)
class Account:
    """An account, apart from the database.

    Attributes:
        id: Of the account.
        full_name: As it will be printed.
        email: Address, if any.
        username: Username, if any.
        password_hash: None while an invitation waits.
        locale: `es`, `en`, or None.
        has_confirmed: The address is known to be theirs.
        wants_optional_mail: They want reminders of what nobody requires.
        calendar_edition: Part of the secret address of their calendar.
    """

    id: int
    full_name: str
    email: str | None
    username: str | None
    password_hash: str | None
    locale: str | None
    has_confirmed: bool
    wants_optional_mail: bool
    calendar_edition: int


def account_by_identity(session: Session, *, identity: str) -> Account | None:
    """Return who signs in with this address or username, as `read_identity` wrote it.

    Inactive accounts are not found.
    """
    return _account(
        session,
        User.email == identity if "@" in identity else User.username == identity,
    )


def account(session: Session, *, user_id: int) -> Account | None:
    """Return an active account."""
    return _account(session, User.id == user_id)


def _account(session: Session, is_theirs: ColumnElement[bool]) -> Account | None:
    row = session.execute(
        select(
            User.id,
            User.full_name,
            User.email,
            User.username,
            User.password,
            User.locale,
            User.confirmed_at,
            User.wants_optional_mail,
            User.calendar_edition,
        ).where(is_theirs, User.active.is_(True))
    ).first()
    if row is None:
        return None
    return Account(
        id=row.id,
        full_name=row.full_name,
        email=row.email,
        username=row.username,
        password_hash=row.password,
        locale=row.locale,
        has_confirmed=row.confirmed_at is not None,
        wants_optional_mail=row.wants_optional_mail,
        calendar_edition=row.calendar_edition,
    )


@dataclass(frozen=True, slots=True)
class OpenCode:
    """What a code that still works opens.

    Attributes:
        purpose: `invitation` or `reset`.
        user_id: Whose account.
        full_name: Theirs.
        email: Their address, if any.
        username: Their username, if any.
        institution: Name of their first institution; empty without one.
        admission_id: What the owner of the account that it stands in for is asked; None
            for an account that stands in for none.
        owner_id: That owner, or None.
    """

    purpose: str
    user_id: int
    full_name: str
    email: str | None
    username: str | None
    institution: str
    admission_id: int | None = None
    owner_id: int | None = None


def open_code(session: Session, *, code_hash: str, now: datetime) -> OpenCode | None:
    """Return what a code opens; None when unknown, used, withdrawn or too old."""
    row = session.execute(
        select(AccessCode.purpose, User, Institution.name, Admission)
        .join(User, User.id == AccessCode.user_id)
        .outerjoin(Membership, Membership.user_id == User.id)
        .outerjoin(Institution, Institution.id == Membership.institution_id)
        .outerjoin(Admission, Admission.user_id == User.id)
        .where(
            AccessCode.code_hash == code_hash,
            AccessCode.used_at.is_(None),
            AccessCode.expires_at > now,
            User.active.is_(True),
        )
        .order_by(Membership.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    user, asked = row[1], row[3]
    return OpenCode(
        purpose=row[0],
        user_id=user.id,
        full_name=user.full_name,
        email=asked.email if asked else user.email,
        username=asked.username if asked else user.username,
        institution=row[2] or "",
        admission_id=asked.id if asked else None,
        owner_id=asked.owner_id if asked else None,
    )


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One open session, as its owner sees it.

    Attributes:
        stored_hash: Names the session in a form.
        started_at: When it was opened.
        last_seen_at: Last use, to five minutes.
        browser: Browser and system as people know them; may be empty.
        address: Of the network.
        shared_computer: Others use that machine.
    """

    stored_hash: str
    started_at: datetime
    last_seen_at: datetime
    browser: str
    address: str
    shared_computer: bool


def sessions_of(session: Session, *, user_id: int, now: datetime) -> list[SessionRow]:
    """List a user's open sessions, the last used first."""
    rows = session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.expires_at > now)
        .order_by(UserSession.last_seen_at.desc(), UserSession.token_hash)
    )
    return [
        SessionRow(
            stored_hash=row.token_hash,
            started_at=row.created_at,
            last_seen_at=row.last_seen_at,
            browser=browser_name(row.user_agent),
            address=row.address,
            shared_computer=row.shared_computer,
        )
        for row in rows
        if session_is_open(
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            shared_computer=row.shared_computer,
            now=now,
        )
    ]


def coordinator(session: Session, *, identity: str, today: date) -> int | None:
    """Return the id of a coordinator's account; None for anybody else's."""
    folded = identity.strip().casefold()
    return session.scalar(
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            or_(User.email == folded, User.username == folded),
            User.active.is_(True),
            Membership.role == Role.COORDINATOR,
            Membership.from_on <= today,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
        )
        .limit(1)
    )
