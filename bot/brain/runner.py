"""The brain in a thread of its own, with a deadline: pages and streams stay quick, a stuck turn is left behind."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from datetime import datetime
from queue import SimpleQueue
from typing import Any, TypeVar

from bot.brain.brain import Brain
from bot.core.conversation import Dossier
from bot.core.errors import Unavailable
from bot.core.outcome import Outcome
from bot.core.signals import Signals

T = TypeVar("T")
log = logging.getLogger(__name__)


class BrainThread:
    """`Mind` on one thread; `load` makes a brain, `timeout` is the most seconds a turn may take."""

    def __init__(self, load: Callable[[], Brain], *, timeout: float) -> None:
        self._load = load
        self._timeout = timeout
        self._lock = threading.Lock()
        self._hand = _Hand(load)
        self.abandoned = 0

    def think(self, dossier: Dossier, *, now: datetime) -> Outcome:
        """Understand and decide; raises Unavailable when the brain fails or the time is up."""
        return self._do(lambda brain: brain.decide(dossier, brain.understand(dossier), now=now))

    def annotate(self, dossier: Dossier) -> Mapping[int, Signals]:
        """Only understand."""
        return self._do(lambda brain: brain.understand(dossier).messages)

    def warm(self) -> str:
        """Load the model and read one sentence, so that the first customer does not wait; the model's name."""
        return self._hand.submit(_first_words).result()

    def swap(self, load: Callable[[], Brain]) -> str:
        """Go on with another brain, warmed before the first turn uses it; turns under way finish with the old one.

        Returns the new model's name; when it cannot be loaded, the old brain stays and what went wrong is raised.
        """
        fresh = _Hand(load)
        try:
            name = fresh.submit(_first_words).result()
        except Exception:
            fresh.retire()
            raise
        with self._lock:
            old, self._hand, self._load = self._hand, fresh, load
        old.retire()
        return name

    def _do(self, work: Callable[[Brain], T]) -> T:
        for last in (False, True):
            with self._lock:
                hand = self._hand
                future = hand.submit(work)
            try:
                return future.result(self._timeout)
            except Late as late:
                if future.cancel():
                    if not last:
                        continue  # it only stood behind a stuck turn
                elif hand.loaded:
                    self._leave_behind(hand)
                raise Unavailable("brain_too_slow", seconds=self._timeout) from late
            except Exception as error:
                log.exception("the brain failed")
                raise Unavailable("brain_failed", reason=type(error).__name__) from error
        raise Unavailable("brain_too_slow", seconds=self._timeout)

    def _leave_behind(self, stuck: _Hand) -> None:
        """A thread cannot be killed: what is stuck keeps its brain, and we go on with a new one."""
        with self._lock:
            if self._hand is stuck:
                self._hand = _Hand(self._load)
                self._hand.submit(_first_words)
                self.abandoned += 1
        log.error("a turn took longer than %s s and was left behind", self._timeout)
        stuck.retire()


class _Hand:
    """One thread and the brain that only it touches, loaded when first needed.

    A daemon, unlike the threads of a pool: what is stuck for ever does not keep the program from ending.
    """

    def __init__(self, load: Callable[[], Brain]) -> None:
        self._load = load
        self._brain: Brain | None = None
        self._work: SimpleQueue[tuple[Future[Any], Callable[[Brain], Any]] | None] = SimpleQueue()
        threading.Thread(target=self._serve, name="brain", daemon=True).start()

    @property
    def loaded(self) -> bool:
        """Whether it has its brain: a turn that waits for the loading is late, not stuck."""
        return self._brain is not None

    def submit(self, work: Callable[[Brain], T]) -> Future[T]:
        future: Future[T] = Future()
        self._work.put((future, work))
        return future

    def retire(self) -> None:
        """Finish what has been submitted, then end."""
        self._work.put(None)

    def _serve(self) -> None:
        while (job := self._work.get()) is not None:
            future, work = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._run(work))
            except BaseException as error:
                future.set_exception(error)
        if self._brain is not None:
            self._brain.close()

    def _run(self, work: Callable[[Brain], T]) -> T:
        if self._brain is None:
            self._brain = self._load()
        return work(self._brain)


def _first_words(brain: Brain) -> str:
    brain.parse("Buongiorno")
    return brain.model
