"""Work that people grade: teams, what they hand in, assessors, and what counts."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BELONGS = sa.text("accepted_at IS NOT NULL AND ended_at IS NULL")
WAITING = sa.text("replaced_at IS NULL AND decided_at IS NULL")
INDEXES = (
    ("work_team", "ix_work_team_course_id", ["course_id"]),
    ("work_upload", "ix_work_upload_touched_at", ["touched_at"]),
    ("hand_in", "ix_hand_in_course_id", ["course_id"]),
    ("hand_in", "ix_hand_in_decided_at", ["decided_at"]),
    ("hand_in", "ix_hand_in_team_id", ["team_id"]),
    ("hand_in_author", "ix_hand_in_author_enrolment_id", ["enrolment_id"]),
    ("hand_in_author", "ix_hand_in_author_user_id", ["user_id"]),
    ("work_assessment", "ix_work_assessment_assessor_id", ["assessor_id"]),
    ("work_member", "ix_work_member_user_id", ["user_id"]),
    ("mark_correction", "ix_mark_correction_assessment_id", ["assessment_id"]),
)
TABLES = (
    "work_file",
    "work_team",
    "work_upload",
    "hand_in",
    "work_piece",
    "hand_in_author",
    "work_assessment",
    "work_member",
    "mark_correction",
)
"""In the order in which they can be made."""


def upgrade() -> None:
    op.create_table(
        "work_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_file")),
    )
    op.create_table(
        "work_team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_work_team_course_id_course")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_team")),
    )
    op.create_table(
        "work_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("mark", sa.String(length=200), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "received BETWEEN 0 AND byte_count",
            name=op.f("ck_work_upload_received_is_a_part"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_work_upload_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_work_upload_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_upload")),
        sa.UniqueConstraint(
            "user_id", "course_id", name=op.f("uq_work_upload_user_id_course_id")
        ),
    )
    op.create_table(
        "hand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("course_version_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("half_points", sa.Integer(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "source IN ('folder', 'file')", name=op.f("ck_hand_in_known_source")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (passed IS NULL)",
            name=op.f("ck_hand_in_decided_with_a_result"),
        ),
        sa.CheckConstraint(
            "half_points IS NULL OR half_points BETWEEN 0 AND 200",
            name=op.f("ck_hand_in_known_total"),
        ),
        sa.CheckConstraint(
            "replaced_at IS NULL OR decided_at IS NULL",
            name=op.f("ck_hand_in_replaced_or_decided"),
        ),
        sa.CheckConstraint(
            "round BETWEEN 1 AND 3", name=op.f("ck_hand_in_counted_round")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_hand_in_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["course_version_id"],
            ["course_version.id"],
            name=op.f("fk_hand_in_course_version_id_course_version"),
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["work_file.id"], name=op.f("fk_hand_in_file_id_work_file")
        ),
        sa.ForeignKeyConstraint(
            ["handed_by"],
            ["user.id"],
            name=op.f("fk_hand_in_handed_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["work_team.id"], name=op.f("fk_hand_in_team_id_work_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in")),
    )
    op.create_table(
        "work_piece",
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["work_upload.id"],
            name=op.f("fk_work_piece_upload_id_work_upload"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("upload_id", "start", name=op.f("pk_work_piece")),
    )
    op.create_table(
        "hand_in_author",
        sa.Column("hand_in_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_hand_in_author_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["hand_in_id"],
            ["hand_in.id"],
            name=op.f("fk_hand_in_author_hand_in_id_hand_in"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_hand_in_author_user_id_user")
        ),
        sa.PrimaryKeyConstraint(
            "hand_in_id", "enrolment_id", name=op.f("pk_hand_in_author")
        ),
    )
    op.create_table(
        "work_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hand_in_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=False),
        sa.Column("taught", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "place BETWEEN 1 AND 3", name=op.f("ck_work_assessment_known_place")
        ),
        sa.CheckConstraint(
            "submitted_at IS NULL OR begun_at IS NOT NULL",
            name=op.f("ck_work_assessment_begun_first"),
        ),
        sa.ForeignKeyConstraint(
            ["assessor_id"],
            ["user.id"],
            name=op.f("fk_work_assessment_assessor_id_user"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by"],
            ["user.id"],
            name=op.f("fk_work_assessment_given_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["hand_in_id"],
            ["hand_in.id"],
            name=op.f("fk_work_assessment_hand_in_id_hand_in"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_assessment")),
        sa.UniqueConstraint(
            "hand_in_id",
            "assessor_id",
            name=op.f("uq_work_assessment_hand_in_id_assessor_id"),
        ),
        sa.UniqueConstraint(
            "hand_in_id", "place", name=op.f("uq_work_assessment_hand_in_id_place")
        ),
    )
    op.create_table(
        "work_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_work_member_enrolment_id_enrolment"),
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["work_team.id"], name=op.f("fk_work_member_team_id_work_team")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_work_member_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_member")),
        sa.UniqueConstraint(
            "team_id", "enrolment_id", name=op.f("uq_work_member_team_id_enrolment_id")
        ),
    )
    op.create_table(
        "mark_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=60), nullable=False),
        sa.Column("level_before", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["work_assessment.id"],
            name=op.f("fk_mark_correction_assessment_id_work_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by"],
            ["user.id"],
            name=op.f("fk_mark_correction_corrected_by_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_correction")),
    )
    op.create_index(
        "uq_hand_in_waiting",
        "hand_in",
        ["team_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index(
        "uq_work_member_belongs",
        "work_member",
        ["enrolment_id"],
        unique=True,
        sqlite_where=BELONGS,
        postgresql_where=BELONGS,
    )
    for table, name, columns in INDEXES:
        op.create_index(op.f(name), table, columns)


def downgrade() -> None:
    for table, name, _ in reversed(INDEXES):
        op.drop_index(op.f(name), table_name=table)
    op.drop_index("uq_work_member_belongs", table_name="work_member")
    op.drop_index("uq_hand_in_waiting", table_name="hand_in")
    for table in reversed(TABLES):
        op.drop_table(table)
