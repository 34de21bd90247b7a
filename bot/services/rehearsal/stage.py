"""Where a scripted customer plays: a stage has lines to the service and a way to let time pass."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from bot.core.ports import StoredMessage
from bot.core.record import Record

CUSTOMER, BOT = "customer", "bot"
WORD = "promise"  # in the meta of what we write by ourselves about a promise; it answers nobody


@dataclass(frozen=True)
class Exchange:
    """What the customer wrote in one go and what the bot answered, by the messages' ids."""

    asked: tuple[str, ...]
    answered: tuple[str, ...]


class Line(Protocol):
    """A customer's line to the service on one channel."""

    conversation: str

    def send(self, message_id: str, text: str) -> None:
        """Write one message."""
        ...

    def read(self, *, after: int) -> tuple[Sequence[StoredMessage], str]:
        """The messages after a number, oldest first, and the conversation's state."""
        ...


class Stage(Protocol):
    """A place to play one scenario in; `moves_time` tells whether time really passes in pauses."""

    notes: list[str]
    moves_time: bool

    def now(self) -> datetime:
        """The present instant of the customer's world (UTC)."""
        ...

    def say(self, texts: Sequence[str], *, channel: str) -> Exchange:
        """Write messages in one go and wait for the answer."""
        ...

    def pass_time(self, pause: timedelta) -> None:
        """Let time pass in the customer's world."""
        ...

    def record(self) -> Record:
        """All that has happened so far."""
        ...


@dataclass(frozen=True)
class Patience:
    """How a customer waits for an answer, in seconds: at most `longest`, looking every `look`.

    When an answer is there, `settle` more for what may follow it; `silence` for a human, who answers when they can.
    """

    longest: float = 30.0
    look: float = 0.25
    settle: float = 1.0
    silence: float = 3.0


class Talker:
    """Speaks on a line and hears the answers."""

    def __init__(self, line: Line, patience: Patience) -> None:
        self.line = line
        self._patience = patience
        self._heard = 0

    def say(self, texts: Sequence[str]) -> Exchange:
        """Write messages in one go, wait until the last one is answered."""
        self._listen()
        ids = tuple(str(uuid4()) for _ in texts)
        for message_id, text in zip(ids, texts, strict=True):
            self.line.send(message_id, text)
        return Exchange(ids, self._answer(set(ids)))

    def _answer(self, asked: set[str]) -> tuple[str, ...]:
        begun, answered, quiet_since = time.monotonic(), list[str](), 0.0
        while (now := time.monotonic()) < begun + self._patience.longest:
            messages, state = self._listen()
            fresh = [message.id for message in messages if _is_answer(message)]
            if fresh and messages[-1].id not in asked:
                quiet_since = now
            answered += fresh
            if quiet_since and now - quiet_since >= self._patience.settle:
                break
            if state == "human" and now - begun >= self._patience.silence:
                break
            time.sleep(self._patience.look)
        return tuple(answered)

    def _listen(self) -> tuple[Sequence[StoredMessage], str]:
        messages, state = self.line.read(after=self._heard)
        if messages:
            self._heard = messages[-1].seq
        return messages, state


def _is_answer(message: StoredMessage) -> bool:
    return message.author == BOT and WORD not in (message.extra.get("meta") or {})
