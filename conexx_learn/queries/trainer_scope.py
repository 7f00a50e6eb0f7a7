"""Whose names a trainer sees: people of their institutions, or everybody."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from conexx_learn.domain.permissions import Actor, Role
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Membership


def is_seen_by(actor: Actor, today: date) -> ColumnElement[bool]:
    """Select the people of the actor's institutions; all for a platform's trainer."""
    if _sees_everybody(actor):
        return true()
    theirs = [
        place.institution_id
        for place in actor.places
        if place.role is Role.TRAINER and place.institution_id is not None
    ]
    return exists().where(
        Membership.user_id == User.id,
        Membership.institution_id.in_(theirs),
        Membership.from_on <= today,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )


def people_seen_by(
    session: Session, *, actor: Actor, user_ids: Collection[int], today: date
) -> set[int]:
    """Return those of some people whose names a trainer sees; at most one statement."""
    if not user_ids or _sees_everybody(actor):
        return set(user_ids)
    seen = select(User.id).where(is_seen_by(actor, today))
    return set(user_ids).intersection(session.scalars(seen))


def _sees_everybody(actor: Actor) -> bool:
    return any(
        place.role is Role.COORDINATOR
        or (place.role is Role.TRAINER and place.institution_id is None)
        for place in actor.places
    )
