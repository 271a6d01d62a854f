"""The licences of mediators."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, a row for each mediator of whom something is known."""
    op.create_table(
        "licence",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("trained_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("mediations", sa.Integer(), nullable=False),
        sa.Column("training_hours", sa.Integer(), nullable=False),
        sa.Column("intervisions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_licence_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_licence")),
    )
