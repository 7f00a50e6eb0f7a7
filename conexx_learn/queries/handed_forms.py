"""Reads of what is handed out of certificates: signed forms, and hashes of papers."""

from dataclasses import dataclass

from sqlalchemy import String, Uuid, and_, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuedPaper, IssuerKey, SignedForm

UUID = bindparam("uuid", type_=Uuid(as_uuid=False))
FORM = bindparam("form", type_=String)


@dataclass(frozen=True, slots=True)
class HandedForm:
    """A verifiable form of a certificate, and who may have it.

    Attributes:
        number: Of the certificate: twelve characters.
        user_id: The holder.
        hides_name: Whether the holder hides the name, and so this file.
        body: The exact bytes as text; None while it is not signed, or its key was lost
            and it is not signed anew.
        sha256: Hex, of the body; empty without one.
        is_erased: Whether the holder was erased, so that there will never be one.
    """

    number: str
    user_id: int
    hides_name: bool
    body: str | None
    sha256: str
    is_erased: bool = False


_FORM = (
    select(
        Certificate.number,
        Certificate.user_id,
        Certificate.hides_name,
        Certificate.claims["holder"].as_string().label("holder"),
        SignedForm.body,
        SignedForm.sha256,
        IssuerKey.compromised_at,
    )
    .outerjoin(
        SignedForm,
        and_(SignedForm.certificate_id == Certificate.id, SignedForm.form == FORM),
    )
    .outerjoin(IssuerKey, IssuerKey.id == SignedForm.key_id)
    .where(Certificate.uuid == UUID)
)


def handed_form(session: Session, *, uuid: str, form: str) -> HandedForm | None:
    """Return a form of a certificate by the certificate's UUID; one statement.

    Args:
        session: To read with.
        uuid: Of the certificate, lower case with hyphens.
        form: `json` or `jwt`.

    Returns:
        None where no certificate has this UUID.
    """
    row = session.execute(_FORM, {"uuid": uuid, "form": form}).first()
    if row is None:
        return None
    return HandedForm(
        number=row.number,
        user_id=row.user_id,
        hides_name=row.hides_name,
        body=row.body if row.compromised_at is None else None,
        sha256=row.sha256 or "",
        is_erased=not row.holder,
    )


def number_of_paper(session: Session, *, sha256: str) -> str | None:
    """Return the number of the certificate of which a paper was handed out.

    Args:
        session: To read with.
        sha256: Hex, of the paper's bytes.
    """
    return session.scalar(
        select(Certificate.number)
        .join(IssuedPaper, IssuedPaper.certificate_id == Certificate.id)
        .where(IssuedPaper.sha256 == sha256)
    )


def is_issued(session: Session, *, number: str) -> bool:
    """Say whether a certificate has this number: twelve characters."""
    found = session.scalar(select(Certificate.id).where(Certificate.number == number))
    return found is not None
