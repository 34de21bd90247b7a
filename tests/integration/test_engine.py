"""Many writers on one SQLite file: each gets its turn, none is told that the database is locked."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.storage import engine as engine_module
from bot.storage.engine import open_engine


@pytest.fixture
def engine(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path}/many.db")
    with engine.begin() as session:
        session.execute(text("create table line (writer integer, n integer, unique (writer, n))"))
    yield engine
    engine.dispose()


def test_sixteen_writers_at_once_all_write(engine):
    together = threading.Barrier(16)

    def write(writer: int) -> None:
        together.wait()
        for n in range(20):
            with engine.begin() as session:
                session.execute(text("insert into line values (:writer, :n)"), {"writer": writer, "n": n})

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(16)))

    with engine.connect() as session:
        assert session.execute(text("select count(*) from line")).scalar_one() == 320


def test_a_failed_transaction_lets_the_next_writer_begin(engine):
    twice = text("insert into line values (1, 1), (1, 1)")
    for _ in range(3):
        with pytest.raises(IntegrityError), engine.begin() as session:
            session.execute(twice)

    with engine.begin() as session:
        session.execute(text("insert into line values (2, 2)"))


def test_readers_do_not_wait_for_a_writer(engine):
    with engine.begin() as writer:
        writer.execute(text("insert into line values (3, 3)"))
        with engine.connect().execution_options(read_only=True) as reader:
            assert reader.execute(text("select count(*) from line")).scalar_one() == 0


def test_a_writer_that_never_ends_is_an_error_and_not_a_wait_without_end(engine, monkeypatch):
    monkeypatch.setattr(engine_module, "_BUSY", 0.05)
    with engine.begin(), engine.connect() as second, pytest.raises(OperationalError, match="locked"):
        second.execute(text("insert into line values (4, 4)"))

    with engine.begin() as session:
        session.execute(text("insert into line values (5, 5)"))
