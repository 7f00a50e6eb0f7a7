"""The hashes of everything that was handed out, so that an edited file is noticed."""

from dataclasses import dataclass

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from conexx_learn.models.credentials import (
    IssuedPaper,
    IssuerKey,
    SignedForm,
    StatusPlace,
)


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A file that was handed out; names nobody.

    Attributes:
        form: `json`, `jwt` or `pdf`.
        sha256: Hex, of its bytes.
        list_number: Of the status list that tells whether it was taken back.
        status_index: Of its bit in that list.
    """

    form: str
    sha256: str
    list_number: int
    status_index: int


def issued_files(session: Session) -> list[IssuedFile]:
    """Return every file whose signature counts, by form and hash; one statement.

    What a compromised key signed is left out: it was signed anew.
    """
    place = (StatusPlace.list_number, StatusPlace.status_index)
    forms = (
        select(SignedForm.form, SignedForm.sha256, *place)
        .join(StatusPlace, StatusPlace.certificate_id == SignedForm.certificate_id)
        .join(IssuerKey, IssuerKey.id == SignedForm.key_id)
        .where(IssuerKey.compromised_at.is_(None))
    )
    papers = select(literal("pdf"), IssuedPaper.sha256, *place).join(
        StatusPlace, StatusPlace.certificate_id == IssuedPaper.certificate_id
    )
    rows = session.execute(union_all(forms, papers).order_by("form", "sha256"))
    return [IssuedFile(*row) for row in rows]
