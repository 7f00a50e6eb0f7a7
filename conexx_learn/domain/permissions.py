"""Who may do what: roles, and the one rule that answers for all pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do at an institution, or everywhere when it names none."""

    LEARNER = "learner"
    TRAINER = "trainer"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    OBSERVER = "observer"


PLATFORM_ROLES = frozenset({Role.TRAINER, Role.COORDINATOR})
"""Roles that may be held without an institution."""


@dataclass(frozen=True, slots=True)
class Place:
    """One role of a person, at one institution or (None) on the whole platform."""

    role: Role
    institution_id: int | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks.

    Attributes:
        user_id: The account, or None for a visitor.
        places: Every role that the person holds today.
    """

    user_id: int | None
    places: Sequence[Place] = ()


def holds(actor: Actor, *roles: Role, institution_id: int | None = None) -> bool:
    """Say whether the actor holds one of the roles where it is asked for.

    A coordinator holds every right everywhere. Without `institution_id` a role at
    any institution counts; every account is a learner.
    """
    if actor.user_id is None:
        return False
    if Role.LEARNER in roles:
        return True
    return any(
        place.role is Role.COORDINATOR
        or (
            place.role in roles
            and (institution_id is None or place.institution_id == institution_id)
        )
        for place in actor.places
    )


def may_approve_plan(actor: Actor, *, institution_id: int) -> bool:
    """Say whether somebody may approve a training plan of an institution.

    Only its own training manager: it is the institution's act. The coordination
    advises, and the right that it has everywhere ends here.
    """
    return actor.user_id is not None and any(
        place.role is Role.MANAGER and place.institution_id == institution_id
        for place in actor.places
    )


GRANTED_BY_MANAGERS = frozenset({Role.LEARNER, Role.MANAGER, Role.OBSERVER})
"""At or below their own role; trainers and coordinators are not theirs to name."""


def may_grant(actor: Actor, role: Role, *, institution_id: int | None) -> bool:
    """Say whether somebody may give a role away.

    A coordinator gives any; a manager gives roles at or below their own, and only
    inside their institution.
    """
    if holds(actor, Role.COORDINATOR):
        return True
    return (
        institution_id is not None
        and role in GRANTED_BY_MANAGERS
        and holds(actor, Role.MANAGER, institution_id=institution_id)
    )


def may_reset(actor: Actor, places: Sequence[Place]) -> bool:
    """Say whether somebody may hand over a new password to who holds these places.

    Only who could have given every one of them: otherwise a new password would be a
    way to a role that was never theirs to give.
    """
    if holds(actor, Role.COORDINATOR):
        return True
    return bool(places) and all(
        may_grant(actor, place.role, institution_id=place.institution_id)
        for place in places
    )
