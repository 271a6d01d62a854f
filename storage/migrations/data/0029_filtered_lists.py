"""A list of who waits is filtered, and looked through for all queues, without opening requests."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

COLUMNS = [
    "status",
    "queue",
    "alarm_at",
    "due_at",
    "waiting_since",
    "id",
    "language",
    "door",
]


def upgrade() -> None:
    """One index for another."""
    op.create_index(op.f("ix_referral_lists"), "referral", COLUMNS)
    op.drop_index(op.f("ix_referral_queue_status_alarm_at_due_at_waiting_since_id"), "referral")
