"""What a holder asked to be corrected, and what was answered."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import EventKind
from conexx_learn.models.certification import Certificate, CertificateEvent

ASKED, DECLINED = EventKind.CORRECTION_ASKED.value, EventKind.CORRECTION_DECLINED.value


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """The last thing said about the name on a certificate.

    Attributes:
        name: That the holder asked for; empty once it was answered.
        answer: Why it stays as it is; empty while the request waits.
    """

    name: str
    answer: str

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return bool(self.name)


def correction_requests(
    session: Session, *, user_id: int
) -> dict[str, CorrectionRequest]:
    """Return number of a certificate to its holder's last request; one statement."""
    rows = session.execute(
        select(Certificate.number, CertificateEvent.kind, CertificateEvent.note)
        .join(CertificateEvent, CertificateEvent.certificate_id == Certificate.id)
        .where(
            Certificate.user_id == user_id, CertificateEvent.kind.in_((ASKED, DECLINED))
        )
        .order_by(CertificateEvent.id)
    )
    return {
        number: CorrectionRequest(note, "")
        if kind == ASKED
        else CorrectionRequest("", note)
        for number, kind, note in rows
    }
