"""What learners write in modules, who may read it, and what a task makes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    # Versions published before say nothing; their tasks bear the module's title.
    op.add_column(
        "module_text",
        sa.Column(
            "task_title",
            sa.String(length=200),
            nullable=False,
            server_default=sa.text("''"),
        ),
    )
    op.create_table(
        "module_work",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("module_slug", sa.String(length=60), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("save_number", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checks", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "save_number >= 0", name=op.f("ck_module_work_counted_saves")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_module_work_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_module_work_user_id_user")
        ),
        sa.PrimaryKeyConstraint(
            "user_id", "course_id", "module_slug", name=op.f("pk_module_work")
        ),
    )
    op.create_table(
        "folder_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "owner_id != reader_id", name=op.f("ck_folder_share_shared_with_another")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user.id"], name=op.f("fk_folder_share_owner_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["user.id"], name=op.f("fk_folder_share_reader_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder_share")),
    )
    op.create_index(
        "uq_folder_share_open",
        "folder_share",
        ["owner_id", "reader_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_folder_share_reader_id", "folder_share", ["reader_id"])


def downgrade() -> None:
    op.drop_index("ix_folder_share_reader_id", table_name="folder_share")
    op.drop_index("uq_folder_share_open", table_name="folder_share")
    op.drop_table("folder_share")
    op.drop_table("module_work")
    op.drop_column("module_text", "task_title")
