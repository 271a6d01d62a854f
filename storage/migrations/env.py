"""What Alembic runs for a migration: the connection and the tables come from storage/schema.py."""

from alembic import context

config = context.config

context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes["tables"],
    # SQLite can do this too, now that the driver does not begin transactions of its own: a
    # migration that fails halfway leaves nothing behind.
    transactional_ddl=True,
    render_as_batch=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
