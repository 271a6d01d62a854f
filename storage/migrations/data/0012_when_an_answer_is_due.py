"""By when a person must have an answer, and since when a colleague works on it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns, and indexes that the lists are made from.

    Who waits already gets their moment when the house starts.
    """
    op.add_column("referral", sa.Column("owned_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("referral", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    for order in (("alarm_at", "due_at", "waiting_since", "id"), ("closed_at", "id")):
        columns = ["queue", "status", *order]
        op.create_index(op.f(f"ix_referral_{'_'.join(columns)}"), "referral", columns)
    op.drop_index(op.f("ix_referral_queue_status_waiting_since"), "referral")
