"""Where somebody stood when a turn of theirs failed."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; of what was set aside before it counts as if its person went on since."""
    op.add_column(
        "set_aside", sa.Column("version", sa.Integer(), server_default="0", nullable=False)
    )
