"""Reads of admissions: which institutions would add somebody, and who said no."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.models.accounts import User
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.posts import Appointment, Post
from conexx_learn.models.requests import Admission


@dataclass(frozen=True, slots=True)
class AdmissionRow:
    """An institution that would add somebody, as that person sees it.

    Attributes:
        id: Key.
        institution: Its name.
        asked_by: Name of who asks, or empty.
        asked_at: When.
        posts: Titles of the posts that it would put them into.
    """

    id: int
    institution: str
    asked_by: str
    asked_at: datetime
    posts: tuple[str, ...]


_Asker = aliased(User)
WAITING: Select[*tuple[Any, ...]] = (
    select(
        Admission.id,
        Admission.asked_at,
        Institution.name.label("institution"),
        _Asker.full_name.label("asker"),
        Post.title.label("post"),
    )
    .join(Institution, Institution.id == Admission.institution_id)
    .outerjoin(_Asker, _Asker.id == Admission.asked_by)
    .outerjoin(Appointment, Appointment.user_id == Admission.user_id)
    .outerjoin(Post, Post.id == Appointment.post_id)
    .where(Admission.decision.is_(None))
    .order_by(Admission.asked_at, Admission.id, Appointment.id)
)


def waiting_admissions(
    session: Session, *, owner_id: int, today: date
) -> list[AdmissionRow]:
    """List which institutions would add a person, the oldest first; one statement.

    One that has let them go meanwhile does not ask any longer.
    """
    lasting = select(Membership.user_id).where(
        Membership.institution_id == Admission.institution_id,
        or_(Membership.to_on.is_(None), Membership.to_on >= today),
    )
    wanted = WAITING.where(
        Admission.owner_id == owner_id, Admission.user_id.in_(lasting)
    )
    found: dict[int, AdmissionRow] = {}
    for row in session.execute(wanted):
        known = found.get(row.id)
        posts = (*(known.posts if known else ()), *([row.post] if row.post else ()))
        found[row.id] = AdmissionRow(
            row.id, row.institution, row.asker or "", row.asked_at, posts
        )
    return list(found.values())


def declined_at(
    session: Session, *, institution_id: int, user_id: int
) -> datetime | None:
    """Return when somebody said that they are not to be added; None if they did not."""
    return session.scalar(
        select(Admission.decided_at).where(
            Admission.user_id == user_id,
            Admission.institution_id == institution_id,
            Admission.decision == "refused",
        )
    )
