"""Sessions: opened at sign-in, ended at sign-out, and the limit on tries before."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import (
    MOST_TRIES_PER_ACCOUNT,
    MOST_TRIES_PER_ADDRESS,
    SEEN_INTERVAL,
    TRY_WINDOW,
    network_of,
    retry_after,
    session_end,
    token_hash,
)
from conexx_learn.domain.errors import LimitError
from conexx_learn.models.accounts import SignInFailure, UserSession
from conexx_learn.services import audit
from conexx_learn.services.locks import one_at_a_time

KEPT_FAILURES = timedelta(days=1)
LONGEST_AGENT = 200


def open_session(
    session: Session,
    *,
    user_id: int,
    token: str,
    shared_computer: bool,
    user_agent: str,
    now: datetime,
    replaces: str | None = None,
) -> int | None:
    """Open a session under a new id; the one that the browser held before is ended.

    Args:
        session: Where to write.
        user_id: Who signs in.
        token: The opaque id that goes into the cookie; only its hash is stored.
        shared_computer: Others use this machine.
        user_agent: As the browser tells it, for the list of one's sessions.
        now: This moment.
        replaces: The id that the cookie held before, if any.

    Returns:
        Whose session the replaced one was, or None.
    """
    before = session.scalar(
        delete(UserSession)
        .where(UserSession.token_hash == token_hash(replaces or ""))
        .returning(UserSession.user_id)
    )
    session.execute(
        delete(UserSession).where(
            UserSession.user_id == user_id, UserSession.expires_at < now
        )
    )
    session.add(
        UserSession(
            token_hash=token_hash(token),
            user_id=user_id,
            created_at=now,
            last_seen_at=now,
            expires_at=session_end(now=now, shared_computer=shared_computer),
            shared_computer=shared_computer,
            user_agent=user_agent[:LONGEST_AGENT],
            address=audit.origin.get().address,
        )
    )
    audit.record(session, act="sign-in", thing=f"user:{user_id}", now=now)
    return before


def end_session(session: Session, *, token: str, now: datetime) -> None:
    """End the session of a cookie; a copy of that cookie is dead from now on."""
    user_id = session.scalar(
        delete(UserSession)
        .where(UserSession.token_hash == token_hash(token))
        .returning(UserSession.user_id)
    )
    if user_id is not None:
        audit.record(session, act="sign-out", thing=f"user:{user_id}", now=now)


def end_one_session(
    session: Session, *, user_id: int, stored_hash: str, now: datetime
) -> None:
    """End one of the user's own sessions, named by its stored hash."""
    session.execute(
        delete(UserSession).where(
            UserSession.token_hash == stored_hash, UserSession.user_id == user_id
        )
    )
    audit.record(session, act="session-end", thing=f"user:{user_id}", now=now)


def end_other_sessions(
    session: Session, *, user_id: int, but: str | None, now: datetime
) -> None:
    """End every session of a user, except the one of this cookie."""
    session.execute(
        delete(UserSession).where(
            UserSession.user_id == user_id,
            UserSession.token_hash != token_hash(but or ""),
        )
    )
    audit.record(session, act="sessions-end", thing=f"user:{user_id}", now=now)


def mark_seen(session: Session, *, token: str, now: datetime) -> None:
    """Note that a session is in use, at most every five minutes."""
    session.execute(
        update(UserSession)
        .where(
            UserSession.token_hash == token_hash(token),
            UserSession.last_seen_at <= now - SEEN_INTERVAL,
        )
        .values(last_seen_at=now)
    )


def count_try(
    session: Session, *, address: str, now: datetime, account: str | None = None
) -> None:
    """Count a try before it is checked, so that many at once do not slip through.

    What succeeds is forgiven afterwards; what is refused here is not counted, so that
    nobody is kept out for longer than the window.

    Args:
        session: Where to write.
        address: Of the network, as the request has it.
        now: This moment.
        account: Whose password is being guessed at; None for a code, which belongs
            to nobody known.

    Raises:
        LimitError: Too many tries at the account, or from there.
    """
    network = network_of(address)
    account_hash = token_hash(account or "")
    if account:
        one_at_a_time(session, account_hash)
        is_same = SignInFailure.identity_hash == account_hash
        _refuse_flood(session, is_same, most=MOST_TRIES_PER_ACCOUNT, now=now)
    one_at_a_time(session, network)
    is_there = SignInFailure.address == network
    _refuse_flood(session, is_there, most=MOST_TRIES_PER_ADDRESS, now=now)
    session.execute(delete(SignInFailure).where(SignInFailure.at < now - KEPT_FAILURES))
    session.add(SignInFailure(identity_hash=account_hash, address=network, at=now))


def refuse_guessing(session: Session, *, address: str, now: datetime) -> None:
    """Refuse who has used up the tries of a network; nothing is counted.

    Raises:
        LimitError: Too many tries from there.
    """
    is_there = SignInFailure.address == network_of(address)
    _refuse_flood(session, is_there, most=MOST_TRIES_PER_ADDRESS, now=now)


def forgive_tries(session: Session, *, account: str) -> None:
    """Forget the tries at an account whose owner has come in."""
    session.execute(
        delete(SignInFailure).where(SignInFailure.identity_hash == token_hash(account))
    )


def _refuse_flood(
    session: Session, is_counted: ColumnElement[bool], *, most: int, now: datetime
) -> None:
    count, oldest = session.execute(
        select(func.count(), func.min(SignInFailure.at)).where(
            is_counted, SignInFailure.at > now - TRY_WINDOW
        )
    ).one()
    if count >= most:
        raise LimitError(retry_after=retry_after(oldest_try=oldest, now=now))
