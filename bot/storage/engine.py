"""Opening the database: SQLite in one file by default, PostgreSQL when asked."""

from __future__ import annotations

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import QueuePool

from bot.core.errors import Misconfigured

_BUSY = 5.0  # seconds to wait for another writer
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={_BUSY * 1000:.0f}",
    "foreign_keys=ON",
    "temp_store=MEMORY",
)
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
            connect_args=_sqlite_options() if sqlite else _POSTGRES_OPTIONS,
            json_serializer=_to_json,
        )
    except (ArgumentError, NoSuchModuleError, OSError) as error:
        raise Misconfigured("TEOREMA_DATABASE_URL", str(error)) from error
    if sqlite:
        _make_durable(engine)
    return engine


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _OneWriter(sqlite3.Connection):
    """A connection that writes only while it holds its database's lock.

    SQLite makes writers poll for their turn, and the unlucky one starves; a lock in the process hands the turn on at
    once. Other processes are still waited for as SQLite does.
    """

    lock: threading.Lock
    _writing = False

    def take_turn(self) -> bool:
        """Wait until no other connection writes; false when that takes too long."""
        self._writing = self.lock.acquire(timeout=_BUSY)
        return self._writing

    def give_turn(self) -> None:
        """Let the next writer begin."""
        if self._writing:
            self._writing = False
            self.lock.release()

    def commit(self) -> None:
        super().commit()
        self.give_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.give_turn()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self.give_turn()


def _sqlite_options() -> dict[str, Any]:
    """Connections of one engine share one lock."""
    factory = type("_OneWriter", (_OneWriter,), {"lock": threading.Lock()})
    return {"check_same_thread": False, "factory": factory}


def _make_durable(engine: Engine) -> None:
    """WAL with a full sync on commit; every transaction takes the write lock when it begins, so none fails half-way."""

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        if connection.get_execution_options().get("read_only"):
            connection.exec_driver_sql("BEGIN")
        else:
            _begin_writing(connection)


def _begin_writing(connection: Any) -> None:
    writer = connection.connection.dbapi_connection
    if not writer.take_turn():
        reason = sqlite3.OperationalError("database is locked")
        raise OperationalError("BEGIN IMMEDIATE", None, reason)
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        writer.give_turn()
        raise
