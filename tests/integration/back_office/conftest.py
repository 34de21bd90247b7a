"""A database with customers' cases, on SQLite and PostgreSQL, and a back office on a port of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.core.case import Case, CaseState
from bot.core.outcome import Outcome, Reply
from bot.integrations.tables import metadata
from bot.storage.engine import open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.turns import SqlTurns
from tests.back_office_server import BackOfficeServer, running
from tests.databases import postgres_url
from tests.fakes import MONDAY_MORNING, a_case

Cases = Callable[..., Case]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield from with_tables(f"sqlite:///{tmp_path}/office.db")
        return
    with postgres_url() as url:
        yield from with_tables(url)


def with_tables(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def open_case(engine: Engine) -> Cases:
    """Opens a case in a turn of its own, in another state if one is given."""

    def opened(code: str = "TSVZ79SS5", *, state: CaseState = CaseState.OPEN) -> Case:
        case = replace(a_case(code).with_event("opened", at=MONDAY_MORNING), state=state)
        with_a_case(engine, case)
        return case

    return opened


def with_a_case(engine: Engine, case: Case) -> None:
    """Write a case as the bot does: at the end of a turn of a conversation."""
    inbox, turns = SqlInbox(engine), SqlTurns(engine)
    thread = inbox.open_thread("web", case.code, name=None, locale="it", at=MONDAY_MORNING)
    inbox.receive(thread.conversation_id, case.code, "non è arrivato", at=MONDAY_MORNING, extra={})
    dossier = turns.load(thread.conversation_id)
    assert dossier is not None
    ids = tuple(message.id for message in dossier.incoming)
    replies = (Reply("Va bene."),)
    outcome = Outcome(ids, MONDAY_MORNING, dossier.memory, dossier.state, replies=replies, cases=(case,))
    turns.commit(thread.conversation_id, outcome)


@pytest.fixture
def server() -> Iterator[BackOfficeServer]:
    with running() as server:
        yield server
