"""Whether a colleague is away, and until which day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns; nobody is away."""
    op.add_column(
        "staff", sa.Column("away", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("staff", sa.Column("away_until", sa.Date(), nullable=True))
