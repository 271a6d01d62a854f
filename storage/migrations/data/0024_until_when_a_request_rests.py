"""Until when a request rests."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; nothing rests yet."""
    op.add_column("referral", sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_referral_snoozed_until"), "referral", ["snoozed_until"])
