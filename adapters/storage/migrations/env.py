"""What Alembic runs for each command: it works on the connection, and in the transaction, that it is given."""

from alembic import context

from adapters.storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite can undo changes to tables too, once BEGIN is explicit (see engine.py); Alembic takes it for an engine that cannot.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
