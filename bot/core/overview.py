"""What an operator sees of conversations and cases: values to read and the queries that find them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from bot.core.care_score.judged import JudgedConversation
from bot.core.case import Case, CaseState
from bot.core.conversation import ConversationState, Memory
from bot.core.promise import Promise
from bot.core.signals import Signals

T = TypeVar("T")

COUNTED_UP_TO = 1000
"""Counting further would cost time that nobody gains: beyond it a console says "999+"."""


@dataclass(frozen=True)
class Cursor:
    """A place in a list: what was shown last, the next page begins after it. `at` when the list is sorted by time."""

    id: int
    at: datetime | None = None


@dataclass(frozen=True)
class Page(Generic[T]):
    """Part of a list; `following` is where the next part begins, None at the end."""

    items: tuple[T, ...]
    following: Cursor | None = None


@dataclass(frozen=True)
class LastMessage:
    """The newest message of a conversation (or, in a search, the newest that matches)."""

    author: str
    text: str
    at: datetime
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ConversationSummary:
    """One line of the inbox; `waiting_since` and `reason` are of the handoff a waiting customer asked for."""

    id: int
    public_id: str
    channel: str
    state: ConversationState
    customer_name: str | None
    temperature: int
    verdict: str
    updated: datetime
    last: LastMessage | None = None
    open_cases: tuple[str, ...] = ()
    waiting_since: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True)
class TranscriptMessage:
    """One message as an operator sees it; `signals` is what we heard in a customer's."""

    id: int
    seq: int
    author: str
    text: str
    at: datetime
    status: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    signals: Signals | None = None


@dataclass(frozen=True)
class HandoffView:
    """The last time a human was asked for; times are UTC, `operator` is the name of who took it."""

    reason: str
    requested: datetime
    claimed: datetime | None = None
    ended: datetime | None = None
    operator: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Transcript:
    """A conversation with everything around it.

    `messages` are oldest first, `earlier` tells that older ones were left out; cases and promises are the customer's,
    `others` the customer's further conversations, `care` how well this one was cared for once it was over.
    """

    summary: ConversationSummary
    customer_since: datetime
    locale: str | None
    memory: Memory
    messages: tuple[TranscriptMessage, ...]
    earlier: bool
    cases: tuple[Case, ...] = ()
    promises: tuple[Promise, ...] = ()
    handoff: HandoffView | None = None
    others: tuple[ConversationSummary, ...] = ()
    care: JudgedConversation | None = None


@dataclass(frozen=True)
class CaseSummary:
    """One line of the list of cases; `promise` is the one still owed that falls due first."""

    case: Case
    updated: datetime
    conversation: str
    customer_name: str | None
    promise: Promise | None = None


class Conversations(Protocol):
    """The inbox and its transcripts."""

    def counts(self) -> Mapping[ConversationState, int]:
        """How many conversations there are in each state; counting stops at COUNTED_UP_TO."""
        ...

    def waiting(self, *, limit: int, after: Cursor | None = None) -> Page[ConversationSummary]:
        """Those who wait for a human, longest waiting first."""
        ...

    def newest(
        self, *, states: tuple[ConversationState, ...], limit: int, after: Cursor | None = None
    ) -> Page[ConversationSummary]:
        """Conversations in these states, newest activity first."""
        ...

    def search(
        self, query: str, *, state: ConversationState | None, limit: int, after: Cursor | None = None
    ) -> Page[ConversationSummary]:
        """Conversations with a message of these words or a case of this code; newest match first, each once."""
        ...

    def transcript(self, public_id: str, *, limit: int, before: int | None = None) -> Transcript | None:
        """A conversation with its last `limit` messages (of those numbered below `before`), or None."""
        ...


class Cases(Protocol):
    """The customers' problems."""

    def counts(self) -> Mapping[CaseState, int]:
        """How many cases there are in each state; counting stops at COUNTED_UP_TO."""
        ...

    def newest(
        self, *, states: tuple[CaseState, ...], code: str = "", limit: int, after: Cursor | None = None
    ) -> Page[CaseSummary]:
        """Cases in these states whose code begins like this, the one touched last first."""
        ...
