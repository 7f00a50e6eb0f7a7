"""Which device saved what last, and when each answer was changed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attempt", sa.Column("saves", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("attempt", "saves")
