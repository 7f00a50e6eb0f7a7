"""Institutions, their plans, and what readiness is computed from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "competency",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("function", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_competency")),
    )
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mime", sa.String(length=80), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    op.create_table(
        "job_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_profile")),
        sa.UniqueConstraint(
            "code", "version", name=op.f("uq_job_profile_code_version")
        ),
    )
    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_exemption_has_a_reason")),
        sa.CheckConstraint(
            "until_on >= from_on", name=op.f("ck_exemption_ends_after_begin")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["user.id"],
            name=op.f("fk_exemption_approved_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["user.id"],
            name=op.f("fk_exemption_asked_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_exemption_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_exemption_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_exemption_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    with op.batch_alter_table("exemption") as batch_op:
        batch_op.create_index(
            "ix_exemption_institution_id_user_id",
            ["institution_id", "user_id"],
            unique=False,
        )

    op.create_table(
        "function_minimum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("competency", sa.String(length=8), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "holders BETWEEN 1 AND 99", name=op.f("ck_function_minimum_wants_somebody")
        ),
        sa.CheckConstraint(
            "level BETWEEN 1 AND 4", name=op.f("ck_function_minimum_known_level")
        ),
        sa.ForeignKeyConstraint(
            ["competency"],
            ["competency.code"],
            name=op.f("fk_function_minimum_competency_competency"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_function_minimum_institution_id_institution"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_function_minimum")),
        sa.UniqueConstraint(
            "institution_id",
            "competency",
            name=op.f("uq_function_minimum_institution_id_competency"),
        ),
    )
    op.create_table(
        "prior_learning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("competency", sa.String(length=8), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=1000), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("evidence_file_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "decision <> 'recognised' OR valid_until IS NOT NULL",
            name=op.f("ck_prior_learning_recognised_until_a_day"),
        ),
        sa.CheckConstraint(
            "decision IS NULL OR decision IN ('recognised', 'refused', 'withdrawn')",
            name=op.f("ck_prior_learning_known_decision"),
        ),
        sa.CheckConstraint(
            "evidence_file_id IS NULL OR link IS NULL",
            name=op.f("ck_prior_learning_one_piece_of_evidence"),
        ),
        sa.CheckConstraint(
            "level BETWEEN 1 AND 4", name=op.f("ck_prior_learning_known_level")
        ),
        sa.ForeignKeyConstraint(
            ["competency"],
            ["competency.code"],
            name=op.f("fk_prior_learning_competency_competency"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["user.id"],
            name=op.f("fk_prior_learning_decided_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"],
            ["evidence_file.id"],
            name=op.f("fk_prior_learning_evidence_file_id_evidence_file"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_prior_learning_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_prior_learning_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prior_learning")),
    )
    with op.batch_alter_table("prior_learning") as batch_op:
        batch_op.create_index(
            "ix_prior_learning_institution_id_decision",
            ["institution_id", "decision"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_prior_learning_user_id"), ["user_id"], unique=False
        )
        batch_op.create_index(
            "uq_prior_learning_waiting",
            ["user_id", "competency"],
            unique=True,
            sqlite_where=sa.text("decision IS NULL"),
            postgresql_where=sa.text("decision IS NULL"),
        )

    op.create_table(
        "priority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("political_owner", sa.String(length=200), nullable=False),
        sa.Column("source_document", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_priority_institution_id_institution"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
    )
    with op.batch_alter_table("priority") as batch_op:
        batch_op.create_index(
            "ix_priority_institution_id_rank", ["institution_id", "rank"], unique=False
        )

    op.create_table(
        "profile_requirement",
        sa.Column("job_profile_id", sa.Integer(), nullable=False),
        sa.Column("competency", sa.String(length=8), nullable=False),
        sa.Column("min_level", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("must_by_days", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "min_level BETWEEN 1 AND 4", name=op.f("ck_profile_requirement_known_level")
        ),
        sa.CheckConstraint(
            "weight BETWEEN 1 AND 3", name=op.f("ck_profile_requirement_known_weight")
        ),
        sa.ForeignKeyConstraint(
            ["competency"],
            ["competency.code"],
            name=op.f("fk_profile_requirement_competency_competency"),
        ),
        sa.ForeignKeyConstraint(
            ["job_profile_id"],
            ["job_profile.id"],
            name=op.f("fk_profile_requirement_job_profile_id_job_profile"),
        ),
        sa.PrimaryKeyConstraint(
            "job_profile_id", "competency", name=op.f("pk_profile_requirement")
        ),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("about_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_in_person_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('assigned', 'due-30', 'due-7', 'due', 'overdue-7', 'expiry-60', 'expiry-30', 'expiry-7')",
            name=op.f("ck_reminder_known_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_reminder_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
            name=op.f("fk_reminder_user_id_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "user_id",
            "course_id",
            "kind",
            "about_on",
            name=op.f("uq_reminder_user_id_course_id_kind_about_on"),
        ),
    )
    op.create_table(
        "training_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("target_bp", sa.Integer(), nullable=False),
        sa.Column("hours_budget", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("sent_for_review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.String(length=2000), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("act_reference", sa.String(length=200), nullable=False),
        sa.Column("act_on", sa.Date(), nullable=True),
        sa.Column("superseded_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "approved_on IS NULL OR act_reference <> ''",
            name=op.f("ck_training_plan_approval_has_its_act"),
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_training_plan_ends_after_begin")
        ),
        sa.CheckConstraint(
            "target_bp BETWEEN 1 AND 10000",
            name=op.f("ck_training_plan_target_is_a_share"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["user.id"],
            name=op.f("fk_training_plan_approved_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user.id"],
            name=op.f("fk_training_plan_created_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_training_plan_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["user.id"],
            name=op.f("fk_training_plan_reviewed_by_user"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plan")),
        sa.UniqueConstraint(
            "institution_id",
            "series",
            "version",
            name=op.f("uq_training_plan_institution_id_series_version"),
        ),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_pmu", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "parent_id IS NULL OR parent_id <> id", name=op.f("ck_unit_not_its_own")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_unit_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint(
            "institution_id", "name", name=op.f("uq_unit_institution_id_name")
        ),
    )
    with op.batch_alter_table("unit") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False
        )

    op.create_table(
        "people_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_people_file_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"],
            ["user.id"],
            name=op.f("fk_people_file_sent_by_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_file")),
    )
    with op.batch_alter_table("people_file") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_people_file_institution_id"),
            ["institution_id"],
            unique=False,
        )

    op.create_table(
        "accepted_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("accepted_by", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by"],
            ["user.id"],
            name=op.f("fk_accepted_exception_accepted_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["training_plan.id"],
            name=op.f("fk_accepted_exception_plan_id_training_plan"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_exception")),
        sa.UniqueConstraint(
            "plan_id",
            "kind",
            "subject",
            name=op.f("uq_accepted_exception_plan_id_kind_subject"),
        ),
    )
    op.create_table(
        "call_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("funder", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("deadline_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("grant_min_cents", sa.BigInteger(), nullable=True),
        sa.Column("grant_max_cents", sa.BigInteger(), nullable=True),
        sa.Column("cofinancing_min_bp", sa.Integer(), nullable=True),
        sa.Column("cofinancing_max_bp", sa.Integer(), nullable=True),
        sa.Column("requested_cents", sa.BigInteger(), nullable=True),
        sa.Column("own_cents", sa.BigInteger(), nullable=True),
        sa.Column("priority_id", sa.Integer(), nullable=True),
        sa.Column("gates", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "cofinancing_max_bp IS NULL OR cofinancing_max_bp BETWEEN 0 AND 10000",
            name=op.f("ck_call_check_cofinancing_max"),
        ),
        sa.CheckConstraint(
            "cofinancing_min_bp IS NULL OR cofinancing_min_bp BETWEEN 0 AND 10000",
            name=op.f("ck_call_check_cofinancing_min"),
        ),
        sa.CheckConstraint(
            "grant_max_cents IS NULL OR grant_max_cents >= 0",
            name=op.f("ck_call_check_grant_max"),
        ),
        sa.CheckConstraint(
            "grant_min_cents IS NULL OR grant_min_cents >= 0",
            name=op.f("ck_call_check_grant_min"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user.id"],
            name=op.f("fk_call_check_created_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_call_check_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"],
            ["priority.id"],
            name=op.f("fk_call_check_priority_id_priority"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_check")),
    )
    with op.batch_alter_table("call_check") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_call_check_institution_id"), ["institution_id"], unique=False
        )

    op.create_table(
        "post",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("profile_code", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=False),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "active_to IS NULL OR active_to >= active_from",
            name=op.f("ck_post_ends_after_begin"),
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 999", name=op.f("ck_post_has_seats")),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_post_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_post_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
        sa.UniqueConstraint(
            "unit_id",
            "title",
            "active_from",
            name=op.f("uq_post_unit_id_title_active_from"),
        ),
    )
    with op.batch_alter_table("post") as batch_op:
        batch_op.create_index(
            "ix_post_institution_id_profile_code",
            ["institution_id", "profile_code"],
            unique=False,
        )

    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("ends_with_mandate", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('holder', 'deputy')", name=op.f("ck_appointment_known_kind")
        ),
        sa.CheckConstraint(
            "to_on IS NULL OR from_on IS NULL OR to_on >= from_on",
            name=op.f("ck_appointment_ends_after_begin"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["user.id"],
            name=op.f("fk_appointment_created_by_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institution.id"],
            name=op.f("fk_appointment_institution_id_institution"),
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["post.id"], name=op.f("fk_appointment_post_id_post")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_appointment_user_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appointment_institution_id"),
            ["institution_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_appointment_post_id_user_id", ["post_id", "user_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_appointment_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "call_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_check_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("competency", sa.String(length=8), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "holders BETWEEN 1 AND 99", name=op.f("ck_call_need_wants_somebody")
        ),
        sa.CheckConstraint(
            "level BETWEEN 1 AND 4", name=op.f("ck_call_need_known_level")
        ),
        sa.ForeignKeyConstraint(
            ["call_check_id"],
            ["call_check.id"],
            name=op.f("fk_call_need_call_check_id_call_check"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["competency"],
            ["competency.code"],
            name=op.f("fk_call_need_competency_competency"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_need")),
        sa.UniqueConstraint(
            "call_check_id",
            "competency",
            "level",
            name=op.f("uq_call_need_call_check_id_competency_level"),
        ),
    )
    op.create_table(
        "requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("audience_kind", sa.String(length=12), nullable=False),
        sa.Column("audience_key", sa.String(length=20), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("min_major", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_days", sa.Integer(), nullable=True),
        sa.Column("recert_months", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("min_holders", sa.Integer(), nullable=True),
        sa.Column("reason_kind", sa.String(length=12), nullable=False),
        sa.Column("reason_text", sa.String(length=300), nullable=False),
        sa.Column("priority_id", sa.Integer(), nullable=True),
        sa.Column("call_check_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "audience_kind IN ('profile', 'post', 'unit', 'person', 'pmu', 'institution')",
            name=op.f("ck_requirement_known_audience"),
        ),
        sa.CheckConstraint(
            "reason_kind IN ('priority', 'profile', 'call', 'other')",
            name=op.f("ck_requirement_known_reason"),
        ),
        sa.CheckConstraint(
            "reason_text <> '' OR priority_id IS NOT NULL OR call_check_id IS NOT NULL",
            name=op.f("ck_requirement_has_a_reason"),
        ),
        sa.CheckConstraint(
            "(due_on IS NULL) <> (due_days IS NULL)",
            name=op.f("ck_requirement_one_due_rule"),
        ),
        sa.CheckConstraint(
            "due_days IS NULL OR due_days BETWEEN 0 AND 3650",
            name=op.f("ck_requirement_due_days"),
        ),
        sa.CheckConstraint(
            "recert_months IS NULL OR recert_months BETWEEN 1 AND 120",
            name=op.f("ck_requirement_recert_months"),
        ),
        sa.CheckConstraint(
            "weight BETWEEN 1 AND 3", name=op.f("ck_requirement_known_weight")
        ),
        sa.ForeignKeyConstraint(
            ["call_check_id"],
            ["call_check.id"],
            name=op.f("fk_requirement_call_check_id_call_check"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_requirement_course_id_course")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["training_plan.id"],
            name=op.f("fk_requirement_plan_id_training_plan"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"],
            ["priority.id"],
            name=op.f("fk_requirement_priority_id_priority"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
    )
    with op.batch_alter_table("requirement") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_requirement_plan_id"), ["plan_id"], unique=False
        )

    op.create_table(
        "certificate_requirement",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_requirement_certificate_id_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["requirement.id"],
            name=op.f("fk_certificate_requirement_requirement_id_requirement"),
        ),
        sa.PrimaryKeyConstraint(
            "certificate_id", "requirement_id", name=op.f("pk_certificate_requirement")
        ),
    )
    with op.batch_alter_table("certificate_requirement") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_requirement_requirement_id"),
            ["requirement_id"],
            unique=False,
        )

    with op.batch_alter_table("certificate") as batch_op:
        batch_op.create_index(
            "ix_certificate_user_id_course_id_valid_until",
            ["user_id", "course_id", "valid_until"],
            unique=False,
        )

    with op.batch_alter_table("institution") as batch_op:
        batch_op.add_column(sa.Column("population", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("mandate_ends_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("association_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "review_is_obligatory",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_institution_association_id"),
            ["association_id"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_institution_association_id_institution"),
            "institution",
            ["association_id"],
            ["id"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_institution_population"),
            "population IS NULL OR population >= 0",
        )

    with op.batch_alter_table("course_version") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_course_version_known_access"), type_="check"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_course_version_known_access"),
            "access IN ('open', 'members', 'preparation')",
        )
        batch_op.alter_column(
            "access",
            existing_type=sa.String(length=8),
            type_=sa.String(length=12),
            existing_nullable=False,
        )

    with op.batch_alter_table("membership") as batch_op:
        batch_op.create_index(
            "ix_membership_institution_id_user_id",
            ["institution_id", "user_id"],
            unique=False,
        )
        # Who left and comes back has a second row.
        batch_op.drop_index("uq_membership_user_id_institution_id_role")
        batch_op.create_index(
            "uq_membership_user_id_institution_id_role_from_on",
            ["user_id", "institution_id", "role", "from_on"],
            unique=True,
        )

    with op.batch_alter_table("user") as batch_op:
        batch_op.add_column(
            sa.Column(
                "weekly_learning_hours",
                sa.Integer(),
                server_default="2",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "wants_optional_mail",
                sa.Boolean(),
                server_default=sa.true(),
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "calendar_edition", sa.Integer(), server_default="0", nullable=False
            )
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_user_weekly_hours_are_sensible"),
            "weekly_learning_hours BETWEEN 0 AND 20",
        )

    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.add_column(
            sa.Column("unsubscribe", sa.String(length=500), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail") as batch_op:
        batch_op.drop_column("unsubscribe")

    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_user_weekly_hours_are_sensible"), type_="check"
        )
        batch_op.drop_column("calendar_edition")
        batch_op.drop_column("wants_optional_mail")
        batch_op.drop_column("weekly_learning_hours")

    # Of who left and came back, the older index has room for the newest row only.
    op.execute(
        "DELETE FROM membership WHERE institution_id IS NOT NULL AND id NOT IN "
        "(SELECT max(id) FROM membership GROUP BY user_id, institution_id, role)"
    )
    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_index("uq_membership_user_id_institution_id_role_from_on")
        batch_op.create_index(
            "uq_membership_user_id_institution_id_role",
            ["user_id", "institution_id", "role"],
            unique=True,
        )
        batch_op.drop_index("ix_membership_institution_id_user_id")

    # The word is one that the former column has no room for.
    op.execute(
        "UPDATE course_version SET access = 'members' WHERE access = 'preparation'"
    )
    with op.batch_alter_table("course_version") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_course_version_known_access"), type_="check"
        )
        batch_op.alter_column(
            "access",
            existing_type=sa.String(length=12),
            type_=sa.String(length=8),
            existing_nullable=False,
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_course_version_known_access"),
            "access IN ('open', 'members')",
        )

    with op.batch_alter_table("institution") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_institution_population"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("fk_institution_association_id_institution"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_institution_association_id"))
        batch_op.drop_column("reminded_on")
        batch_op.drop_column("review_is_obligatory")
        batch_op.drop_column("association_id")
        batch_op.drop_column("mandate_ends_on")
        batch_op.drop_column("population")

    with op.batch_alter_table("certificate") as batch_op:
        batch_op.drop_index("ix_certificate_user_id_course_id_valid_until")

    with op.batch_alter_table("certificate_requirement") as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_requirement_requirement_id"))

    op.drop_table("certificate_requirement")
    with op.batch_alter_table("requirement") as batch_op:
        batch_op.drop_index(batch_op.f("ix_requirement_plan_id"))

    op.drop_table("requirement")
    op.drop_table("call_need")
    with op.batch_alter_table("appointment") as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_user_id"))
        batch_op.drop_index("ix_appointment_post_id_user_id")
        batch_op.drop_index(batch_op.f("ix_appointment_institution_id"))

    op.drop_table("appointment")
    with op.batch_alter_table("post") as batch_op:
        batch_op.drop_index("ix_post_institution_id_profile_code")

    op.drop_table("post")
    with op.batch_alter_table("call_check") as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_check_institution_id"))

    op.drop_table("call_check")
    op.drop_table("accepted_exception")
    with op.batch_alter_table("people_file") as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_file_institution_id"))

    op.drop_table("people_file")
    with op.batch_alter_table("unit") as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))

    op.drop_table("unit")
    op.drop_table("training_plan")
    op.drop_table("reminder")
    op.drop_table("profile_requirement")
    with op.batch_alter_table("priority") as batch_op:
        batch_op.drop_index("ix_priority_institution_id_rank")

    op.drop_table("priority")
    with op.batch_alter_table("prior_learning") as batch_op:
        batch_op.drop_index("uq_prior_learning_waiting")
        batch_op.drop_index(batch_op.f("ix_prior_learning_user_id"))
        batch_op.drop_index("ix_prior_learning_institution_id_decision")

    op.drop_table("prior_learning")
    op.drop_table("function_minimum")
    with op.batch_alter_table("exemption") as batch_op:
        batch_op.drop_index("ix_exemption_institution_id_user_id")

    op.drop_table("exemption")
    op.drop_table("job_profile")
    op.drop_table("evidence_file")
    op.drop_table("competency")
