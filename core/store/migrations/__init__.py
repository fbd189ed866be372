"""Alembic migrations, run by `core.store.migrating` without a configuration file."""
