"""Alembic's environment: the engine comes from whoever migrates, nothing is read from a file."""

from __future__ import annotations

from alembic import context

from bot.integrations.tables import metadata


def run() -> None:
    """Migrate on the connection that was handed over."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


run()
