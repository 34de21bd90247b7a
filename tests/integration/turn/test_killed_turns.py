"""A message is answered exactly once, wherever the process dies."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.tables import message, tracker_event
from tests.integration.turn.killable import main

ROOT = Path(__file__).parents[3]
STATEMENTS = 16  # more than a commit has: the last ones are not reached, and the turn ends by itself
STEPS = ["received", "loaded", "thought", *(f"statement:{number}" for number in range(1, STATEMENTS)), "committed"]


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def database(empty_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_database, tmp_path / "killed.db"))


def run(database: Path, step: str) -> int:
    command = [sys.executable, "-m", "tests.integration.turn.killable", str(database), step]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


@pytest.mark.parametrize("step", STEPS)
def test_a_message_is_answered_exactly_once_after_a_restart(step: str, database: Path):
    killed = run(database, step)
    main(str(database), "none")

    assert killed in (-signal.SIGKILL, 0)
    assert said_in(database) == [("customer", "processed"), ("bot", "sent")]


def test_the_steps_really_kill(database: Path):
    assert run(database, "statement:1") == -signal.SIGKILL


def said_in(database: Path) -> list[tuple[str, str]]:
    engine = open_engine(f"sqlite:///{database}")
    with engine.connect() as session:
        rows = session.execute(select(message.c.author, message.c.status).order_by(message.c.seq)).all()
        events = session.execute(select(tracker_event)).all()
    engine.dispose()
    assert len(events) == 1
    return [tuple(row) for row in rows]
