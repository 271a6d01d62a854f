"""Who knows somebody in a request, and which two requests are two sides of one matter."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables; their rows go when a person is erased, and with the request."""
    op.create_table(
        "recusal",
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_recusal_referral_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recusal_staff_id")),
        sa.PrimaryKeyConstraint("referral_id", "staff_id", name=op.f("pk_recusal")),
    )
    op.create_index(op.f("ix_recusal_staff_id"), "recusal", ["staff_id"])
    op.create_table(
        "link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("one_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["one_id"], ["referral.id"], name=op.f("fk_link_one_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["referral.id"], name=op.f("fk_link_other_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_link_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_link_one_id_other_id")),
    )
    op.create_index(op.f("ix_link_one_id"), "link", ["one_id"])
    op.create_index(op.f("ix_link_other_id"), "link", ["other_id"])
