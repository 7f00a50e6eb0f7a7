"""Questions that learners ask at a section, with their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE = "section_question"
OPEN = sa.text("answered_at IS NULL AND withdrawn_at IS NULL")
NOT_YET_LATE = sa.text(
    "answered_at IS NULL AND withdrawn_at IS NULL AND escalated_at IS NULL"
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("course_version_id", sa.Integer(), nullable=False),
        sa.Column("module_slug", sa.String(length=60), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("lang", sa.String(length=8), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("fingerprint", sa.String(length=16), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("published_question", sa.String(length=2000), nullable=False),
        sa.Column("published_answer", sa.String(length=4000), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("unpublished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR answered_at IS NULL",
            name=op.f("ck_section_question_closed_in_one_way"),
        ),
        sa.CheckConstraint(
            "answered_at IS NOT NULL OR answer = ''",
            name=op.f("ck_section_question_answered_at_a_moment"),
        ),
        sa.CheckConstraint(
            "published_at IS NULL OR (answered_at IS NOT NULL"
            " AND published_question != '' AND published_answer != '')",
            name=op.f("ck_section_question_published_as_a_pair"),
        ),
        sa.CheckConstraint(
            "unpublished_at IS NULL OR published_at IS NOT NULL",
            name=op.f("ck_section_question_taken_back_what_was_published"),
        ),
        sa.CheckConstraint(
            "user_id IS NOT NULL OR (published_at IS NOT NULL"
            " AND unpublished_at IS NULL AND text = '' AND answer = '')",
            name=op.f("ck_section_question_nameless_where_published"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_section_question_user_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["course.id"],
            name=op.f("fk_section_question_course_id_course"),
        ),
        sa.ForeignKeyConstraint(
            ["course_version_id"],
            ["course_version.id"],
            name=op.f("fk_section_question_course_version_id_course_version"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"],
            ["user.id"],
            name=op.f("fk_section_question_answered_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["user.id"],
            name=op.f("fk_section_question_published_by_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_question")),
    )
    op.create_index(op.f("ix_section_question_user_id"), TABLE, ["user_id"])
    op.create_index(
        "ix_section_question_course_id_module_slug",
        TABLE,
        ["course_id", "module_slug"],
    )
    op.create_index(
        "ix_section_question_not_yet_late",
        TABLE,
        ["due_at"],
        sqlite_where=NOT_YET_LATE,
        postgresql_where=NOT_YET_LATE,
    )
    op.create_index(
        "uq_section_question_open",
        TABLE,
        ["user_id", "course_id", "module_slug", "fingerprint"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("uq_section_question_open", table_name=TABLE)
    op.drop_index("ix_section_question_not_yet_late", table_name=TABLE)
    op.drop_index("ix_section_question_course_id_module_slug", table_name=TABLE)
    op.drop_index(op.f("ix_section_question_user_id"), table_name=TABLE)
    op.drop_table(TABLE)
