"""Alembic's entry: run the scripts on the connection, and in the transaction, that the program holds."""

from alembic import context

from core.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, transactional_ddl=True
)
context.run_migrations()
