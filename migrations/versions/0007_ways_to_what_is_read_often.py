"""Indexes for reads by thing, by learner and by course that walked whole tables."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INDEXES = (
    ("audit_entry", "ix_audit_entry_thing_act", ["thing", "act"]),
    ("enrolment", "ix_enrolment_course_id", ["course_id"]),
    ("exemption_request", "ix_exemption_request_user_id", ["user_id"]),
    ("exemption_request", "ix_exemption_request_exemption_id", ["exemption_id"]),
)


def upgrade() -> None:
    for table, name, columns in INDEXES:
        op.create_index(op.f(name), table, columns)


def downgrade() -> None:
    for table, name, _ in reversed(INDEXES):
        op.drop_index(op.f(name), table_name=table)
