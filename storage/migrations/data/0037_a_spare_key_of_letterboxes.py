"""A spare key of letterboxes, that lies elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns."""
    for name in ("spare_public", "spare_box"):
        op.add_column("letterbox", sa.Column(name, sa.LargeBinary(), nullable=True))
