"""Somebody taken in by an institution: new, back, or from elsewhere once they agree."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.people import PersonTraits
from conexx_learn.domain.permissions import Actor, Role, holds
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution
from conexx_learn.services.access_codes import free_username
from conexx_learn.services.accounts import choose_username, register_user
from conexx_learn.services.admissions import (
    ask_admission,
    refuse_declined,
    stand_in_of,
)
from conexx_learn.services.institutions import first_day, held_institution
from conexx_learn.services.memberships import begin_membership
from conexx_learn.services.person_records import (
    membership_rows,
    read_traits,
    record_person,
)


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
    Accounts from elsewhere are added by the coordination or at the shell; for a
    training manager they are asked, and another account stands in for them meanwhile:
    nobody becomes visible to an institution because it knows an address.

    Args:
        session: Where to write.
        institution_id: Where.
        traits: Who; without e-mail address and username, one is made of the name.
        now: This moment.
        by: Who takes them in; None at the shell.

    Raises:
        ShapeError: A value is none of those allowed.
        RuleError: They are here already, they said that they are not to be added, or
            the address and the username belong to two accounts.
    """
    place = held_institution(session, institution_id)
    readable = read_traits(traits)
    known = account_of(session, readable, institution_id, may_tell=takes_strangers(by))
    if known is not None:
        known = stand_in_of(session, institution_id, known.id) or known
    if known is None:
        user_id = _register(session, readable, now)
        arrival = Arrival.NEW
    elif is_to_be_asked(session, institution_id, known, by):
        user_id = _stand_in(session, institution_id, known.id, readable, now, by)
        arrival = Arrival.NEW
    else:
        user_id = known.id
        arrival = _arrival(session, place, known, now)
    begin_membership(
        session,
        user_id=user_id,
        role=Role.LEARNER,
        institution_id=institution_id,
        day=first_day(place, now),
    )
    record_person(session, "person-add", institution_id, user_id, now, arrival=arrival)
    return AddedPerson(user_id, arrival)


def account_of(
    session: Session,
    traits: PersonTraits,
    institution_id: int,
    *,
    may_tell: bool,
    but: int | None = None,
) -> User | None:
    """Return the account that an address or a username belongs to.

    Args:
        session: Where to read.
        traits: As typed.
        institution_id: Whose people it is compared with.
        may_tell: Whether the reader may learn of accounts from elsewhere.
        but: An account that is not meant.

    Raises:
        RuleError: They belong to two, of which the reader may know one.
    """
    identities = []
    if traits.email:
        identities.append(User.email == traits.email)
    if traits.username:
        identities.append(User.username == traits.username)
    if not identities:
        return None
    wanted = select(User).where(or_(*identities), User.id != (but or 0))
    found = session.scalars(wanted).all()
    if len(found) > 1 and (
        may_tell
        or any(membership_rows(session, institution_id, one.id) for one in found)
    ):
        raise RuleError("identity-of-two", email=traits.email, name=traits.username)
    by_email = next(
        (one for one in found if one.email and one.email == traits.email), None
    )
    if found and by_email is None and traits.email and not may_tell:
        return _by_username(session, found[0], institution_id)
    return by_email or next(iter(found), None)


def _by_username(session: Session, user: User, institution_id: int) -> User:
    """Return who is known by their username; an address that is not theirs says more.

    Raises:
        RuleError: The username is somebody's elsewhere, who has another address.
    """
    if membership_rows(session, institution_id, user.id):
        return user
    raise RuleError("user-exists", identity=user.username)


def takes_strangers(by: Actor | None) -> bool:
    """Say whether somebody may add accounts from elsewhere without asking."""
    return by is None or holds(by, Role.COORDINATOR)


def is_to_be_asked(
    session: Session, institution_id: int, user: User, by: Actor | None
) -> bool:
    """Say whether an account is from elsewhere, and not the actor's to add."""
    if takes_strangers(by) and user.active:
        return False
    return not membership_rows(session, institution_id, user.id)


def _stand_in(
    session: Session,
    institution_id: int,
    owner_id: int,
    traits: PersonTraits,
    now: datetime,
    by: Actor | None,
) -> int:
    """Let a new account stand in for one from elsewhere, whose owner is asked."""
    unnamed = replace(traits, email="", username="")
    user_id = _register(session, unnamed, now)
    ask_admission(
        session,
        institution_id=institution_id,
        stand_in_id=user_id,
        owner_id=owner_id,
        traits=traits,
        now=now,
        by=by,
    )
    return user_id


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
    session: Session, place: Institution, user: User, now: datetime
) -> Arrival:
    """Say how the owner of an account comes here.

    Raises:
        RuleError: They are here already, or said that they are not to be added.
    """
    rows = membership_rows(session, place.id, user.id)
    today = first_day(place, now)
    if any(row.role == Role.LEARNER.value and row.to_on is None for row in rows):
        raise RuleError("person-here")
    refuse_declined(session, user.id)
    is_here = any((row.to_on or today) >= today for row in rows)
    return Arrival.BACK if rows and not is_here else Arrival.KNOWN
