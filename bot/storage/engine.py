"""Opening the database: SQLite in one file by default, PostgreSQL when asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from bot.core.errors import Misconfigured

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "temp_store=MEMORY")

_SQLITE_OPTIONS: dict[str, Any] = {"check_same_thread": False}
_POSTGRES_OPTIONS: dict[str, Any] = {"connect_timeout": 5}


def open_engine(url: str) -> Engine:
    """An engine with an explicit pool of connections; raises Misconfigured when the address cannot be used.

    SQLAlchemy 1.4 pools no connections for SQLite files by itself and would lose a factor of ten on each commit.
    """
    try:
        parsed = make_url(url)
        sqlite = parsed.get_backend_name() == "sqlite"
        if sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            parsed,
            future=True,
            poolclass=QueuePool,
            pool_size=8,
            max_overflow=8,
            pool_pre_ping=not sqlite,
            connect_args=_SQLITE_OPTIONS if sqlite else _POSTGRES_OPTIONS,
            json_serializer=_to_json,
        )
    except (ArgumentError, NoSuchModuleError, OSError) as error:
        raise Misconfigured("TEOREMA_DATABASE_URL", str(error)) from error
    if sqlite:
        _make_durable(engine)
    return engine


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _make_durable(engine: Engine) -> None:
    """WAL with a full sync on commit; every transaction takes the write lock when it begins, so none fails half-way."""

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        immediate = not connection.get_execution_options().get("read_only")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
