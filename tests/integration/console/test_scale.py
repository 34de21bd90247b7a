"""Pages of the console must cost the same whether there are two thousand messages or fifty thousand."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot.core.case import CaseState
from bot.core.conversation import ConversationState
from bot.storage.console import SqlConversations
from bot.storage.console_cases import SqlCases
from bot.storage.tables import case, conversation, customer, message
from tests.desk import NOW, an_engine

SMALL, LARGE = 200, 5_000
MESSAGES = 10
QUIET = tuple(state for state in ConversationState if state is not ConversationState.WAITING)
# twenty-five times the data may cost half as much again, and a noisy machine as much again
DEARER = 3.0


def filled(path: Path, conversations: int) -> Engine:
    """A database with so many conversations of MESSAGES messages each; every second one has a case."""
    engine = an_engine(path)
    ids = range(1, conversations + 1)
    moment = {one: NOW - timedelta(minutes=conversations - one) for one in ids}
    states = [
        ("bot", "closed", "human", "closed")[one % 4] if one % 97 else "waiting" for one in range(conversations + 1)
    ]
    with engine.begin() as session:
        session.execute(insert(customer), [{"id": one, "name": None, "created": moment[one]} for one in ids])
        session.execute(
            insert(conversation),
            [
                {
                    "id": one,
                    "public_id": f"c-{one}",
                    "customer_id": one,
                    "channel": "web",
                    "state": states[one],
                    "last_seq": MESSAGES,
                    "created": moment[one],
                    "updated": moment[one],
                }
                for one in ids
            ],
        )
        session.execute(
            insert(message),
            [
                {
                    "conversation_id": one,
                    "seq": seq,
                    "public_id": f"m-{one}-{seq}",
                    "author": "customer",
                    "text": f"il mio ordine numero {one} non arriva",
                    "status": "processed",
                    "at": moment[one],
                }
                for one in ids
                for seq in range(1, MESSAGES + 1)
            ],
        )
        session.execute(
            insert(case),
            [
                {
                    "customer_id": one,
                    "conversation_id": one,
                    "code": f"T{one:08}",
                    "category": "complaint_refund",
                    "state": "open",
                    "opened": moment[one],
                    "updated": moment[one],
                }
                for one in ids
                if one % 2
            ],
        )
    return engine


PAGES: dict[str, Callable[[Engine], object]] = {
    "counts": lambda engine: SqlConversations(engine).counts(),
    "newest": lambda engine: SqlConversations(engine).newest(states=QUIET, limit=30),
    "a frequent word": lambda engine: SqlConversations(engine).search("ordine", state=None, limit=30),
    "a rare word": lambda engine: SqlConversations(engine).search("150", state=None, limit=30),
    "a case code": lambda engine: SqlConversations(engine).search("T00000151", state=None, limit=30),
    "a transcript": lambda engine: SqlConversations(engine).transcript("c-150", limit=100),
    "cases": lambda engine: SqlCases(engine).newest(states=tuple(CaseState), limit=30),
}


@pytest.fixture(scope="module")
def databases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scale")
    engines = filled(folder / "small.db", SMALL), filled(folder / "large.db", LARGE)
    yield engines
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_with_twenty_five_times_the_messages(databases, page):
    small, large = (typical(PAGES[page], engine) for engine in databases)

    assert large < DEARER * small + 0.002


def typical(page: Callable[[Engine], object], engine: Engine) -> float:
    """The median processor time of one call in seconds, after a first one that warms caches up."""
    page(engine)
    times = []
    for _ in range(9):
        start = time.thread_time()
        page(engine)
        times.append(time.thread_time() - start)
    return statistics.median(times)
