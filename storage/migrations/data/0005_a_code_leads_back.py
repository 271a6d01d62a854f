"""A code leads a person back to their conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has a code yet."""
    op.create_table(
        "code",
        sa.Column("idx", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hashed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_code_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("idx", name=op.f("pk_code")),
        sa.UniqueConstraint("person_id", name=op.f("uq_code_person_id")),
    )
