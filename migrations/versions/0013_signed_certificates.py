"""Signed forms of certificates: keys, exact bytes, status lists, the chained log."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OF_CERTIFICATES = (
    "issued_paper",
    "issuance_entry",
    "status_list",
    "status_place",
    "signed_form",
    "issuer_key",
)
KINDS = (
    "'issued', 'suspended', 'reinstated', 'revocation-proposed', 'revoked', "
    "'superseded'"
)
NEW_KINDS = "'proposal-withdrawn', 'correction-asked', 'correction-declined'"


def upgrade() -> None:
    for choice in ("hides_name", "shows_score"):
        op.add_column(
            "certificate",
            sa.Column(choice, sa.Boolean(), server_default=sa.false(), nullable=False),
        )
    _allow_kinds(f"{KINDS}, {NEW_KINDS}")
    _create_keys()
    _create_forms()
    _create_status()
    op.create_table(
        "issuance_entry",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _certificate_key("issuance_entry"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_issuance_entry")),
        sa.UniqueConstraint(
            "certificate_id", name=op.f("uq_issuance_entry_certificate_id")
        ),
        sa.UniqueConstraint("hash", name=op.f("uq_issuance_entry_hash")),
    )
    op.create_table(
        "issued_paper",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _certificate_key("issued_paper"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_issued_paper")),
    )
    op.create_index(
        "ix_issued_paper_certificate_id", "issued_paper", ["certificate_id"]
    )


def _allow_kinds(kinds: str) -> None:
    name = op.f("ck_certificate_event_known_kind")
    with op.batch_alter_table("certificate_event") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({kinds})")


def _create_keys() -> None:
    op.create_table(
        "issuer_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("fragment", sa.String(length=128), nullable=False),
        sa.Column("public_jwk", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signs_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("compromised_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('ed25519', 'rsa')", name=op.f("ck_issuer_key_known_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuer_key")),
        sa.UniqueConstraint("fragment", name=op.f("uq_issuer_key_fragment")),
    )


def _create_forms() -> None:
    op.create_table(
        "signed_form",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "form IN ('json', 'jwt')", name=op.f("ck_signed_form_known_form")
        ),
        _certificate_key("signed_form"),
        _signing_key("signed_form", "key_id"),
        sa.PrimaryKeyConstraint("certificate_id", "form", name=op.f("pk_signed_form")),
    )
    op.create_index("ix_signed_form_key_id", "signed_form", ["key_id"])
    op.create_index("ix_signed_form_sha256", "signed_form", ["sha256"])


def _create_status() -> None:
    op.create_table(
        "status_place",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status_index BETWEEN 0 AND 131071",
            name=op.f("ck_status_place_within_list"),
        ),
        _certificate_key("status_place"),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_status_place")),
        sa.UniqueConstraint(
            "list_number",
            "status_index",
            name=op.f("uq_status_place_list_number_status_index"),
        ),
    )
    op.create_table(
        "status_list",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("json_body", sa.Text(), nullable=False),
        sa.Column("jwt_body", sa.Text(), nullable=False),
        sa.Column("bits_sha256", sa.String(length=64), nullable=False),
        sa.Column("json_key_id", sa.Integer(), nullable=False),
        sa.Column("jwt_key_id", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        _signing_key("status_list", "json_key_id"),
        _signing_key("status_list", "jwt_key_id"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_status_list")),
    )


def _certificate_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["certificate_id"],
        ["certificate.id"],
        name=op.f(f"fk_{table}_certificate_id_certificate"),
    )


def _signing_key(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["issuer_key.id"], name=op.f(f"fk_{table}_{column}_issuer_key")
    )


def downgrade() -> None:
    for table in OF_CERTIFICATES:
        op.drop_table(table)
    for choice in ("shows_score", "hides_name"):
        op.drop_column("certificate", choice)
    # A proposal that was withdrawn must not count again.
    op.execute(
        "DELETE FROM certificate_event WHERE kind = 'revocation-proposed' AND EXISTS ("
        "SELECT 1 FROM certificate_event AS later"
        " WHERE later.certificate_id = certificate_event.certificate_id"
        " AND later.kind = 'proposal-withdrawn' AND later.id > certificate_event.id)"
    )
    op.execute(
        "DELETE FROM certificate_event WHERE kind IN ('proposal-withdrawn', "
        "'correction-asked', 'correction-declined')"
    )
    _allow_kinds(KINDS)
