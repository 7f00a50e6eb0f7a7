"""Reads of accounts. The account row itself leaves this floor: Flask-Login needs it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import session_is_open
from conexx_learn.domain.permissions import Place, Role
from conexx_learn.models.accounts import User, UserSession
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
