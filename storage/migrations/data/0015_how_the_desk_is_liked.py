"""How each colleague likes the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; whoever chose nothing has what everybody begins with."""
    op.add_column("staff", sa.Column("preferences", sa.JSON(), nullable=True))
