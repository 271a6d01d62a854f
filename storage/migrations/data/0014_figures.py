"""What is counted of requests, and how each of them ended."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, which belongs to nobody; two columns, empty where it is not known any more."""
    op.create_table(
        "figure",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("within", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "month", "queue", "language", "door", "name", "within", name=op.f("pk_figure")
        ),
    )
    op.add_column("referral", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("referral", sa.Column("outcome", sa.String(), nullable=True))
