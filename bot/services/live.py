"""Live events inside one process: who watches a conversation hears what happens in it."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_ROOM = 200  # events a slow listener may lag behind; then it is told to read the store again


@dataclass(frozen=True)
class Event:
    """Something that happened: `message`, `typing` or `state`; `missed` when the listener must read the store again."""

    kind: str
    data: Mapping[str, Any]


MISSED = Event("missed", {})


class Ear:
    """One listener: events come in from any thread and are awaited in the loop that opened it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Event] = asyncio.Queue(_ROOM)

    def hear(self, event: Event) -> None:
        """Take an event; callable from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._put, event)
        except RuntimeError:
            return  # its loop is closed: nobody listens any more

    async def next(self, *, timeout: float) -> Event | None:
        """The next event, or None after `timeout` seconds."""
        try:
            return await asyncio.wait_for(self._queue.get(), timeout)
        except asyncio.TimeoutError:
            return None

    def _put(self, event: Event) -> None:
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
            event = MISSED
        self._queue.put_nowait(event)


class LiveHub:
    """`Live` in memory."""

    def __init__(self) -> None:
        self._ears: dict[int, set[Ear]] = defaultdict(set)
        self._lock = threading.Lock()

    def publish(self, conversation_id: int, event: str, data: Mapping[str, Any]) -> None:
        """Announce an event to whoever listens to the conversation."""
        with self._lock:
            ears = tuple(self._ears.get(conversation_id, ()))
        for ear in ears:
            ear.hear(Event(event, data))

    @contextmanager
    def listening(self, conversation_id: int) -> Iterator[Ear]:
        """Listen to a conversation for as long as the block lasts."""
        ear = Ear()
        with self._lock:
            self._ears[conversation_id].add(ear)
        try:
            yield ear
        finally:
            with self._lock:
                self._ears[conversation_id].discard(ear)
                if not self._ears[conversation_id]:
                    del self._ears[conversation_id]
