"""Signed forms of certificates: keys, exact bytes, status lists, the chained log."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base, PrimaryKey


class IssuerKey(Base):
    """A public key of the issuer; its private half lies in the folder of keys."""

    __tablename__ = "issuer_key"
    __table_args__ = (CheckConstraint("kind IN ('ed25519', 'rsa')", name="known_kind"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[str] = mapped_column(String(8))
    #: After the `#` of its address: the Multikey itself, or the RFC 7638 thumbprint.
    fragment: Mapped[str] = mapped_column(String(128), unique=True)
    public_jwk: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    #: From when it signs: a new one is first published for as long as copies are kept.
    signs_from: Mapped[datetime]
    #: Since when it no longer signs; what it signed goes on being verified.
    retired_at: Mapped[datetime | None]
    #: Since when nothing that it signed counts.
    compromised_at: Mapped[datetime | None]


class SignedForm(Base):
    """One verifiable form of a certificate: the exact bytes that are handed out."""

    __tablename__ = "signed_form"
    __table_args__ = (
        CheckConstraint("form IN ('json', 'jwt')", name="known_form"),
        Index("ix_signed_form_sha256", "sha256"),
    )

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), primary_key=True
    )
    form: Mapped[str] = mapped_column(String(4), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    #: Hex, of the body in UTF-8.
    sha256: Mapped[str] = mapped_column(String(64))
    key_id: Mapped[int] = mapped_column(ForeignKey("issuer_key.id"), index=True)
    signed_at: Mapped[datetime]


class StatusPlace(Base):
    """Which bit of which status list stands for a certificate, drawn at random."""

    __tablename__ = "status_place"
    __table_args__ = (
        UniqueConstraint("list_number", "status_index"),
        CheckConstraint("status_index BETWEEN 0 AND 131071", name="within_list"),
    )

    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), primary_key=True
    )
    list_number: Mapped[int]
    status_index: Mapped[int]


class StatusList(Base):
    """A signed status list in both forms; what it says is derived from the events."""

    __tablename__ = "status_list"

    number: Mapped[PrimaryKey]
    json_body: Mapped[str] = mapped_column(Text)
    jwt_body: Mapped[str] = mapped_column(Text)
    #: Hex, of the encoded bits: says whether a revocation is missing in it.
    bits_sha256: Mapped[str] = mapped_column(String(64))
    json_key_id: Mapped[int] = mapped_column(ForeignKey("issuer_key.id"))
    jwt_key_id: Mapped[int] = mapped_column(ForeignKey("issuer_key.id"))
    signed_at: Mapped[datetime]


class IssuanceEntry(Base):
    """A line of the log of all that was issued, with the hash of the line before.

    It tells our certificates from forged ones when a key was lost.
    """

    __tablename__ = "issuance_entry"

    #: 1, 2, 3 … without a gap.
    seq: Mapped[PrimaryKey]
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), unique=True
    )
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    #: Canonical JSON: uuid, number, issue, SHA-256 of the claims; no name.
    payload: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]


class IssuedPaper(Base):
    """The hash of a paper that was handed out, so that an edited one is noticed."""

    __tablename__ = "issued_paper"

    #: Hex.
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    certificate_id: Mapped[int] = mapped_column(
        ForeignKey("certificate.id"), index=True
    )
    made_at: Mapped[datetime]
