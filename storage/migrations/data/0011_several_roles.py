"""A colleague may have several roles."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# What each of the earlier roles was allowed to do until now.
UNTIL_NOW = {
    "colleague": "colleague committee director secretary",
    "coordinator": "committee coordinator director secretary",
    "admin": "admin committee coordinator director privacy secretary",
}


def upgrade() -> None:
    """Nobody loses what they may do; whoever runs the house hands the roles out anew."""
    op.execute("ALTER TABLE staff RENAME COLUMN role TO roles")
    for role, roles in UNTIL_NOW.items():
        op.execute(f"UPDATE staff SET roles = '{roles}' WHERE roles = '{role}'")  # noqa: S608 - ours
