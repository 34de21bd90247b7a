"""The stage in this process: the real service with a database and a clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.record import Record
from bot.services.rehearsal.clock import SimulatedClock
from bot.services.rehearsal.stage import Exchange, Line, Patience, Talker

BREATH = timedelta(seconds=30)  # a customer reads an answer before they write again
_AT_HOME = Patience(look=0.01, settle=0.0, silence=0.0)


class Backstage(Protocol):
    """The service's database, seen from behind."""

    def record(self, public_id: str) -> Record | None:
        """All that happened with the customer of a conversation."""
        ...

    def next_word(self, *, by: datetime) -> datetime | None:
        """When somebody next hears from us about a promise, if not later than `by`."""
        ...

    def join(self, public_id: str, other: str) -> None:
        """Make the customer of the other conversation the same as that of the first one."""
        ...


class House:
    """`Stage` around a service that nobody else uses; `open_line` calls it as a new customer of a channel.

    `keep` sends the words that are owed at the clock's instant.
    """

    moves_time = True

    def __init__(
        self,
        *,
        open_line: Callable[[str], Line],
        backstage: Backstage,
        keep: Callable[[], int],
        clock: SimulatedClock,
        patience: Patience = _AT_HOME,
    ) -> None:
        self._open_line = open_line
        self._backstage = backstage
        self._keep = keep
        self._clock = clock
        self._patience = patience
        self._talkers: dict[str, Talker] = {}
        self.notes: list[str] = []

    def now(self) -> datetime:
        """The simulated instant."""
        return self._clock.now()

    def say(self, texts: Sequence[str], *, channel: str) -> Exchange:
        """Write on a channel, as the same customer on each, and wait for the answer."""
        if self._talkers:
            self.pass_time(BREATH)
        return self._talker(channel).say(texts)

    def pass_time(self, pause: timedelta) -> None:
        """Move the clock on; whoever is owed a word in the meantime gets it at its instant."""
        end = self._clock.now() + pause
        while (word := self._backstage.next_word(by=end)) is not None:
            self._clock.move_to(word)
            if not self._keep() and self._backstage.next_word(by=end) == word:
                break
        self._clock.move_to(end)

    def record(self) -> Record:
        """All that has happened; empty when nobody has spoken yet."""
        first = next(iter(self._talkers.values()), None)
        return (first and self._backstage.record(first.line.conversation)) or Record(())

    def _talker(self, channel: str) -> Talker:
        if channel not in self._talkers:
            line = self._open_line(channel)
            for known in list(self._talkers.values())[:1]:
                self._backstage.join(known.line.conversation, line.conversation)
            self._talkers[channel] = Talker(line, self._patience)
        return self._talkers[channel]
