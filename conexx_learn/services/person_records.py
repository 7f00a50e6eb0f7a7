"""What an institution has written of its people."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import is_username, read_identity
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.names import LONGEST_NAME, printed_name
from conexx_learn.domain.people import MOST_WEEKLY_HOURS, PersonTraits
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Membership
from conexx_learn.services import audit
from conexx_learn.services.accounts import is_email
from conexx_learn.services.admissions import typed_identity


def read_traits(traits: PersonTraits) -> PersonTraits:
    """Return what was typed in the form that is stored.

    Raises:
        ShapeError: A value is none of those allowed.
    """
    name = printed_name(traits.full_name)
    if not name or len(name) > LONGEST_NAME:
        raise ShapeError("name-length", limit=LONGEST_NAME)
    email, username = read_identity(traits.email), read_identity(traits.username)
    if email and not is_email(email):
        raise ShapeError("identity-unreadable", identity=traits.email[:80])
    if username and not is_username(username):
        raise ShapeError("identity-unreadable", identity=traits.username[:80])
    if not 0 <= traits.weekly_hours <= MOST_WEEKLY_HOURS:
        raise ShapeError("hours-range", limit=MOST_WEEKLY_HOURS)
    return PersonTraits(name, email, username, traits.weekly_hours)


def traits_of(session: Session, user: User) -> PersonTraits:
    """Return what is written of an account, as an institution sees it."""
    typed = typed_identity(session, user.id)
    email, username = typed or (user.email or "", user.username or "")
    return PersonTraits(user.full_name, email, username, user.weekly_learning_hours)


def member(session: Session, institution_id: int, user_id: int) -> User:
    """Return the account of who belongs, or belonged, to an institution.

    Raises:
        NotFoundError: Nobody of this institution.
    """
    user = session.scalars(
        select(User)
        .where(
            User.id == user_id,
            User.id.in_(
                select(Membership.user_id).where(
                    Membership.institution_id == institution_id
                )
            ),
        )
        .execution_options(populate_existing=True)
    ).first()
    if user is None:
        raise NotFoundError
    return user


def membership_rows(
    session: Session, institution_id: int, user_id: int
) -> list[Membership]:
    """List every role that somebody holds or held at an institution."""
    return list(
        session.scalars(
            select(Membership)
            .where(
                Membership.institution_id == institution_id,
                Membership.user_id == user_id,
            )
            .execution_options(populate_existing=True)
        )
    )


def record_person(
    session: Session,
    act: str,
    institution_id: int,
    user_id: int,
    now: datetime,
    **facts: str | int,
) -> None:
    """Note an act on a person of an institution."""
    audit.record(
        session,
        act=act,
        thing=f"user:{user_id}",
        now=now,
        institution_id=institution_id,
        **facts,
    )
