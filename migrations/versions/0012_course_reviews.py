"""Reviews of courses by a second person, and how versions came and went."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WAITING = sa.text("state IN ('open', 'approved')")


def upgrade() -> None:
    op.create_table(
        "version_origin",
        sa.Column("course_version_id", sa.Integer(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        _version_key("version_origin", "course_version_id"),
        _user_key("version_origin", "published_by"),
        _user_key("version_origin", "approved_by"),
        sa.PrimaryKeyConstraint("course_version_id", name=op.f("pk_version_origin")),
    )
    op.create_table(
        "live_version_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("course_version_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act IN ('withdraw', 'restore')",
            name=op.f("ck_live_version_change_known_act"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_live_version_change_course_id_course"),
        ),
        _version_key("live_version_change", "course_version_id"),
        _user_key("live_version_change", "changed_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_version_change")),
    )
    op.create_index(
        "ix_live_version_change_course_id", "live_version_change", ["course_id"]
    )
    _create_reviews()
    op.create_table(
        "review_file",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=240), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        _review_key("review_file"),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["draft_blob.sha256"],
            name=op.f("fk_review_file_sha256_draft_blob"),
        ),
        sa.PrimaryKeyConstraint("review_id", "path", name=op.f("pk_review_file")),
    )
    op.create_table(
        "review_editor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        _review_key("review_editor"),
        _user_key("review_editor", "user_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_editor")),
    )
    op.create_index(op.f("ix_review_editor_review_id"), "review_editor", ["review_id"])
    _create_comments()


def _create_reviews() -> None:
    op.create_table(
        "course_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("base_version_id", sa.Integer(), nullable=True),
        sa.Column("bump", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change_note", sa.JSON(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("allowed_alone_by", sa.Integer(), nullable=True),
        sa.Column("allowed_alone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("allowed_alone_reason", sa.String(length=300), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'approved', 'changes-asked', 'published', 'withdrawn')",
            name=op.f("ck_course_review_known_state"),
        ),
        sa.CheckConstraint(
            "bump IN ('minor', 'major')", name=op.f("ck_course_review_known_bump")
        ),
        sa.CheckConstraint(
            "number > 0", name=op.f("ck_course_review_number_is_counted")
        ),
        sa.CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)",
            name=op.f("ck_course_review_published_has_version"),
        ),
        _version_key("course_review", "base_version_id"),
        _version_key("course_review", "version_id"),
        _user_key("course_review", "sent_by"),
        _user_key("course_review", "asked_id"),
        _user_key("course_review", "decided_by"),
        _user_key("course_review", "allowed_alone_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_review")),
        sa.UniqueConstraint(
            "slug", "number", name=op.f("uq_course_review_slug_number")
        ),
    )
    op.create_index(
        "uq_course_review_waiting",
        "course_review",
        ["slug"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def _create_comments() -> None:
    op.create_table(
        "review_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        _review_key("review_comment"),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["review_comment.id"],
            name=op.f("fk_review_comment_parent_id_review_comment"),
            ondelete="CASCADE",
        ),
        _user_key("review_comment", "written_by"),
        _user_key("review_comment", "resolved_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    op.create_index("ix_review_comment_review_id", "review_comment", ["review_id"])


def _user_key(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        ["user.id"],
        name=op.f(f"fk_{table}_{column}_user"),
        ondelete="SET NULL",
    )


def _version_key(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        ["course_version.id"],
        name=op.f(f"fk_{table}_{column}_course_version"),
    )


def _review_key(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["review_id"],
        ["course_review.id"],
        name=op.f(f"fk_{table}_review_id_course_review"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    op.drop_index("ix_review_comment_review_id", table_name="review_comment")
    op.drop_table("review_comment")
    op.drop_index(op.f("ix_review_editor_review_id"), table_name="review_editor")
    op.drop_table("review_editor")
    op.drop_table("review_file")
    op.drop_index("uq_course_review_waiting", table_name="course_review")
    op.drop_table("course_review")
    op.drop_index("ix_live_version_change_course_id", table_name="live_version_change")
    op.drop_table("live_version_change")
    op.drop_table("version_origin")
