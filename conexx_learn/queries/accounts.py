"""Reads of accounts. The account row itself leaves this floor: Flask-Login needs it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import session_is_open
from conexx_learn.domain.permissions import Place, Role
from conexx_learn.models.accounts import AccessCode, User, UserSession
from conexx_learn.models.institutions import Institution, Membership


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Who is signed in, with every role that they hold today.

    Attributes:
        user: The account.
        places: Their roles.
        timezone: Of their first institution, or UTC.
        last_seen_at: When the session was last used, to five minutes.
        shared_computer: Nothing may stay on this machine.
    """

    user: User
    places: tuple[Place, ...]
    timezone: str
    last_seen_at: datetime
    shared_computer: bool


def open_session(
    session: Session, *, token_hash: str, now: datetime
) -> OpenSession | None:
    """Return the open session of a cookie, its user and roles; one statement."""
    today = now.date()
    rows = session.execute(
        select(UserSession, User, Membership, Institution.timezone)
        .join(User, User.id == UserSession.user_id)
        .outerjoin(
            Membership,
            and_(
                Membership.user_id == User.id,
                Membership.from_on <= today,
                or_(Membership.to_on.is_(None), Membership.to_on >= today),
            ),
        )
        .outerjoin(Institution, Institution.id == Membership.institution_id)
        .where(UserSession.token_hash == token_hash, User.active.is_(True))
        .order_by(Membership.id)
    ).all()
    if not rows:
        return None
    kept, user = rows[0][0], rows[0][1]
    if not session_is_open(
        last_seen_at=kept.last_seen_at,
        expires_at=kept.expires_at,
        shared_computer=kept.shared_computer,
        now=now,
    ):
        return None
    return OpenSession(
        user=user,
        places=tuple(
            Place(Role(row[2].role), row[2].institution_id) for row in rows if row[2]
        ),
        timezone=next((row[3] for row in rows if row[3]), "UTC"),
        last_seen_at=kept.last_seen_at,
        shared_computer=kept.shared_computer,
    )


def account_by_identity(session: Session, *, identity: str) -> User | None:
    """Return who signs in with this address or username, as `read_identity` wrote it.

    Inactive accounts are not found.
    """
    is_theirs = User.email == identity if "@" in identity else User.username == identity
    return session.scalar(select(User).where(is_theirs, User.active.is_(True)))


def account(session: Session, *, user_id: int) -> User | None:
    """Return an active account."""
    return session.scalar(
        select(User).where(User.id == user_id, User.active.is_(True))
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
    """

    purpose: str
    user_id: int
    full_name: str
    email: str | None
    username: str | None
    institution: str


def open_code(session: Session, *, code_hash: str, now: datetime) -> OpenCode | None:
    """Return what a code opens; None when unknown, used, withdrawn or too old."""
    row = session.execute(
        select(AccessCode.purpose, User, Institution.name)
        .join(User, User.id == AccessCode.user_id)
        .outerjoin(Membership, Membership.user_id == User.id)
        .outerjoin(Institution, Institution.id == Membership.institution_id)
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
    user = row[1]
    return OpenCode(
        purpose=row[0],
        user_id=user.id,
        full_name=user.full_name,
        email=user.email,
        username=user.username,
        institution=row[2] or "",
    )


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One open session, as its owner sees it.

    Attributes:
        stored_hash: Names the session in a form.
        started_at: When it was opened.
        last_seen_at: Last use, to five minutes.
        user_agent: As the browser told it.
        address: Of the network.
        shared_computer: Others use that machine.
    """

    stored_hash: str
    started_at: datetime
    last_seen_at: datetime
    user_agent: str
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
            user_agent=row.user_agent,
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
