"""Who holds which role where: granted, ended, and never without a coordinator."""

from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import ForbiddenError, NotFoundError, RuleError
from conexx_learn.domain.permissions import PLATFORM_ROLES, Actor, Role, may_grant
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.services import audit


def grant_role(
    session: Session,
    *,
    user_id: int,
    role: Role,
    institution_slug: str | None,
    now: datetime,
    by: Actor | None,
) -> None:
    """Give somebody a role; who holds it already keeps it.

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
    institution_id = _institution_id(session, institution_slug)
    if by is not None and not may_grant(by, role, institution_id=institution_id):
        raise ForbiddenError
    if institution_id is None:
        if role is Role.LEARNER:
            return
        if role not in PLATFORM_ROLES:
            raise RuleError("role-needs-institution", role=role.value)
    if _holds_now(session, user_id, role, institution_id, now.date()):
        return
    insert_once(
        session,
        Membership,
        user_id=user_id,
        institution_id=institution_id,
        role=role.value,
        from_on=now.date(),
        to_on=None,
    )
    audit.record(
        session,
        act="role-grant",
        thing=f"user:{user_id}",
        now=now,
        institution_id=institution_id,
        role=role.value,
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


def _institution_id(session: Session, slug: str | None) -> int | None:
    if slug is None:
        return None
    found = session.scalar(select(Institution.id).where(Institution.slug == slug))
    if found is None:
        raise NotFoundError("institution-unknown", slug=slug[:60])
    return found


def _holds_now(
    session: Session, user_id: int, role: Role, institution_id: int | None, today: date
) -> bool:
    """Look before inserting: two empty institutions are not equal to a constraint."""
    is_there = (
        Membership.institution_id.is_(None)
        if institution_id is None
        else Membership.institution_id == institution_id
    )
    count = session.scalar(
        select(func.count()).where(
            Membership.user_id == user_id,
            Membership.role == role.value,
            is_there,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
        )
    )
    return bool(count)
