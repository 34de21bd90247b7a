"""Keeping promises: the customer hears from us before the deadline, even without news."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.brand import Brand
from bot.core.conversation import ConversationState
from bot.core.outcome import Reply
from bot.core.ports import Clock, Live, OwedPromise, PromiseBook
from bot.core.promise import PromiseState
from bot.core.turn import Phrases
from bot.services import wording
from bot.services.public import as_json

log = logging.getLogger(__name__)

LAST_WORD = timedelta(minutes=10)  # how long before the deadline we admit that it will not be kept
_FARTHEST = timedelta(hours=24)  # of opening time: the farthest a broken promise is put off at once
_BATCH = 100


@dataclass(frozen=True)
class Words:
    """The sentences of promises, by address: before the deadline without news, and when it cannot be kept."""

    update: Mapping[str, Sequence[str]]
    late: Mapping[str, Sequence[str]]
    phrases: Phrases


class PromiseKeeper:
    """Speaks up for promises that are about to fall due."""

    def __init__(self, *, book: PromiseBook, live: Live, clock: Clock, brand: Brand, words: Words) -> None:
        self._book = book
        self._live = live
        self._clock = clock
        self._brand = brand
        self._words = words

    def keep(self) -> int:
        """Send every word that is owed by now; return how many were sent."""
        now = self._clock.now()
        return sum(self._speak(owed, now) for owed in self._book.owing(by=now, limit=_BATCH))

    def counts(self) -> Mapping[str, int]:
        """How many promises are open, updated, kept and broken."""
        return {state.value: 0 for state in PromiseState} | dict(self._book.counts())

    def _speak(self, owed: OwedPromise, now: datetime) -> bool:
        on_time = owed.promise.state is PromiseState.OPEN and now < owed.promise.due - LAST_WORD
        return self._update(owed, now) if on_time else self._admit(owed, now)

    def _update(self, owed: OwedPromise, now: datetime) -> bool:
        """Not forgotten, no news yet, the deadline stands."""
        due = owed.promise.due
        reply = self._reply(self._words.update, owed, due, now)
        return self._send(owed, reply, now, state=PromiseState.UPDATED, next_update=due - LAST_WORD, renewed=None)

    def _admit(self, owed: OwedPromise, now: datetime) -> bool:
        """It cannot be kept: said, apologised for, a new deadline given; a human is alerted by the store.

        Each new deadline is twice as far as the last one, and the next word comes shortly before it: while nobody works
        on the matter, a customer must not read every hour that there is no news.
        """
        rule = self._brand.promise_rule(owed.promise.kind)
        within = min(rule.within * 2 ** (owed.broken + 1), max(rule.within, _FARTHEST))
        due = wording.rounded(self._brand.hours.add_working_time(now, within))
        reply = self._reply(self._words.late, owed, due, now)
        next_update = max(now, due - LAST_WORD)
        return self._send(owed, reply, now, state=PromiseState.BROKEN, next_update=next_update, renewed=due)

    def _reply(self, words: Mapping[str, Sequence[str]], owed: OwedPromise, due: datetime, now: datetime) -> Reply:
        sentences = words[owed.address or self._brand.address]
        deadline = wording.instant(self._words.phrases, due, now=now, zone=self._brand.hours.zone)
        sentence = sentences[(owed.promise.id or 0) % len(sentences)]
        return Reply(
            sentence.format(case_code=owed.case_code or "", deadline=deadline), meta={"promise": owed.promise.id}
        )

    def _send(
        self,
        owed: OwedPromise,
        reply: Reply,
        now: datetime,
        *,
        state: PromiseState,
        next_update: datetime,
        renewed: datetime | None,
    ) -> bool:
        spoken = self._book.speak(owed, reply, at=now, state=state.value, renewed=renewed, next_update=next_update)
        if spoken is None:
            return False
        self._live.publish(owed.conversation_id, "message", as_json(spoken.message))
        if spoken.alerted:
            self._live.publish(owed.conversation_id, "state", {"state": ConversationState.WAITING.value})
        return True
