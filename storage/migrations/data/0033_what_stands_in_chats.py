"""Which messages stand in chats that others keep too, so that they can be taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; what was said before it stays where it is."""
    op.create_table(
        "trace",
        sa.Column("idx", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        sa.Column("put_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fades", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("idx", "number"),
    )
    op.create_index("ix_trace_put_at", "trace", ["put_at"])
    op.create_index("ix_trace_due_at", "trace", ["due_at"])
