"""When a colleague who is signed in last typed a code."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column(
        "staff_session", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True)
    )
