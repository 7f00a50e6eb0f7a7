"""Rows that somebody with the lost keys and the database may have written."""

import json
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.issuance_log import log_payload
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import (
    IssuanceEntry,
    IssuerKey,
    SignedForm,
    StatusPlace,
)
from conexx_learn.models.enrolment import Enrolment
from tests.interop import forging
from tests.interop.issuer_site import Issued
from tests.interop.tampering import changed, set_name
from tests.learning import enrolled_user

FORGED_PLACE = (1, 7)
NUMBER = "7K3M9QXT2R8A"
NOT_COPIED = {"id", "uuid", "number", "enrolment_id", "user_id", "claims"}


def forged_certificate(
    session: Session, certificate: Certificate, issued: Issued
) -> Certificate:
    """Put a certificate that was never issued beside one that was, and sign it."""
    row = _copied(session, certificate)
    session.add(row)
    session.flush()
    number, index = FORGED_PLACE
    session.add(
        StatusPlace(certificate_id=row.id, list_number=number, status_index=index)
    )
    for form, (kind, body) in _bodies(issued, row.uuid).items():
        key = session.scalars(select(IssuerKey).where(IssuerKey.kind == kind)).one()
        session.add(
            SignedForm(
                certificate_id=row.id,
                form=form,
                body=body,
                sha256="0" * 64,
                key_id=key.id,
                signed_at=now() - timedelta(days=1),
            )
        )
    session.commit()
    return row


def _copied(session: Session, certificate: Certificate) -> Certificate:
    holder = enrolled_user(session, now=now())
    place = select(Enrolment.id).where(Enrolment.user_id == holder.id)
    columns = [column.key for column in Certificate.__table__.columns]
    copied = {name: getattr(certificate, name) for name in columns}
    uuid = str(uuid4())
    claims = {"uuid": uuid, "number": NUMBER, "holder": "Otra Persona"}
    return Certificate(
        **{name: value for name, value in copied.items() if name not in NOT_COPIED},
        uuid=uuid,
        number=NUMBER,
        user_id=holder.id,
        enrolment_id=session.scalars(place.order_by(Enrolment.id)).one(),
        claims=certificate.claims | claims,
    )


def _bodies(issued: Issued, uuid: str) -> dict[str, tuple[str, str]]:
    address = {"id": f"{issued.public_url}/credentials/{uuid}"}
    document = changed(issued.credential | address, set_name)
    payload = changed(issued.payload | address, set_name)
    embedded = forging.embedded(document, issued.ed25519, issued.method)
    return {
        "json": ("ed25519", json.dumps(embedded)),
        "jwt": ("rsa", forging.token_of(payload, issued.rsa, issued.kid)),
    }


def forged_line(session: Session, row: Certificate) -> None:
    """Add a line about a certificate that does not follow from the line before."""
    session.add(
        IssuanceEntry(
            seq=2,
            certificate_id=row.id,
            previous_hash="1" * 64,
            hash="2" * 64,
            payload=log_payload(
                uuid=row.uuid,
                number=row.number,
                issued_at=row.issued_at,
                claims=row.claims,
                status=FORGED_PLACE,
                recorded_at=now(),
            ),
            recorded_at=now(),
        )
    )
    session.commit()
