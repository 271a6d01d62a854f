"""What is offered to a colleague is found without looking through everything."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index."""
    op.create_index(op.f("ix_referral_offered_to_id"), "referral", ["offered_to_id"])
