"""Bringing a database to the shape that this version needs."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from bot.storage.guard import unavailable_when_down

_SCRIPTS = Path(__file__).parent / "migrations"


@unavailable_when_down
def migrate(engine: Engine, *, to: str = "head") -> None:
    """Run the migrations that are missing (or take back those after `to`)."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move = command.downgrade if to == "base" else command.upgrade
        move(config, to)


@unavailable_when_down
def is_current(engine: Engine) -> bool:
    """Whether the database has the shape that this version needs."""
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    return config
