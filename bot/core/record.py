"""What happened between a customer and us: what was written, understood, opened, promised and handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.case import Case
from bot.core.facts import Facts
from bot.core.promise import Promise
from bot.core.signals import Signals


@dataclass(frozen=True)
class SaidPart:
    """One part of an answer: the response of the catalogue, and the words it became."""

    response: str
    text: str


@dataclass(frozen=True)
class RecordedMessage:
    """A message of any author; `tone`, `verdict` (of the whole story) and `parts` belong to the bot's answers.

    `signals` are those of a customer's message, None when it has not been read or nobody here knows them.
    """

    id: str
    channel: str
    author: str
    text: str
    at: datetime
    meta: Mapping[str, Any] = field(default_factory=dict)
    signals: Signals | None = None
    tone: str | None = None
    verdict: str | None = None
    parts: tuple[SaidPart, ...] = ()


@dataclass(frozen=True)
class RecordedHandoff:
    """A request for a human: why and when (UTC)."""

    reason: str
    requested: datetime


@dataclass(frozen=True)
class Record:
    """A customer's conversations as one story, oldest message first.

    `complete` is false when only the messages are known, not what was decided behind them.
    """

    messages: tuple[RecordedMessage, ...]
    cases: tuple[Case, ...] = ()
    promises: tuple[Promise, ...] = ()
    handoffs: tuple[RecordedHandoff, ...] = ()
    facts: Facts = field(default_factory=Facts)
    complete: bool = True

    def message(self, message_id: str) -> RecordedMessage | None:
        """The message of this id."""
        return next((message for message in self.messages if message.id == message_id), None)
