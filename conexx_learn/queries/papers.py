"""What the paper of a certificate needs beside its claims."""

from dataclasses import dataclass

from sqlalchemy import String, and_, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import CLAIMS_JSON, Claims
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuerKey, SignedForm


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A certificate as its paper is made from it.

    Attributes:
        certificate_id: Its key.
        claims: As frozen at issue.
        credential_json: The signed form's exact text; None while it is not signed, or
            not anew after its key was compromised.
        shows_score: Whether the holder agreed that the score is printed.
        user_id: The holder.
        hides_name: Whether the holder keeps the name from others.
    """

    certificate_id: int
    claims: Claims
    credential_json: str | None
    shows_score: bool
    user_id: int
    hides_name: bool


OF_NUMBER = (
    select(Certificate, SignedForm.body, IssuerKey.compromised_at)
    .outerjoin(
        SignedForm,
        and_(SignedForm.certificate_id == Certificate.id, SignedForm.form == "json"),
    )
    .outerjoin(IssuerKey, IssuerKey.id == SignedForm.key_id)
    .where(Certificate.number == bindparam("number", type_=String))
)


def paper_facts(session: Session, *, number: str) -> PaperFacts | None:
    """Return what the paper of a certificate is made from; one statement.

    Args:
        session: Where to read.
        number: Twelve characters.
    """
    row = session.execute(OF_NUMBER, {"number": number}).first()
    if row is None:
        return None
    certificate, body, lost_at = row
    return PaperFacts(
        certificate_id=certificate.id,
        claims=CLAIMS_JSON.validate_python(certificate.claims),
        credential_json=(body or None) if lost_at is None else None,
        shows_score=certificate.shows_score,
        user_id=certificate.user_id,
        hides_name=certificate.hides_name,
    )
