"""Copies that somebody may fetch, until a moment."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, of rows that live for a quarter of an hour."""
    op.create_table(
        "copy",
        sa.Column("idx", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("copy_kind", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_copy_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idx", name=op.f("pk_copy")),
    )
    op.create_index(op.f("ix_copy_person_id"), "copy", ["person_id"])
    op.create_index(op.f("ix_copy_until"), "copy", ["until"])
