"""Letterboxes, and the keys of colleagues that open them."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables and a column."""
    op.add_column("staff_session", sa.Column("own_key", sa.LargeBinary(), nullable=True))
    op.create_table(
        "staff_key",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_key_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_staff_key")),
    )
    op.create_table(
        "letterbox",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("queue", name=op.f("pk_letterbox")),
    )
    op.create_table(
        "letterbox_key",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["queue"],
            ["letterbox.queue"],
            name=op.f("fk_letterbox_key_queue"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_letterbox_key_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("queue", "staff_id", name=op.f("pk_letterbox_key")),
    )
