"""What somebody asked to read in need, and whether a person was read in need."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, whose rows go with the request; and one column."""
    op.create_table(
        "need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decider_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_need_referral_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_need_staff_id")),
        sa.ForeignKeyConstraint(["decider_id"], ["staff.id"], name=op.f("fk_need_decider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
    )
    op.create_index(op.f("ix_need_referral_id"), "need", ["referral_id"])
    op.create_index(op.f("ix_need_staff_id"), "need", ["staff_id"])
    op.create_index(op.f("ix_need_asked_at"), "need", ["asked_at"])
    op.add_column(
        "look", sa.Column("in_need", sa.Boolean(), nullable=False, server_default=sa.false())
    )
