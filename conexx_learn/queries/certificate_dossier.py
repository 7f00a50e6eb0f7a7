"""Everything that the coordination knows of one certificate, and whom to tell."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain import certificates as domain
from conexx_learn.domain.certificates import CLAIMS_JSON, Claims, EventKind, Verdict
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent


@dataclass(frozen=True, slots=True)
class DossierEvent:
    """Something that happened to a certificate, with what only the coordination reads.

    Attributes:
        id: Key.
        kind: What happened.
        at: When.
        by: Id of who acted; None for the product itself or an erased account.
        by_name: Their name, or None.
        reason: Public code; may be empty.
        note: Private; of a request the name that the holder wants.
    """

    id: int
    kind: EventKind
    at: datetime
    by: int | None
    by_name: str | None
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A certificate for the coordination.

    Attributes:
        claims: As issued.
        verdict: Of today.
        events: The oldest first.
        holder_id: Whose it is.
        account_name: Of the holder's account today.
        email: Of that account, or None.
    """

    claims: Claims
    verdict: Verdict
    events: tuple[DossierEvent, ...]
    holder_id: int
    account_name: str
    email: str | None


Holder = aliased(User, name="holder")


def certificate_dossier(
    session: Session, *, number: str, today: date
) -> Dossier | None:
    """Return one certificate with everything that happened to it; one statement.

    Args:
        session: Where to read.
        number: Twelve characters without hyphens.
        today: A day in UTC.
    """
    event = CertificateEvent
    rows = session.execute(
        select(Certificate, Holder.full_name, Holder.email, event, User.full_name)
        .join(Holder, Holder.id == Certificate.user_id)
        .outerjoin(event, event.certificate_id == Certificate.id)
        .outerjoin(User, User.id == event.by_user_id)
        .where(Certificate.number == number)
        .order_by(event.id)
    ).all()
    if not rows:
        return None
    row, account_name, email = rows[0][:3]
    events = tuple(
        DossierEvent(
            id=one.id,
            kind=EventKind(one.kind),
            at=one.at,
            by=one.by_user_id,
            by_name=by_name,
            reason=one.reason,
            note=one.note,
        )
        for *_, one, by_name in rows
        if one is not None
    )
    claims = CLAIMS_JSON.validate_python(row.claims)
    public = [
        domain.CertificateEvent(one.kind, one.at, one.by, one.reason) for one in events
    ]
    return Dossier(
        claims=claims,
        verdict=domain.verdict(claims, public, today=today),
        events=events,
        holder_id=row.user_id,
        account_name=account_name,
        email=email,
    )


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened to a certificate, and the mailbox of its holder.

    Attributes:
        event_id: Key of the event: it names the mail, which is sent once.
        kind: What happened.
        by: Id of who acted, or None.
        reason: Public code; may be empty.
        note: Private, but for the answer to a request.
        claims: Of the certificate.
        replaces: Number of the one that it corrects, or None.
        holder_id: Whose it is.
        name: Of the holder's account.
        email: Confirmed, or None: who has no mailbox reads it on their page.
        locale: Their language, or None.
    """

    event_id: int
    kind: EventKind
    by: int | None
    reason: str
    note: str
    claims: Claims
    replaces: str | None
    holder_id: int
    name: str
    email: str | None
    locale: str | None


Corrected = aliased(Certificate, name="corrected")


def certificate_notice(session: Session, *, event_id: int) -> Notice:
    """Return what is to be told of an event; one statement.

    Raises:
        NoResultFound: There is no such event.
    """
    event, claims, replaces, user = session.execute(
        select(CertificateEvent, Certificate.claims, Corrected.number, User)
        .join(Certificate, Certificate.id == CertificateEvent.certificate_id)
        .join(User, User.id == Certificate.user_id)
        .outerjoin(Corrected, Corrected.id == Certificate.corrects_id)
        .where(CertificateEvent.id == event_id)
    ).one()
    return Notice(
        event_id=event.id,
        kind=EventKind(event.kind),
        by=event.by_user_id,
        reason=event.reason,
        note=event.note,
        claims=CLAIMS_JSON.validate_python(claims),
        replaces=replaces,
        holder_id=user.id,
        name=user.full_name,
        email=user.email if user.confirmed_at else None,
        locale=user.locale,
    )
