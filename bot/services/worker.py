"""Who answers when: a conversation is one queue, worked by one at a time, after the customer has finished speaking."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from typing_extensions import ParamSpec

from bot.core.errors import Unavailable
from bot.core.ports import Turns
from bot.services.answer import Answerer

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

_LONGEST_STORY = 8  # windows a customer may go on speaking before we answer what there is
_SWEEP = 5.0  # seconds between looks for messages that nobody was told about
_RETRY = 1.0  # seconds before a conversation is tried again when the database is gone; doubles up to _SWEEP


class Worker:
    """Answers conversations as they ring; after a crash, finds by itself those that still wait."""

    def __init__(self, answerer: Answerer, turns: Turns, *, listen_window: float, threads: int = 4) -> None:
        self._answerer = answerer
        self._turns = turns
        self._window = listen_window
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="turn")
        self._queues: dict[int, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def ring(self, conversation_id: int) -> None:
        """A message has been stored; call in the service's event loop."""
        rung = self._queues.get(conversation_id)
        if rung is not None:
            rung.set()
        elif not self._stopping:
            self._queues[conversation_id] = asyncio.Event()
            self._start(self._serve(conversation_id))

    async def run(self) -> None:
        """Look for conversations that wait unseen, until cancelled."""
        while True:
            try:
                for conversation_id in await self._in_thread(self._turns.waiting):
                    if conversation_id not in self._queues:
                        self.ring(conversation_id)
            except Unavailable as error:
                log.warning("the store does not answer: %s", error)
            await asyncio.sleep(_SWEEP)

    async def stop(self, *, grace: float = 10.0) -> None:
        """Take nothing new, let the turns under way finish for `grace` seconds."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=grace)
        self._pool.shutdown(wait=False)

    async def _serve(self, conversation_id: int) -> None:
        """Answer a conversation until nothing waits in it."""
        rung = self._queues[conversation_id]
        try:
            while True:
                await self._listen(rung)
                await self._answer(conversation_id)
                if not rung.is_set():
                    return
        finally:
            del self._queues[conversation_id]

    async def _listen(self, rung: asyncio.Event) -> None:
        """Wait until the customer has said nothing for one window: several messages in a row are one story."""
        for _ in range(_LONGEST_STORY):
            rung.clear()
            if self._window <= 0:
                return
            try:
                await asyncio.wait_for(rung.wait(), self._window)
            except asyncio.TimeoutError:
                return

    async def _answer(self, conversation_id: int) -> None:
        pause = _RETRY
        while not self._stopping:
            try:
                await self._in_thread(self._answerer.answer, conversation_id)
                return
            except Unavailable as error:
                log.warning("conversation %s waits for the store: %s", conversation_id, error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _SWEEP)
            except Exception:
                log.exception("conversation %s could not be answered; it will be tried again", conversation_id)
                return

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _in_thread(self, work: Callable[P, T], *args: P.args, **_: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)
