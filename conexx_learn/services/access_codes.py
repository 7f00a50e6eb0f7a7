"""Ways in that a person is handed: invitations, and new passwords without mail."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import (
    HANDED_RESET_TERM,
    INVITATION_TERM,
    is_link_token,
    read_identity,
    token_hash,
)
from conexx_learn.domain.errors import CodeSpentError, ForbiddenError, RuleError
from conexx_learn.domain.identifiers import CODE_BITS, one_time_code, read_code
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.permissions import Actor, Place, Role, may_reset
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.institutions import Membership
from conexx_learn.services import audit
from conexx_learn.services.accounts import (
    change_password,
    choose_username,
    register_user,
)
from conexx_learn.services.admissions import typed_identity
from conexx_learn.services.mailboxes import confirm_by_invitation
from conexx_learn.services.memberships import grant_role

MOST_NAMESAKES = 200


@dataclass(frozen=True, slots=True)
class HandedCode:
    """A way in, as it is handed over; the code itself is stored nowhere.

    Attributes:
        code: Eight characters for paper, or a long secret for a link by mail.
        purpose: `invitation` or `reset`.
        user_id: Whose account it opens.
        full_name: Theirs.
        identity: Address or username of the account.
        expires_at: Until when it works.
        asks_owner: The account stands in for one from elsewhere: its owner is asked.
    """

    code: str
    purpose: str
    user_id: int
    full_name: str
    identity: str
    expires_at: datetime
    asks_owner: bool = False


def invite_user(
    session: Session,
    *,
    identity: str | None,
    full_name: str,
    role: Role,
    institution_slug: str | None,
    now: datetime,
    by: Actor | None,
    locale: str | None = None,
) -> HandedCode:
    """Make an account without a password, its role, and the invitation that opens it.

    Args:
        session: Where to write.
        identity: E-mail address or username; None makes a username of the name.
        full_name: As it will be printed.
        role: What they may do.
        institution_slug: Where; None for the whole platform.
        now: This moment.
        by: Who invites; None is the operator at the shell.
        locale: Language that they will be greeted in.

    Raises:
        RuleError: Somebody has the identity already, or the role asks for a place.
        ShapeError: The identity is neither an address nor a username.
        NotFoundError: No such institution.
        ForbiddenError: Not for the one who invites to give.
    """
    name = printed_name(full_name)
    user_id = register_user(
        session,
        identity=identity or free_username(session, name),
        full_name=name,
        password_hash=None,
        locale=locale,
        now=now,
    )
    grant_role(
        session,
        user_id=user_id,
        role=role,
        institution_slug=institution_slug,
        now=now,
        by=by,
    )
    user = session.get_one(User, user_id)
    make = link_token if user.email else short_code
    return _handed(session, user, make, now=now, by=by)


def hand_over_code(
    session: Session, *, user_id: int, now: datetime, by: Actor
) -> HandedCode:
    """Make a code on paper: the invitation of a new account, or a new password.

    Codes of before are void.

    Raises:
        ForbiddenError: The person holds a role that is not the giver's to open.
    """
    user = session.get_one(User, user_id)
    if not may_reset(by, places_of(session, user_id, now.date())):
        raise ForbiddenError
    return _handed(session, user, short_code, now=now, by=by)


def renew_invitation(
    session: Session, *, user_id: int, now: datetime, by: Actor
) -> HandedCode:
    """Invite somebody whose account has no password yet; older invitations are void.

    Returns:
        A link's secret for who has a mailbox, and a code on paper for others.

    Raises:
        ForbiddenError: The person holds a role that is not the giver's to open.
        RuleError: They have taken an invitation already.
    """
    user = session.get_one(User, user_id)
    if not may_reset(by, places_of(session, user_id, now.date())):
        raise ForbiddenError
    if user.password is not None:
        raise RuleError("has-joined")
    typed = typed_identity(session, user_id)
    has_mailbox = bool(typed[0]) if typed else bool(user.email)
    make = link_token if has_mailbox else short_code
    return _handed(session, user, make, now=now, by=by)


def take_code(
    session: Session,
    *,
    entry: str,
    password_hash: str,
    username: str | None,
    privacy_version: date,
    now: datetime,
) -> int:
    """Use a code, once: the account has a password from now on, and no other session.

    The secret of a link came by the mailbox of the account, and so confirms it; a code
    on paper, or a link that was printed at the shell too, confirms nothing.

    Args:
        session: Where to write.
        entry: The code as typed, or the secret of a link.
        password_hash: Of the chosen password.
        username: Another username than the one given; None leaves it.
        privacy_version: Day of the notice that was accepted.
        now: This moment.

    Returns:
        Whose account it is.

    Raises:
        CodeSpentError: Unknown, used, withdrawn, or too old.
        RuleError: Somebody has the username already, or the account stands in for one
            from elsewhere: its owner signs in and answers.
        ShapeError: It is no username.
    """
    used = session.execute(
        update(AccessCode)
        .where(
            AccessCode.code_hash == code_hash(entry),
            AccessCode.used_at.is_(None),
            AccessCode.expires_at > now,
        )
        .values(used_at=now)
        .returning(AccessCode.user_id, AccessCode.purpose, AccessCode.created_by)
    ).first()
    if used is None:
        raise CodeSpentError
    if typed_identity(session, used.user_id) is not None:
        raise RuleError("account-is-elsewhere")
    if username is not None:
        choose_username(session, user_id=used.user_id, username=username)
    session.execute(
        update(User)
        .where(User.id == used.user_id)
        .values(privacy_version=privacy_version, privacy_accepted_at=now)
    )
    change_password(session, user_id=used.user_id, password_hash=password_hash, now=now)
    # The shell prints the link that it mails, and knows no giver: that proves nothing.
    if is_link_token(entry.strip()) and used.created_by is not None:
        confirm_by_invitation(session, user_id=used.user_id, now=now)
    audit.record(
        session, act=f"{used.purpose}-take", thing=_thing(used.user_id), now=now
    )
    return int(used.user_id)


def code_hash(entry: str) -> str:
    """Return what is stored of a code, as somebody typed or followed it."""
    text = entry.strip()
    return token_hash(text if is_link_token(text) else read_code(text) or "")


def short_code() -> str:
    """Make a code that a hand can copy: eight characters."""
    return one_time_code(secrets.randbits(CODE_BITS))


def link_token() -> str:
    """Make a secret of 256 bits, for a link that nobody types."""
    return secrets.token_urlsafe(32)


def free_username(session: Session, full_name: str) -> str:
    """Make a username of a name that nobody has yet: `ana.ruiz`, `ana.ruiz2`.

    Raises:
        RuleError: There are too many of that name.
    """
    words = [
        "".join(sign for sign in word if sign.isascii() and sign.isalnum())
        for word in read_identity(full_name.replace("@", " ")).split()
    ]
    first = ".".join(word for word in words if word)[:50].strip(".")
    base = first if len(first) > 2 else f"{first or 'persona'}.1"  # noqa: PLR2004 (a username has three characters)
    taken = set(
        session.scalars(select(User.username).where(User.username.startswith(base)))
    )
    names = [base, *(f"{base}{number}" for number in range(2, MOST_NAMESAKES))]
    free = next((name for name in names if name not in taken), None)
    if free is None:
        raise RuleError("user-exists", identity=base)
    return free


def _handed(
    session: Session,
    user: User,
    make: Callable[[], str],
    *,
    now: datetime,
    by: Actor | None,
) -> HandedCode:
    purpose = "invitation" if user.password is None else "reset"
    term = INVITATION_TERM if user.password is None else HANDED_RESET_TERM
    session.execute(
        update(AccessCode)
        .where(AccessCode.user_id == user.id, AccessCode.used_at.is_(None))
        .values(used_at=now)
    )
    code = make()
    session.add(
        AccessCode(
            code_hash=code_hash(code),
            purpose=purpose,
            user_id=user.id,
            created_by=by.user_id if by else None,
            created_at=now,
            expires_at=now + term,
        )
    )
    audit.record(session, act=f"{purpose}-make", thing=_thing(user.id), now=now)
    typed = typed_identity(session, user.id)
    email, username = typed or (user.email, user.username)
    return HandedCode(
        code,
        purpose,
        user.id,
        user.full_name,
        email or username or "",
        now + term,
        asks_owner=typed is not None,
    )


def places_of(session: Session, user_id: int, today: date) -> list[Place]:
    """List every role that somebody holds on a day, wherever it is."""
    rows = session.execute(
        select(Membership.role, Membership.institution_id).where(
            Membership.user_id == user_id,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
        )
    )
    return [Place(Role(row.role), row.institution_id) for row in rows]


def _thing(user_id: int) -> str:
    return f"user:{user_id}"
