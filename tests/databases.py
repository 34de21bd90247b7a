"""A PostgreSQL database for one test, when a server is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

_SERVER = os.environ.get("TEOREMA_TEST_POSTGRES", "postgresql:///postgres")


@contextmanager
def postgres_url() -> Iterator[str]:
    """The address of a fresh database, dropped afterwards; skips the test when no server answers."""
    name = f"teorema_test_{uuid4().hex[:12]}"
    server = create_engine(_SERVER, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        pytest.skip("no PostgreSQL answers (TEOREMA_TEST_POSTGRES names another)")
    try:
        yield str(server.url.set(database=name))
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()
