"""Courses that are written in the browser: their authors, files and history."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_author",
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_course_author_user_id_user")
        ),
        sa.PrimaryKeyConstraint("slug", "user_id", name=op.f("pk_course_author")),
    )
    op.create_index("ix_course_author_user_id", "course_author", ["user_id"])
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("slug", name=op.f("uq_draft_slug")),
    )
    op.create_table(
        "draft_blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_draft_blob")),
    )
    op.create_table(
        "draft_file",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=240), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("base_sha256", sa.String(length=64), nullable=True),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["draft.id"],
            name=op.f("fk_draft_file_draft_id_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["draft_blob.sha256"],
            name=op.f("fk_draft_file_sha256_draft_blob"),
        ),
        sa.ForeignKeyConstraint(
            ["base_sha256"],
            ["draft_blob.sha256"],
            name=op.f("fk_draft_file_base_sha256_draft_blob"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"],
            ["user.id"],
            name=op.f("fk_draft_file_saved_by_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("draft_id", "path", name=op.f("pk_draft_file")),
    )
    op.create_table(
        "draft_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=240), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act IN ('autosave', 'save', 'bring')", name=op.f("ck_draft_save_known_act")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["draft_blob.sha256"],
            name=op.f("fk_draft_save_sha256_draft_blob"),
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"],
            ["user.id"],
            name=op.f("fk_draft_save_saved_by_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_save")),
    )
    op.create_index("ix_draft_save_slug_path", "draft_save", ["slug", "path"])


def downgrade() -> None:
    op.drop_index("ix_draft_save_slug_path", table_name="draft_save")
    op.drop_table("draft_save")
    op.drop_table("draft_file")
    op.drop_table("draft_blob")
    op.drop_table("draft")
    op.drop_index("ix_course_author_user_id", table_name="course_author")
    op.drop_table("course_author")
