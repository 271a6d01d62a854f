"""When those who decide were told of what is asked in need."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("need", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
