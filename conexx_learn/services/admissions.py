"""Somebody whose account is from elsewhere: asked, and added once they agree.

Until then an account without a password stands in for theirs. The institution sees
what it would see of anybody new, and learns nothing of who has an account.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.people import PersonTraits
from conexx_learn.domain.permissions import Actor, Role
from conexx_learn.models.accounts import User
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import (
    AcceptedException,
    Exemption,
    Requirement,
    TrainingPlan,
)
from conexx_learn.models.posts import Appointment
from conexx_learn.models.requests import Admission
from conexx_learn.services import audit
from conexx_learn.services.institutions import first_day, held_institution
from conexx_learn.services.memberships import begin_membership
from conexx_learn.services.posts import end_appointments

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Declined:
    """Whom to tell that somebody said no.

    Attributes:
        admission_id: Which request.
        email: Mailbox of who asked, or None where none is confirmed.
        asker: Their name.
        locale: Their language, else that of the institution.
        person: Name that the institution typed.
        institution: Name of the institution.
        slug: Of the institution.
        user_id: The account that stood in.
    """

    admission_id: int
    email: str | None
    asker: str
    locale: str
    person: str
    institution: str
    slug: str
    user_id: int


def ask_admission(
    session: Session,
    *,
    institution_id: int,
    stand_in_id: int,
    owner_id: int,
    traits: PersonTraits,
    now: datetime,
    by: Actor | None,
) -> None:
    """Ask the owner of an account whether an institution may add them.

    Raises:
        RuleError: Another account stands in for theirs there already.
    """
    made = insert_once(
        session,
        Admission,
        institution_id=institution_id,
        user_id=stand_in_id,
        owner_id=owner_id,
        email=traits.email or None,
        username=traits.username or None,
        asked_by=by.user_id if by else None,
        asked_at=now,
    )
    if not made:
        raise RuleError("person-here")
    record_asking(session, owner_id, now)


def record_asking(session: Session, owner_id: int, now: datetime) -> None:
    """Note that the owner of an account is asked.

    Without the institution: its managers would read that there is an account.
    """
    audit.record(session, act="admission-ask", thing=f"user:{owner_id}", now=now)


def stand_in_of(session: Session, institution_id: int, owner_id: int) -> User | None:
    """Return the account that stands in for another at an institution, if one does."""
    return session.scalars(
        select(User)
        .join(Admission, Admission.user_id == User.id)
        .where(
            Admission.institution_id == institution_id, Admission.owner_id == owner_id
        )
        .order_by(Admission.id.desc())
    ).first()


def typed_identity(session: Session, user_id: int) -> tuple[str, str] | None:
    """Return address and username as an institution typed them; None for one's own."""
    row = session.execute(
        select(Admission.email, Admission.username).where(Admission.user_id == user_id)
    ).first()
    return (row.email or "", row.username or "") if row else None


def refuse_declined(session: Session, user_id: int) -> None:
    """Let nobody be taken in again who said no.

    Raises:
        RuleError: They said no.
    """
    declined = select(Admission.id).where(
        Admission.user_id == user_id, Admission.decision == "refused"
    )
    if session.scalar(declined) is not None:
        raise RuleError("admission-refused")


def forget_stand_in(session: Session, user_id: int) -> None:
    """Let an account be its own: it stands in for none any longer."""
    session.execute(delete(Admission).where(Admission.user_id == user_id))


def forget_admissions(session: Session, *, owner_id: int) -> None:
    """Forget where somebody who is erased was asked."""
    session.execute(delete(Admission).where(Admission.owner_id == owner_id))


def accept_admission(
    session: Session, admission_id: int, *, owner_id: int, now: datetime
) -> str:
    """Belong to the institution that asked: with its roles, posts and exemptions.

    Returns:
        Name of the institution.

    Raises:
        NotFoundError: It is not theirs to answer.
        RuleError: It was answered, or the institution asks no longer.
    """
    row, place = _held(session, admission_id, owner_id)
    stand_in = _stand_in(session, row, first_day(place, now))
    _move(session, row, stand_in)
    row.decision, row.decided_at, row.user_id = "accepted", now, None
    session.flush()
    session.execute(delete(User).where(User.id == stand_in))
    _record(session, row, "admission-accept", now)
    return place.name


