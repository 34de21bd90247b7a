"""The migrations make the tables that the code expects, and can be taken back; on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.engine import Engine

from bot.integrations.tables import metadata
from bot.storage.engine import open_engine
from bot.storage.migrate import is_current, migrate
from tests.databases import postgres_url

_NOT_OURS = ("alembic_version", "message_words")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{tmp_path}/fresh.db")
        yield engine
        engine.dispose()
        return
    with postgres_url() as url:
        engine = open_engine(url)
        yield engine
        engine.dispose()


def test_migrating_up_gives_exactly_the_tables_of_the_code(engine: Engine):
    migrate(engine)

    assert is_current(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    assert [change for change in differences if not _about_search(change)] == []


def test_migrating_down_leaves_nothing_behind(engine: Engine):
    migrate(engine)

    migrate(engine, to="base")

    assert [name for name in inspect(engine).get_table_names() if name != "alembic_version"] == []
    migrate(engine)
    assert is_current(engine)


def test_migrating_twice_changes_nothing(engine: Engine):
    migrate(engine)
    migrate(engine)

    assert is_current(engine)


def _about_search(change: object) -> bool:
    return "message_words" in str(change)
