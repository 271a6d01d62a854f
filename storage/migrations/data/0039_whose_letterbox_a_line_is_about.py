"""Whose letterbox a line of the audit log is about."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; lines of before keep what was signed."""
    op.add_column("audit", sa.Column("queue", sa.String(), nullable=True))
