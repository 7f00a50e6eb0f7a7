"""What people ask of an institution, what it asks of them, and why lines stand."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WAITING = sa.text("decision IS NULL")


def upgrade() -> None:
    op.create_table(
        "exemption_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("exemption_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('granted', 'refused', 'withdrawn')",
            name=op.f("ck_exemption_request_known_decision"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_exemption_request_decided_once"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_exemption_request_course_id_course"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["user.id"],
            name=op.f("fk_exemption_request_decided_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["exemption_id"],
            ["exemption.id"],
            name=op.f("fk_exemption_request_exemption_id_exemption"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_exemption_request_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_exemption_request_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption_request")),
    )
    op.create_index(
        "ix_exemption_request_institution_id_decision",
        "exemption_request",
        ["institution_id", "decision"],
        unique=False,
    )
    op.create_index(
        "uq_exemption_request_waiting",
        "exemption_request",
        ["user_id", "institution_id", "course_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_table(
        "admission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('accepted', 'refused', 'withdrawn')",
            name=op.f("ck_admission_known_decision"),
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)",
            name=op.f("ck_admission_decided_once"),
        ),
        sa.CheckConstraint(
            "email IS NOT NULL OR username IS NOT NULL",
            name=op.f("ck_admission_has_an_identity"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["user.id"],
            name=op.f("fk_admission_asked_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_admission_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["user.id"],
            name=op.f("fk_admission_owner_id_user"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
            name=op.f("fk_admission_user_id_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
    )
    op.create_index("uq_admission_user_id", "admission", ["user_id"], unique=True)
    op.create_index(
        op.f("ix_admission_owner_id"), "admission", ["owner_id"], unique=False
    )
    op.create_index(
        "uq_admission_waiting",
        "admission",
        ["institution_id", "owner_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.add_column("requirement", sa.Column("reason_needs", sa.JSON(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("requirement") as batch_op:
        batch_op.drop_column("reason_needs")

    op.drop_index("uq_admission_waiting", table_name="admission")
    op.drop_index(op.f("ix_admission_owner_id"), table_name="admission")
    op.drop_index("uq_admission_user_id", table_name="admission")
    op.drop_table("admission")
    op.drop_index("uq_exemption_request_waiting", table_name="exemption_request")
    op.drop_index(
        "ix_exemption_request_institution_id_decision", table_name="exemption_request"
    )
    op.drop_table("exemption_request")
