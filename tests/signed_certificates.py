"""A certificate with its verifiable forms, signed as the product signs them."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import grouped
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import SignedForm
from conexx_learn.queries.handed_forms import handed_form
from conexx_learn.services.signing import sign_waiting
from conexx_learn.services.status_lists import sign_status_lists
from tests.factories import NOW
from tests.issuer_keys import install_keys

PUBLIC_URL = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class SignedCertificate:
    """What a test asks for of a signed certificate.

    Attributes:
        uuid: In its address.
        number: In groups of four.
        document: The form with an embedded proof, as text.
        jws: The compact form.
        keys: Folder of the keys that signed.
    """

    uuid: str
    number: str
    document: str
    jws: str
    keys: Path

    @property
    def address(self) -> str:
        """Where its forms are, without an ending."""
        return f"/credentials/{self.uuid}"


def sign_stored(session: Session, folder: Path) -> SignedCertificate:
    """Sign the only certificate that there is, and its status list."""
    install_keys(session, folder, now=NOW)
    session.commit()
    assert sign_waiting(public_url=PUBLIC_URL, folder=folder, demo=True, now=now()) == 1
    assert sign_lists(folder) == 1
    row = session.scalars(select(Certificate)).one()
    forms = {
        form.form: form.body
        for form in session.scalars(select(SignedForm).order_by(SignedForm.form))
    }
    return SignedCertificate(
        row.uuid, grouped(row.number), forms["json"], forms["jwt"], folder
    )


def sign_lists(folder: Path) -> int:
    """Sign the status lists that no longer say what is true."""
    return sign_status_lists(public_url=PUBLIC_URL, folder=folder, now=now())


def is_handed_out(session: Session, uuid: str, form: str) -> bool:
    """Say whether a form of a certificate is there for whoever asks."""
    found = handed_form(session, uuid=uuid, form=form)
    return found is not None and bool(found.body)
