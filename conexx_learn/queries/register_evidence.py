"""What proves a certificate: its signed forms, their keys, its bit, its log line."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from conexx_learn.domain.issuance_log import logged_claims
from conexx_learn.domain.issuer_keys import KeyKind, PublicKey
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import (
    IssuanceEntry,
    IssuerKey,
    SignedForm,
    StatusList,
    StatusPlace,
)

ListKey = aliased(IssuerKey)


@dataclass(frozen=True, slots=True)
class StoredForm:
    """A signed form as it is stored, with the key that it names.

    Attributes:
        form: `json` or `jwt`.
        body: The exact text.
        sha256: Hex, as it was noted when it was signed.
        key: The public half of its key.
        found: Hex SHA-256 of the text as it stands now.
    """

    form: str
    body: str
    sha256: str
    key: PublicKey
    found: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that proves a certificate.

    Attributes:
        forms: Those that are signed.
        place: Number of its status list and index in it; None before it is signed.
        list_body: The list as compact JWS; empty where there is none yet.
        list_key: The key of the list, or None.
        logged_claims: Hex SHA-256 of the claims as the log has it; None without a line,
            empty where somebody damaged it.
    """

    forms: tuple[StoredForm, ...]
    place: tuple[int, int] | None
    list_body: str
    list_key: PublicKey | None
    logged_claims: str | None


KEY_COLUMNS = (
    "id",
    "kind",
    "fragment",
    "public_jwk",
    "created_at",
    "signs_from",
    "retired_at",
    "compromised_at",
)
FORM_KEY, LIST_KEY = 3, 14
"""Where the columns of the two keys begin in a row."""


def _columns(key: type[IssuerKey]) -> list[Any]:
    """List the columns of a key, in the order of `PublicKey`; rows are not needed."""
    return [getattr(key, name) for name in KEY_COLUMNS]


_EVIDENCE: Select[*tuple[Any, ...]] = (
    select(
        SignedForm.form,
        SignedForm.body,
        SignedForm.sha256,
        *_columns(IssuerKey),
        StatusPlace.list_number,
        StatusPlace.status_index,
        StatusList.jwt_body,
        *_columns(ListKey),
        IssuanceEntry.payload,
    )
    .select_from(Certificate)
    .outerjoin(SignedForm, SignedForm.certificate_id == Certificate.id)
    .outerjoin(IssuerKey, IssuerKey.id == SignedForm.key_id)
    .outerjoin(StatusPlace, StatusPlace.certificate_id == Certificate.id)
    .outerjoin(StatusList, StatusList.number == StatusPlace.list_number)
    .outerjoin(ListKey, ListKey.id == StatusList.jwt_key_id)
    .outerjoin(IssuanceEntry, IssuanceEntry.certificate_id == Certificate.id)
    .where(Certificate.id == bindparam("certificate_id", type_=Integer))
    .order_by(SignedForm.form)
)


def register_evidence(session: Session, *, certificate_id: int) -> Evidence:
    """Return what proves a certificate; one statement.

    Args:
        session: To read with.
        certificate_id: Key of a certificate that there is.
    """
    rows = session.execute(_EVIDENCE, {"certificate_id": certificate_id}).all()
    first = rows[0]
    has_place = first.list_number is not None
    return Evidence(
        forms=tuple(
            StoredForm(
                form=row.form,
                body=row.body,
                sha256=row.sha256,
                key=_public(row, FORM_KEY),
                found=sha256(row.body.encode()).hexdigest(),
            )
            for row in rows
            if row.form is not None
        ),
        place=(first.list_number, first.status_index) if has_place else None,
        list_body=first.jwt_body or "",
        list_key=_public(first, LIST_KEY) if first[LIST_KEY] is not None else None,
        logged_claims=None if first.payload is None else logged_claims(first.payload),
    )


def _public(row: Row[*tuple[Any, ...]], begin: int) -> PublicKey:
    key_id, kind, *rest = row[begin : begin + len(KEY_COLUMNS)]
    return PublicKey(key_id, KeyKind(kind), *rest)