def refuse_admission(
    session: Session, admission_id: int, *, owner_id: int, now: datetime
) -> Declined:
    """Say no: the institution is told, and what stood in for the account ends.

    Raises:
        NotFoundError: It is not theirs to answer.
        RuleError: It was answered, or the institution asks no longer.
    """
    row, place = _held(session, admission_id, owner_id)
    today = first_day(place, now)
    stand_in = _stand_in(session, row, today)
    yesterday = today - _DAY
    for held in _memberships(session, row, stand_in):
        held.to_on = max(yesterday, held.from_on - _DAY)
    end_appointments(session, Appointment.user_id == stand_in, yesterday)
    row.decision, row.decided_at = "refused", now
    _record(session, row, "admission-refuse", now)
    asker = session.get(User, row.asked_by) if row.asked_by else None
    return Declined(
        admission_id=row.id,
        email=asker.email if asker and asker.active and asker.confirmed_at else None,
        asker=asker.full_name if asker else "",
        locale=(asker.locale if asker else None) or place.default_locale,
        person=session.get_one(User, stand_in).full_name,
        institution=place.name,
        slug=place.slug,
        user_id=stand_in,
    )


def _held(
    session: Session, admission_id: int, owner_id: int
) -> tuple[Admission, Institution]:
    """Hold an admission that its owner may answer, and the institution before it."""
    mine = (Admission.id == admission_id) & (Admission.owner_id == owner_id)
    institution_id = session.scalar(select(Admission.institution_id).where(mine))
    if institution_id is None:
        raise NotFoundError
    place = held_institution(session, institution_id)
    row = session.scalars(
        select(Admission).where(mine).execution_options(populate_existing=True)
    ).one()
    if row.decision is not None:
        raise RuleError("admission-answered")
    return row, place


def _stand_in(session: Session, row: Admission, today: date) -> int:
    """Return the account that stands in, which still belongs to the institution."""
    if row.user_id is None or not any(
        held.to_on is None or held.to_on >= today
        for held in _memberships(session, row, row.user_id)
    ):
        raise RuleError("admission-answered")
    return row.user_id


def _memberships(session: Session, row: Admission, stand_in: int) -> list[Membership]:
    return list(
        session.scalars(
            select(Membership).where(
                Membership.user_id == stand_in,
                Membership.institution_id == row.institution_id,
            )
        )
    )


def _move(session: Session, row: Admission, stand_in: int) -> None:
    """Hand everything that the institution wrote of the stand-in to the owner."""
    for held in _memberships(session, row, stand_in):
        _hand_over(session, held, row.owner_id)
    for table in (Appointment, Exemption):
        session.execute(
            update(table).where(table.user_id == stand_in).values(user_id=row.owner_id)
        )
    plans = select(TrainingPlan.id).where(
        TrainingPlan.institution_id == row.institution_id
    )
    session.execute(
        update(Requirement)
        .where(
            Requirement.plan_id.in_(plans),
            Requirement.audience_kind == "person",
            Requirement.audience_key == str(stand_in),
        )
        .values(audience_key=str(row.owner_id))
    )
    _rename_matters(session, AcceptedException.plan_id.in_(plans), stand_in, row)


def _hand_over(session: Session, held: Membership, owner_id: int) -> None:
    role, begin, end = Role(held.role), held.from_on, held.to_on
    if end is not None and end < begin:
        return
    begin_membership(
        session,
        user_id=owner_id,
        role=role,
        institution_id=held.institution_id,
        day=begin,
    )
    if end is not None:
        session.execute(
            update(Membership)
            .where(
                Membership.user_id == owner_id,
                Membership.institution_id == held.institution_id,
                Membership.role == role.value,
                Membership.from_on == begin,
            )
            .values(to_on=end)
        )


def _rename_matters(
    session: Session, theirs: ColumnElement[bool], stand_in: int, row: Admission
) -> None:
    """Keep what was accepted in plans about the stand-in accepted about the owner."""
    old, new = f"person:{stand_in}", f"person:{row.owner_id}"
    wanted = or_(
        AcceptedException.subject == old,
        AcceptedException.subject.startswith(f"{old} "),
    )
    for matter in session.scalars(select(AcceptedException).where(theirs, wanted)):
        matter.subject = new + matter.subject.removeprefix(old)


def _record(session: Session, row: Admission, act: str, now: datetime) -> None:
    session.flush()
    audit.record(
        session,
        act=act,
        thing=f"user:{row.owner_id}",
        now=now,
        institution_id=row.institution_id,
    )
