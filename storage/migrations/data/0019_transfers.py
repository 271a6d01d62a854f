"""To whom a request is offered, and why one lies before staff again."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns; nothing is offered yet."""
    # In one statement, for SQLite takes no constraint afterwards.
    kind = "UUID" if op.get_bind().dialect.name == "postgresql" else "CHAR(32)"
    belongs = "CONSTRAINT fk_referral_offered_to_id REFERENCES staff (id)"
    op.execute(f"ALTER TABLE referral ADD COLUMN offered_to_id {kind} {belongs}")
    op.add_column("referral", sa.Column("came_back", sa.String(), nullable=True))
