"""Who answers when: one conversation one turn at a time, after the customer has finished speaking."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from bot.core.errors import Unavailable
from bot.services.worker import Worker

WINDOW = 0.1


class FakeAnswerer:
    """Notes which conversation it answered when, how many it answered at once, and fails when told to."""

    def __init__(self, *, takes: float = 0.0) -> None:
        self.answered: list[tuple[int, float]] = []
        self.at_once: dict[int, int] = {}
        self.most_at_once: dict[int, int] = {}
        self.failures: list[Exception] = []
        self._takes = takes
        self._lock = threading.Lock()

    def answer(self, conversation_id: int) -> bool:
        with self._lock:
            if self.failures:
                raise self.failures.pop(0)
            now = self.at_once[conversation_id] = self.at_once.get(conversation_id, 0) + 1
            self.most_at_once[conversation_id] = max(now, self.most_at_once.get(conversation_id, 0))
            self.answered.append((conversation_id, time.monotonic()))
        time.sleep(self._takes)
        with self._lock:
            self.at_once[conversation_id] -= 1
        return True

    def times(self, conversation_id: int) -> list[float]:
        return [at for conversation, at in self.answered if conversation == conversation_id]


class FakeWaiting:
    """Only says who waits."""

    def __init__(self, *waiting: int) -> None:
        self._waiting = waiting
        self.failures: list[Exception] = []

    def waiting(self) -> Sequence[int]:
        if self.failures:
            raise self.failures.pop(0)
        return self._waiting


@pytest.fixture
async def hire() -> AsyncIterator[Callable[..., Worker]]:
    hired: list[Worker] = []

    def worker(answerer: FakeAnswerer, *waiting: int, window: float = 0.0) -> Worker:
        hired.append(Worker(answerer, FakeWaiting(*waiting), listen_window=window))
        return hired[-1]

    yield worker
    for one in hired:
        await one.stop(grace=1)


async def until(condition: Callable[[], object], *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def test_a_conversation_that_rings_is_answered(hire):
    answerer = FakeAnswerer()

    hire(answerer).ring(7)

    await until(lambda: answerer.times(7))


async def test_several_messages_in_a_row_are_one_story(hire):
    answerer = FakeAnswerer()
    worker = hire(answerer, window=WINDOW)
    begun = time.monotonic()

    for _ in range(4):
        worker.ring(7)
        await asyncio.sleep(WINDOW / 3)
    await until(lambda: answerer.times(7))
    await asyncio.sleep(2 * WINDOW)

    assert len(answerer.times(7)) == 1
    assert answerer.times(7)[0] - begun > 4 * WINDOW / 3


async def test_somebody_who_never_stops_speaking_is_answered_all_the_same(hire):
    answerer = FakeAnswerer()
    worker = hire(answerer, window=WINDOW / 2)

    async def chatter() -> None:
        while not answerer.times(7):
            worker.ring(7)
            await asyncio.sleep(WINDOW / 20)

    await asyncio.wait_for(chatter(), 10)


async def test_a_message_that_comes_while_we_think_is_answered_next(hire):
    answerer = FakeAnswerer(takes=0.05)
    worker = hire(answerer)

    worker.ring(7)
    await until(lambda: answerer.times(7))
    worker.ring(7)

    await until(lambda: len(answerer.times(7)) == 2)
    assert answerer.most_at_once[7] == 1


async def test_a_slow_conversation_does_not_hold_up_another(hire):
    answerer = FakeAnswerer(takes=0.05)
    worker = hire(answerer)

    for conversation in (1, 2, 3):
        worker.ring(conversation)
    await until(lambda: len(answerer.answered) == 3)

    first, last = min(at for _, at in answerer.answered), max(at for _, at in answerer.answered)
    assert last - first < 0.05


async def test_what_waits_unseen_after_a_crash_is_found(hire):
    answerer = FakeAnswerer()
    sweeping = asyncio.create_task(hire(answerer, 4, 5).run())

    await until(lambda: answerer.times(4) and answerer.times(5))
    sweeping.cancel()


async def test_a_store_that_does_not_say_who_waits_is_asked_again(hire, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.services.worker._SWEEP", 0.01)
    answerer, waiting = FakeAnswerer(), FakeWaiting(4)
    waiting.failures = [Unavailable("database_unavailable")]
    worker = Worker(answerer, waiting, listen_window=0.0)
    sweeping = asyncio.create_task(worker.run())

    await until(lambda: answerer.times(4))
    sweeping.cancel()
    await worker.stop(grace=1)


async def test_a_conversation_is_tried_again_when_the_store_is_back(hire, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.services.worker._RETRY", 0.01)
    answerer = FakeAnswerer()
    answerer.failures = [Unavailable("database_unavailable")] * 2

    hire(answerer).ring(7)

    await until(lambda: answerer.times(7))


async def test_a_fault_in_one_conversation_leaves_the_others_alone(hire):
    answerer = FakeAnswerer()
    answerer.failures = [ValueError("a fault of ours")]
    worker = hire(answerer)

    worker.ring(1)
    await until(lambda: not answerer.failures)
    worker.ring(2)

    await until(lambda: answerer.times(2))


async def test_after_a_fault_the_same_conversation_can_ring_again(hire):
    answerer = FakeAnswerer()
    answerer.failures = [ValueError("a fault of ours")]
    worker = hire(answerer)

    worker.ring(1)
    await until(lambda: not answerer.failures)
    await asyncio.sleep(0.05)
    worker.ring(1)

    await until(lambda: answerer.times(1))


async def test_stopping_lets_the_turn_under_way_finish_and_takes_nothing_new(hire):
    answerer = FakeAnswerer(takes=0.1)
    worker = hire(answerer)
    worker.ring(1)
    await until(lambda: answerer.times(1))

    await worker.stop(grace=5)
    worker.ring(2)
    await asyncio.sleep(0.05)

    assert answerer.at_once[1] == 0
    assert answerer.times(2) == []
