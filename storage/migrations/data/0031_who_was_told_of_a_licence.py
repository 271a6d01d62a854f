"""When a mediator was told by e-mail that their licence ends."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("licence", sa.Column("told_on", sa.Date(), nullable=True))
