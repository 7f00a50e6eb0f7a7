"""What is left of certificates once their holder is erased: the register, no person.

The register keeps number, credential, course, competencies and days, the hashes of what
was signed and the place in the status list. The name, the institution, the address, the
plan, the score, the evidence, the signed texts and the papers go. The certificate is
revoked at the holder's request, so that copies elsewhere stop being verified.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.certificate_life import without_holder
from conexx_learn.domain.certificates import CLAIMS_JSON, EventKind, RevocationReason
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import SignedForm
from conexx_learn.services.certificate_register import add_event, held_entry
from conexx_learn.services.papers import forget_papers
from conexx_learn.services.signing_requests import ask_for_signing
from conexx_learn.services.unit_of_work import reading


def forget_holder(session: Session, *, user_id: int, now: datetime) -> None:
    """Withdraw the certificates of somebody who is being erased, and forget the holder.

    What was revoked before stays revoked for the reason that it had.
    """
    done: set[str] = set()
    # A correction may add one until the one that it corrects is locked.
    while numbers := _numbers(session, user_id) - done:
        for number in sorted(numbers):
            _withdraw(session, number, now)
        done |= numbers
    theirs = select(Certificate.id).where(Certificate.user_id == user_id)
    session.execute(
        update(CertificateEvent)
        .where(CertificateEvent.certificate_id.in_(theirs))
        .values(note="")
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(SignedForm)
        .where(SignedForm.certificate_id.in_(theirs))
        .values(body="")
        .execution_options(synchronize_session=False)
    )


def _numbers(session: Session, user_id: int) -> set[str]:
    return set(
        session.scalars(
            select(Certificate.number)
            .where(Certificate.user_id == user_id)
            .order_by(Certificate.id)
        )
    )


def _withdraw(session: Session, number: str, now: datetime) -> None:
    entry = held_entry(session, number=number)
    claims = CLAIMS_JSON.validate_python(entry.row.claims)
    entry.row.claims = CLAIMS_JSON.dump_python(without_holder(claims), mode="json")
    if not entry.has(EventKind.REVOKED):
        ask_for_signing(session)
        add_event(
            session,
            entry.row,
            EventKind.REVOKED,
            by=None,
            now=now,
            reason=RevocationReason.HOLDER_REQUEST,
        )


def sweep_papers(*, kept_in: Path) -> int:
    """Delete the papers of erased holders that were kept to save time.

    Asked straight after an erasure, and every hour for what a crash left.

    Args:
        kept_in: Folder of papers.

    Returns:
        How many files went.
    """
    erased = reading().scalars(
        select(Certificate.uuid)
        .where(Certificate.claims["holder"].as_string() == "")
        .order_by(Certificate.id)
    )
    return forget_papers(frozenset(erased), kept_in=kept_in)
