"""When somebody last typed what sounds like a threat, on the request that staff work on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, empty for everything that is there."""
    op.add_column("referral", sa.Column("alarm_at", sa.DateTime(timezone=True), nullable=True))
