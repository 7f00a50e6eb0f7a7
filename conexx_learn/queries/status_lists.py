"""Reads of the status lists: what they must say, and what was signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.certificates import EventKind
from conexx_learn.models.certification import CertificateEvent
from conexx_learn.models.credentials import IssuerKey, StatusList, StatusPlace

TAKEN_BACK = (EventKind.REVOKED, EventKind.SUPERSEDED)
"""What sets a bit, for good. A suspension may end, so that only our page tells it."""


@dataclass(frozen=True, slots=True)
class KeptList:
    """A status list as it was signed last.

    Attributes:
        number: From 1.
        json_body: With an embedded proof; the exact text.
        jwt_body: Compact JWS; the exact text.
        bits_sha256: Hex, of the encoded bits.
        key_ids: Of the keys that signed: of the embedded proof, then of the JWS.
        signed_at: From when it counts.
        has_lost_key: Whether a key that signed it was compromised since.
    """

    number: int
    json_body: str
    jwt_body: str
    bits_sha256: str
    key_ids: tuple[int, int]
    signed_at: datetime
    has_lost_key: bool

    def body(self, form: str) -> str:
        """Return the exact text of a form, `json` or `jwt`."""
        return self.jwt_body if form == "jwt" else self.json_body


_JsonKey = aliased(IssuerKey)
_JwtKey = aliased(IssuerKey)
_KEPT = (
    select(
        StatusList,
        or_(
            _JsonKey.compromised_at.is_not(None), _JwtKey.compromised_at.is_not(None)
        ).label("has_lost_key"),
    )
    .join(_JsonKey, _JsonKey.id == StatusList.json_key_id)
    .join(_JwtKey, _JwtKey.id == StatusList.jwt_key_id)
    .order_by(StatusList.number)
)


def kept_lists(session: Session) -> list[KeptList]:
    """Return every signed list in the order of their numbers; one statement."""
    return [_kept(row, lost) for row, lost in session.execute(_KEPT)]


def kept_list(session: Session, *, number: int) -> KeptList | None:
    """Return a signed list; one statement."""
    found = session.execute(_KEPT.where(StatusList.number == number)).first()
    return _kept(*found) if found else None


def _kept(row: StatusList, has_lost_key: object) -> KeptList:
    return KeptList(
        number=row.number,
        json_body=row.json_body,
        jwt_body=row.jwt_body,
        bits_sha256=row.bits_sha256,
        key_ids=(row.json_key_id, row.jwt_key_id),
        signed_at=row.signed_at,
        has_lost_key=bool(has_lost_key),
    )


def list_numbers(session: Session) -> list[int]:
    """Return the numbers of the lists that certificates point to; one statement."""
    numbers = select(StatusPlace.list_number).distinct()
    return list(session.scalars(numbers.order_by(StatusPlace.list_number)))


def is_list(session: Session, *, number: int) -> bool:
    """Say whether a certificate points to a list of this number; one statement."""
    one = select(StatusPlace.certificate_id).where(StatusPlace.list_number == number)
    return session.scalar(one.order_by(StatusPlace.certificate_id).limit(1)) is not None


def revoked_places(session: Session, *, number: int) -> frozenset[int]:
    """Return the indexes of a list whose certificates were taken back for good."""
    rows = (
        select(StatusPlace.status_index)
        .join(
            CertificateEvent,
            CertificateEvent.certificate_id == StatusPlace.certificate_id,
        )
        .where(StatusPlace.list_number == number, CertificateEvent.kind.in_(TAKEN_BACK))
        .order_by(StatusPlace.status_index)
    )
    return frozenset(session.scalars(rows))
