"""What to do at each step of a case, in the words of the house."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, which belongs to nobody."""
    op.create_table(
        "instruction",
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("service", "step", "language", name=op.f("pk_instruction")),
    )
