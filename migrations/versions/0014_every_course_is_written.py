"""Courses are open or for members: none is announced before it is written.

Only demonstrations announced courses. Certificates of an announced version stay, and so
does the version; who had begun one begins the course anew, for nothing of it was there
to be read. The written course becomes the live one at the next start, and plans, which
ask for a course and not for a version, go on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

version = sa.table("course_version", sa.column("id"), sa.column("access"))
live = sa.table("live_version", sa.column("course_version_id"))
enrolment = sa.table(
    "enrolment", *map(sa.column, ("id", "course_version_id", "ended_at"))
)
completion = sa.table("module_completion", sa.column("enrolment_id"))


def upgrade() -> None:
    announced = sa.select(version.c.id).where(version.c.access == "preparation")
    begun = sa.and_(
        enrolment.c.ended_at.is_(None), enrolment.c.course_version_id.in_(announced)
    )
    read = completion.c.enrolment_id.in_(sa.select(enrolment.c.id).where(begun))
    op.execute(sa.delete(completion).where(read))
    op.execute(sa.delete(enrolment).where(begun))
    op.execute(sa.delete(live).where(live.c.course_version_id.in_(announced)))
    op.execute(
        sa.update(version)
        .where(version.c.access == "preparation")
        .values(access="open")
    )
    _allow("'open', 'members'")


def downgrade() -> None:
    _allow("'open', 'members', 'preparation'")


def _allow(words: str) -> None:
    with op.batch_alter_table("course_version") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("ck_course_version_known_access"), type_="check"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_course_version_known_access"), f"access IN ({words})"
        )
