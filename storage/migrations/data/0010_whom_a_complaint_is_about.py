"""Since when it is known whom a complaint is about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; where somebody is named it is known, and elsewhere it is still to be said."""
    op.add_column("complaint", sa.Column("about_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE complaint SET about_at = opened_at WHERE person_id IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM complaint_about WHERE complaint_about.complaint_id = complaint.id)"
    )
