"""The people of an institution: taken in, under one account, and corrected."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import is_username, read_identity
from conexx_learn.domain.errors import (
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.names import LONGEST_NAME, printed_name
from conexx_learn.domain.people import MOST_WEEKLY_HOURS, PersonTraits
from conexx_learn.domain.permissions import Actor, Role, holds, may_reset
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.services import audit
from conexx_learn.services.access_codes import free_username, places_of
from conexx_learn.services.accounts import choose_username, is_email, register_user
from conexx_learn.services.institutions import held_institution
from conexx_learn.services.memberships import begin_membership

ONE_DAY = timedelta(days=1)


class Arrival(StrEnum):
    """How somebody came to an institution."""

    NEW = "new"
    """With an account that was made for it."""
    BACK = "back"
    """They had left."""
    KNOWN = "known"
    """With an account from elsewhere."""


@dataclass(frozen=True, slots=True)
class AddedPerson:
    """Whose account it is, and how they came."""

    user_id: int
    arrival: Arrival


def add_person(
    session: Session,
    *,
    institution_id: int,
    traits: PersonTraits,
    now: datetime,
    by: Actor | None,
) -> AddedPerson:
    """Take somebody in as a learner of the institution.

    Who has been here before comes back under the same account, and keeps their record.
    Accounts from elsewhere are added by the coordination or at the shell alone: nobody
    becomes visible to an institution because it knows an address.

    Args:
        session: Where to write.
        institution_id: Where.
        traits: Who; without e-mail address and username, one is made of the name.
        now: This moment.
        by: Who takes them in; None at the shell.

    Raises:
        ShapeError: A value is none of those allowed.
        RuleError: They are here already, the account is from elsewhere, or the address
            and the username belong to two accounts.
    """
    place = held_institution(session, institution_id)
    readable = read_traits(traits)
    known = _account(session, readable)
    if known is None:
        user_id = _register(session, readable, now)
        arrival = Arrival.NEW
    else:
        user_id = known.id
        arrival = _arrival(session, place, known, by, now)
    begin_membership(
        session,
        user_id=user_id,
        role=Role.LEARNER,
        institution_id=institution_id,
        day=first_day(place, now),
    )
    record_person(session, "person-add", institution_id, user_id, now, arrival=arrival)
    return AddedPerson(user_id, arrival)


def correct_person(
    session: Session,
    *,
    institution_id: int,
    user_id: int,
    traits: PersonTraits,
    seen: str,
    now: datetime,
    by: Actor,
) -> str | None:
    """Correct what is written of a person.

    Name, address and username of who also has a role elsewhere, or one that the editor
    could not have given, are not theirs to change; weekly hours are.

    Args:
        session: Where to write.
        institution_id: Where.
        user_id: Who.
        traits: As it is to be.
        seen: Fingerprint of what the editor had before them.
        now: This moment.
        by: Who corrects.

    Returns:
        The address of before, where another one takes its place: it is to be told.

    Raises:
        NotFoundError: Nobody of this institution.
        ShapeError: A value is none of those allowed, or no identity is left.
        RuleError: Somebody changed it meanwhile, has the address or username already,
            or it is not the editor's to change.
    """
    held_institution(session, institution_id)
    user = member(session, institution_id, user_id)
    before = traits_of(user)
    if seen != before.fingerprint:
        raise RuleError("changed-meanwhile")
    after = read_traits(traits)
    if not (after.email or after.username):
        raise ShapeError("identity-missing")
    if (after.full_name, after.email, after.username) != (
        before.full_name,
        before.email,
        before.username,
    ):
        _refuse_unless_theirs(session, user_id, by, now)
        _write_identity(session, user, before, after, now)
    user.weekly_learning_hours = after.weekly_hours
    session.flush()
    record_person(session, "person-correct", institution_id, user_id, now)
    return before.email if before.email and before.email != after.email else None


def first_day(place: Institution, now: datetime) -> date:
    """Return today at an institution, or in UTC where that is the earlier day."""
    return min(day_at(place, now), now.date())


def day_at(place: Institution, now: datetime) -> date:
    """Return the calendar day at an institution."""
    return now.astimezone(ZoneInfo(place.timezone)).date()


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


def traits_of(user: User) -> PersonTraits:
    """Return what is written of an account."""
    return PersonTraits(
        user.full_name,
        user.email or "",
        user.username or "",
        user.weekly_learning_hours,
    )


def _account(session: Session, traits: PersonTraits) -> User | None:
    """Return the account that an address or a username belongs to.

    Raises:
        RuleError: They belong to two.
    """
    identities = []
    if traits.email:
        identities.append(User.email == traits.email)
    if traits.username:
        identities.append(User.username == traits.username)
    if not identities:
        return None
    found = session.scalars(select(User).where(or_(*identities))).all()
    if len(found) > 1:
        raise RuleError("identity-of-two", email=traits.email, name=traits.username)
    return found[0] if found else None


def _register(session: Session, traits: PersonTraits, now: datetime) -> int:
    username = traits.username
    if not (username or traits.email):
        username = free_username(session, traits.full_name)
    user_id = register_user(
        session,
        identity=traits.email or username,
        full_name=traits.full_name,
        password_hash=None,
        locale=None,
        now=now,
    )
    if traits.email and username:
        choose_username(session, user_id=user_id, username=username)
    session.execute(
        update(User)
        .where(User.id == user_id)
        .values(weekly_learning_hours=traits.weekly_hours)
    )
    return user_id


def _arrival(
    session: Session, place: Institution, user: User, by: Actor | None, now: datetime
) -> Arrival:
    """Say how the owner of an account comes here.

    Raises:
        RuleError: They are here already, or the account is from elsewhere.
    """
    rows = membership_rows(session, place.id, user.id)
    today = first_day(place, now)
    if any(row.role == Role.LEARNER.value and row.to_on is None for row in rows):
        raise RuleError("person-here")
    if rows and user.active:
        is_here = any((row.to_on or today) >= today for row in rows)
        return Arrival.KNOWN if is_here else Arrival.BACK
    if user.active and (by is None or holds(by, Role.COORDINATOR)):
        return Arrival.KNOWN
    raise RuleError("person-elsewhere", identity=user.email or user.username)


def _refuse_unless_theirs(
    session: Session, user_id: int, by: Actor, now: datetime
) -> None:
    if by.user_id == user_id:
        raise RuleError("own-account")
    if not may_reset(by, places_of(session, user_id, now.date())):
        raise RuleError("person-of-others")


def _write_identity(
    session: Session,
    user: User,
    before: PersonTraits,
    after: PersonTraits,
    now: datetime,
) -> None:
    """Write name, address and username; ways in sent to an old address are void."""
    if after.full_name != before.full_name:
        user.full_name, user.name_confirmed_at = after.full_name, None
    try:
        with session.begin_nested():
            user.email, user.username = after.email or None, after.username or None
            session.flush()
    except IntegrityError as error:
        taken = after.email if after.email != before.email else after.username
        raise RuleError("user-exists", identity=taken) from error
    if after.email != before.email:
        user.confirmed_at = None
        session.execute(
            update(AccessCode)
            .where(AccessCode.user_id == user.id, AccessCode.used_at.is_(None))
            .values(used_at=now)
        )


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
