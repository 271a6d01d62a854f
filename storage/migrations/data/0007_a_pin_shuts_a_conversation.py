"""A PIN shuts a conversation at a door, and opens it again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has a PIN yet."""
    op.create_table(
        "lock",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("pin", sa.LargeBinary(), nullable=False),
        sa.Column("seen", sa.LargeBinary(), nullable=False),
        sa.Column("door_idx", sa.LargeBinary(), nullable=True),
        sa.Column("door", sa.String(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lock_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_lock")),
    )
    op.create_index(op.f("ix_lock_door_idx"), "lock", ["door_idx"])
