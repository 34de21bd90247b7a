"""A conversation held from inside the program: for the terminal, rehearsals and measurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

from bot.core.conversation import Dossier
from bot.core.outcome import Outcome
from bot.core.ports import Clock, Inbox, Live, Mind, StoredMessage, Turns
from bot.services.answer import Answerer


class Talk:
    """One customer's conversation: says something, gets the outcome of the turn."""

    def __init__(
        self,
        *,
        inbox: Inbox,
        turns: Turns,
        mind: Mind,
        live: Live,
        clock: Clock,
        honest: Mapping[str, Sequence[str]],
        channel: str,
    ) -> None:
        self._inbox = inbox
        self._clock = clock
        self._notes = _Notes(turns)
        self._answerer = Answerer(turns=self._notes, mind=mind, live=live, clock=clock, honest=honest)
        thread = inbox.open_thread(channel, str(uuid4()), name=None, locale="it", at=clock.now())
        self.conversation_id = thread.conversation_id

    def say(self, *texts: str) -> Outcome:
        """Send messages as one story and answer them; what the turn decided."""
        for text in texts:
            self._inbox.receive(self.conversation_id, str(uuid4()), text, at=self._clock.now(), extra={})
        self._answerer.answer(self.conversation_id)
        return self._notes.outcomes[-1]


class _Notes:
    """`Turns` that keeps the outcomes it commits."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.outcomes: list[Outcome] = []

    def waiting(self) -> Sequence[int]:
        return self._turns.waiting()

    def load(self, conversation_id: int) -> Dossier | None:
        return self._turns.load(conversation_id)

    def commit(self, conversation_id: int, outcome: Outcome) -> Sequence[StoredMessage]:
        sent = self._turns.commit(conversation_id, outcome)
        self.outcomes.append(outcome)
        return sent
