"""Who holds which role where: granted, ended, and never without a coordinator."""

from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import ForbiddenError, NotFoundError, RuleError
from conexx_learn.domain.permissions import (
    PLATFORM_ROLES,
    Actor,
    Role,
    holds,
    may_grant,
)
from conexx_learn.models.accounts import User
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.services import audit
from conexx_learn.services.institutions import first_day, held_institution

_DAY = timedelta(days=1)


def grant_role(
    session: Session,
    *,
    user_id: int,
    role: Role,
    institution_slug: str | None,
    now: datetime,
    by: Actor | None,
) -> None:
    """Give somebody a role; who holds it already keeps it, without an end.

    It begins on the calendar day of the institution, where that is the earlier one.

    Args:
        session: Where to write.
        user_id: Who receives it; every account is a learner without any grant.
        role: What they may do.
        institution_slug: Where; None for the whole platform.
        now: This moment.
        by: Who grants; None is the operator at the shell.

    Raises:
        NotFoundError: No such institution.
        RuleError: The role exists only at an institution.
        ForbiddenError: Not for the one who grants to give.
    """
    institution_id, day = _where_and_when(session, institution_slug, now)
    if by is not None and not may_grant(by, role, institution_id=institution_id):
        raise ForbiddenError
    if institution_id is None:
        if role is Role.LEARNER:
            return
        if role not in PLATFORM_ROLES:
            raise RuleError("role-needs-institution", role=role.value)
    if not begin_membership(
        session, user_id=user_id, role=role, institution_id=institution_id, day=day
    ):
        return
    audit.record(
        session,
        act="role-grant",
        thing=f"user:{user_id}",
        now=now,
        institution_id=institution_id,
        role=role.value,
    )


def grant_to_member(
    session: Session,
    *,
    user_id: int,
    role: Role,
    institution_id: int,
    now: datetime,
    by: Actor,
) -> None:
    """Give one of an institution's people a role there; twice is once.

    Raises:
        NotFoundError: Nobody who belongs to this institution now.
        ForbiddenError: Not for the one who grants to give.
    """
    place = held_institution(session, institution_id)
    day = first_day(place, now)
    if not _lasting(session, user_id, institution_id, day):
        raise NotFoundError
    grant_role(
        session,
        user_id=user_id,
        role=role,
        institution_slug=place.slug,
        now=now,
        by=by,
    )


def withdraw_role(
    session: Session,
    *,
    user_id: int,
    role: Role,
    institution_id: int,
    now: datetime,
    by: Actor,
) -> None:
    """Take a role from one of an institution's people, who go on belonging to it.

    What it let them see and do ends at once.

    Raises:
        ForbiddenError: Not for the one who takes it to give.
        NotFoundError: They do not hold it there.
        RuleError: No other training manager could sign in; the coordination may all
            the same.
    """
    place = held_institution(session, institution_id)
    if not may_grant(by, role, institution_id=institution_id):
        raise ForbiddenError
    day = first_day(place, now)
    lasting = _lasting(session, user_id, institution_id, day)
    held = [row for row in lasting if row.role == role.value]
    if not held:
        raise NotFoundError
    if role is Role.MANAGER and not holds(by, Role.COORDINATOR):
        _refuse_losing_the_last_manager(session, user_id, institution_id, day)
    for row in held:
        row.to_on = max(day, row.from_on) - _DAY
    if len(lasting) == len(held):
        begin_membership(
            session,
            user_id=user_id,
            role=Role.LEARNER,
            institution_id=institution_id,
            day=day,
        )
    audit.record(
        session,
        act="role-withdraw",
        thing=f"user:{user_id}",
        now=now,
        institution_id=institution_id,
        role=role.value,
    )


def _refuse_losing_the_last_manager(
    session: Session, user_id: int, institution_id: int, day: date
) -> None:
    """Let a training manager go only while another one stays who can sign in."""
    another = session.scalar(
        select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.institution_id == institution_id,
            Membership.role == Role.MANAGER.value,
            Membership.user_id != user_id,
            Membership.from_on <= day,
            or_(Membership.to_on.is_(None), Membership.to_on > day),
            User.active.is_(True),
            User.password.is_not(None),
        )
        .limit(1)
    )
    if another is None:
        raise RuleError("last-manager")


def _lasting(
    session: Session, user_id: int, institution_id: int, day: date
) -> list[Membership]:
    """List the roles that somebody holds at an institution on a day."""
    return list(
        session.scalars(
            select(Membership).where(
                Membership.user_id == user_id,
                Membership.institution_id == institution_id,
                Membership.from_on <= day,
                or_(Membership.to_on.is_(None), Membership.to_on >= day),
            )
        )
    )


def begin_membership(
    session: Session,
    *,
    user_id: int,
    role: Role,
    institution_id: int | None,
    day: date,
) -> bool:
    """Let a role begin on a day, or go on where it was to end on that day or later.

    Returns:
        False where it is held already and has no end.
    """
    held = _held(session, user_id, role, institution_id, day)
    if held is not None:
        was_to_end = held.to_on is not None
        held.to_on = None
        return was_to_end
    return insert_once(
        session,
        Membership,
        user_id=user_id,
        institution_id=institution_id,
        role=role.value,
        from_on=day,
        to_on=None,
    )


def refuse_losing_the_last_coordinator(
    session: Session, *, user_id: int, today: date
) -> None:
    """Let a coordinator go only while another one stays.

    Raises:
        RuleError: There is no other.
    """
    coordinators = set(
        session.scalars(
            select(Membership.user_id).where(
                Membership.role == Role.COORDINATOR.value,
                Membership.institution_id.is_(None),
                or_(Membership.to_on.is_(None), Membership.to_on > today),
            )
        )
    )
    if coordinators == {user_id}:
        raise RuleError("last-coordinator")


def _where_and_when(
    session: Session, slug: str | None, now: datetime
) -> tuple[int | None, date]:
    """Return an institution's key and the day there, at most that of UTC."""
    if slug is None:
        return None, now.date()
    place = session.scalar(select(Institution).where(Institution.slug == slug))
    if place is None:
        raise NotFoundError("institution-unknown", slug=slug[:60])
    return place.id, first_day(place, now)


def _held(
    session: Session, user_id: int, role: Role, institution_id: int | None, day: date
) -> Membership | None:
    """Look before inserting: two empty institutions are not equal to a constraint."""
    is_there = (
        Membership.institution_id.is_(None)
        if institution_id is None
        else Membership.institution_id == institution_id
    )
    lasts = or_(
        Membership.to_on.is_(None),
        and_(Membership.to_on >= day, Membership.to_on >= Membership.from_on),
        # Begun and taken back on one day: that row is the one to go on with.
        Membership.from_on == day,
    )
    return session.scalars(
        select(Membership)
        .where(
            Membership.user_id == user_id,
            Membership.role == role.value,
            is_there,
            lasts,
        )
        .order_by(Membership.id)
    ).first()
