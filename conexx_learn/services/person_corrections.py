"""What is written of a person, corrected: name, address, username, weekly hours."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import RuleError, ShapeError
from conexx_learn.domain.people import PersonTraits
from conexx_learn.domain.permissions import Actor, may_reset
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.services.access_codes import free_username, places_of
from conexx_learn.services.admissions import (
    ask_admission,
    forget_stand_in,
    refuse_declined,
    stand_in_of,
    typed_identity,
)
from conexx_learn.services.institutions import held_institution
from conexx_learn.services.people import account_of, is_to_be_asked, takes_strangers
from conexx_learn.services.person_records import (
    member,
    read_traits,
    record_person,
    traits_of,
)


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
        The address of before, where another one takes its place: it is to be told,
        unless it was never theirs.

    Raises:
        NotFoundError: Nobody of this institution.
        ShapeError: A value is none of those allowed, or no identity is left.
        RuleError: Somebody changed it meanwhile, has the address or username already,
            or it is not the editor's to change.
    """
    held_institution(session, institution_id)
    user = member(session, institution_id, user_id)
    before = traits_of(session, user)
    if seen != before.fingerprint:
        raise RuleError("changed-meanwhile")
    after = read_traits(traits)
    if not (after.email or after.username):
        raise ShapeError("identity-missing")
    stood_in = typed_identity(session, user_id) is not None
    if (after.full_name, after.email, after.username) != (
        before.full_name,
        before.email,
        before.username,
    ):
        _refuse_unless_theirs(session, user_id, by, now)
        _write_identity(session, institution_id, user, before, after, now, by)
    user.weekly_learning_hours = after.weekly_hours
    session.flush()
    record_person(session, "person-correct", institution_id, user_id, now)
    is_told = before.email and before.email != after.email and not stood_in
    return before.email if is_told else None


def _refuse_unless_theirs(
    session: Session, user_id: int, by: Actor, now: datetime
) -> None:
    if by.user_id == user_id:
        raise RuleError("own-account")
    if not may_reset(by, places_of(session, user_id, now.date())):
        raise RuleError("person-of-others")


def _write_identity(
    session: Session,
    institution_id: int,
    user: User,
    before: PersonTraits,
    after: PersonTraits,
    now: datetime,
    by: Actor,
) -> None:
    """Write name, address and username; ways in sent to an old address are void."""
    if after.full_name != before.full_name:
        user.full_name, user.name_confirmed_at = after.full_name, None
    if (after.email, after.username) == (before.email, before.username):
        return
    if after.email != before.email:
        user.confirmed_at = None
        session.execute(
            update(AccessCode)
            .where(AccessCode.user_id == user.id, AccessCode.used_at.is_(None))
            .values(used_at=now)
        )
    if user.password is None and _asks_another(
        session, institution_id, user, after, now, by
    ):
        return
    try:
        with session.begin_nested():
            user.email, user.username = after.email or None, after.username or None
            session.flush()
    except IntegrityError as error:
        taken = after.email if after.email != before.email else after.username
        raise RuleError("user-exists", identity=taken) from error


def _asks_another(
    session: Session,
    institution_id: int,
    user: User,
    after: PersonTraits,
    now: datetime,
    by: Actor,
) -> bool:
    """Let somebody who never signed in stand in for the account that was meant."""
    refuse_declined(session, user.id)
    if after.email and after.email == user.email:
        return False
    forget_stand_in(session, user.id)
    owner = account_of(
        session, after, institution_id, may_tell=takes_strangers(by), but=user.id
    )
    if owner is None or not is_to_be_asked(session, institution_id, owner, by):
        return False
    another = stand_in_of(session, institution_id, owner.id)
    if another is not None:
        refuse_declined(session, another.id)
        raise RuleError("person-here")
    username = user.username or free_username(session, after.full_name)
    user.email, user.username = None, username
    session.flush()
    ask_admission(
        session,
        institution_id=institution_id,
        stand_in_id=user.id,
        owner_id=owner.id,
        traits=after,
        now=now,
        by=by,
    )
    return True
