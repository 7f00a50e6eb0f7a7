"""Reads of institutions and of who has which role there."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from conexx_learn.domain.permissions import Actor, Role, holds
from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.queries.identities import SHOWN_EMAIL, SHOWN_USERNAME

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class InstitutionName:
    """An institution as it is called.

    Attributes:
        id: Of its row.
        slug: In addresses.
        name: Of the public body.
        locale: Language of its papers.
    """

    id: int
    slug: str
    name: str
    locale: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role at an institution.

    Attributes:
        user_id: Their account.
        full_name: Theirs.
        identity: E-mail address, else username.
        roles: What they hold there today.
        has_password: They have taken their invitation.
    """

    user_id: int
    full_name: str
    identity: str
    roles: tuple[Role, ...]
    has_password: bool


def institution_by_slug(session: Session, *, slug: str) -> InstitutionName | None:
    """Return the institution of an address."""
    row = session.scalar(select(Institution).where(Institution.slug == slug))
    return _name(row) if row else None


def managed_institutions(session: Session, *, actor: Actor) -> list[InstitutionName]:
    """List where somebody may hand over codes; asks nobody for who manages nothing."""
    wanted = select(Institution).order_by(Institution.name).limit(MOST_LISTED)
    if not holds(actor, Role.COORDINATOR):
        ids = [p.institution_id for p in actor.places if p.role is Role.MANAGER]
        if not ids:
            return []
        wanted = wanted.where(Institution.id.in_(ids))
    return [_name(row) for row in session.scalars(wanted)]


def members_of(session: Session, *, institution_id: int, today: date) -> list[Member]:
    """List who holds a role at an institution today, by name; one statement."""
    rows = session.execute(
        select(
            User.id,
            User.full_name,
            SHOWN_EMAIL.label("email"),
            SHOWN_USERNAME.label("username"),
            User.password.is_not(None).label("has_password"),
            Membership.role,
        )
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.institution_id == institution_id,
            Membership.from_on <= today,
            or_(Membership.to_on.is_(None), Membership.to_on >= today),
            User.active.is_(True),
        )
        .order_by(User.full_name, User.id, Membership.id)
    ).all()
    roles: dict[int, list[Role]] = {}
    for row in rows:
        roles.setdefault(row.id, []).append(Role(row.role))
    people = {row.id: row for row in rows}
    return [
        Member(
            user_id=user_id,
            full_name=row.full_name,
            identity=row.email or row.username or "",
            roles=tuple(roles[user_id]),
            has_password=row.has_password,
        )
        for user_id, row in people.items()
    ]


def _name(row: Institution) -> InstitutionName:
    return InstitutionName(row.id, row.slug, row.name, row.default_locale)
