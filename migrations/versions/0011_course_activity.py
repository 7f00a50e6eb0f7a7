"""What changed in the sources of courses, what was reviewed, and who has stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "source_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["noted_by"],
            ["user.id"],
            name=op.f("fk_source_change_noted_by_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_change")),
        sa.UniqueConstraint(
            "source", "changed_on", name=op.f("uq_source_change_source_changed_on")
        ),
    )
    op.create_table(
        "content_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("source_change_id", sa.Integer(), nullable=True),
        sa.Column("module_slug", sa.String(length=60), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(source_change_id IS NULL) != (valid_until IS NULL)",
            name=op.f("ck_content_review_has_one_cause"),
        ),
        sa.CheckConstraint(
            "(module_slug IS NULL) = (valid_until IS NULL)",
            name=op.f("ck_content_review_names_its_module"),
        ),
        sa.CheckConstraint(
            "outcome IN ('mended', 'still-right')",
            name=op.f("ck_content_review_known_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_content_review_course_id_course"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["user.id"],
            name=op.f("fk_content_review_reviewed_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_change_id"],
            ["source_change.id"],
            name=op.f("fk_content_review_source_change_id_source_change"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_review")),
        sa.UniqueConstraint(
            "course_id",
            "source_change_id",
            name=op.f("uq_content_review_course_id_source_change_id"),
        ),
        sa.UniqueConstraint(
            "course_id",
            "module_slug",
            "valid_until",
            name=op.f("uq_content_review_course_id_module_slug_valid_until"),
        ),
    )
    op.create_index(
        "ix_enrolment_open_course_id_started_at",
        "enrolment",
        ["course_id", "started_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_enrolment_open_course_id_started_at", table_name="enrolment")
    op.drop_table("content_review")
    op.drop_table("source_change")
