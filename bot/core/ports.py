"""What the use cases need from the outside; storage and channels fulfil it, tests have fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.core.conversation import Dossier
from bot.core.outcome import Outcome, Reply
from bot.core.promise import Promise
from bot.core.signals import Signals


class Clock(Protocol):
    """Where the time comes from, so that tests can live days in a second."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        ...


@dataclass(frozen=True)
class StoredMessage:
    """A message as the customer sees it; `seq` counts within the conversation, `id` is the client's UUID or ours."""

    seq: int
    id: str
    author: str
    text: str
    at: datetime
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Thread:
    """A conversation as a channel addresses it."""

    conversation_id: int
    public_id: str
    channel: str
    state: str


@dataclass(frozen=True)
class Received:
    """The receipt of a message; `duplicate` when it had come before and nothing changed."""

    message: StoredMessage
    duplicate: bool


class Inbox(Protocol):
    """Where customers' messages are stored before they are acknowledged."""

    def open_thread(
        self, channel: str, external_id: str, *, name: str | None, locale: str | None, at: datetime
    ) -> Thread:
        """The open conversation of this identity, made if there is none."""
        ...

    def receive(
        self,
        conversation_id: int,
        external_id: str,
        text: str,
        *,
        at: datetime,
        extra: Mapping[str, Any],
        attachments: Sequence[str] = (),
    ) -> Received:
        """Store one message durably with the files of these ids; the same `external_id` again changes nothing.

        Raises Refused when one of the files is not of this conversation or has been sent already.
        """
        ...


class Turns(Protocol):
    """What a turn reads before it begins and writes when it ends."""

    def waiting(self) -> Sequence[int]:
        """The conversations with messages that nobody has answered yet, longest waiting first."""
        ...

    def load(self, conversation_id: int) -> Dossier | None:
        """All that is known, or None when nothing waits for an answer."""
        ...

    def commit(self, conversation_id: int, outcome: Outcome) -> Sequence[StoredMessage]:
        """Write the whole outcome or nothing.

        Raises AlreadyAnswered when a message of it was answered meanwhile, Overtaken when somebody else changed who has
        the conversation.
        """
        ...


class AlreadyAnswered(Exception):
    """Somebody else answered these messages; nothing was written."""


class Overtaken(Exception):
    """The conversation changed hands while the turn was decided; nothing was written, decide again."""


@dataclass(frozen=True)
class Spoken:
    """A word about a promise, as stored; `alerted` when it put the conversation in the operators' queue."""

    message: StoredMessage
    alerted: bool = False


@dataclass(frozen=True)
class OwedPromise:
    """A promise whose customer must hear from us now.

    `address` is how they asked to be spoken to, `broken` how many promises in the same matter were broken before.
    """

    promise: Promise
    conversation_id: int
    case_code: str | None
    address: str | None = None
    broken: int = 0


class PromiseBook(Protocol):
    """The promises that are still owed."""

    def owing(self, *, by: datetime, limit: int) -> Sequence[OwedPromise]:
        """Promises whose next word to the customer falls due by then, oldest first."""
        ...

    def speak(
        self,
        owed: OwedPromise,
        reply: Reply,
        *,
        at: datetime,
        state: str,
        next_update: datetime,
        renewed: datetime | None,
    ) -> Spoken | None:
        """Send the word and change the promise in one transaction; None when someone else did it first.

        With `renewed` the promise is made again with that deadline, and a human is asked for.
        """
        ...

    def counts(self) -> Mapping[str, int]:
        """How many promises there are in each state."""
        ...


class Live(Protocol):
    """Tells whoever listens to a conversation that something happened in it."""

    def publish(self, conversation_id: int, event: str, data: Mapping[str, Any]) -> None:
        """Announce an event; never blocks and never fails."""
        ...


class Answers(Protocol):
    """The company's answers to what customers ask about it."""

    def best(self, question: str) -> str | None:
        """The answer to a question, or None when it is not known well enough."""
        ...


class NoAnswers:
    """A company that has written nothing down yet."""

    def best(self, question: str) -> str | None:
        """Nothing is known."""
        return None


class Mind(Protocol):
    """What understands and decides; the brain in production, a fake in tests."""

    def think(self, dossier: Dossier, *, now: datetime) -> Outcome:
        """Answer the waiting messages of a conversation; raises Unavailable when it fails or takes too long."""
        ...

    def annotate(self, dossier: Dossier) -> Mapping[int, Signals]:
        """The signals of the waiting messages, for the human who has the conversation; raises Unavailable."""
        ...


class Meter(Protocol):
    """Counts what happens."""

    def received(self, channel: str) -> None:
        """A customer's message was stored."""
        ...

    def turn(self, result: str, seconds: float) -> None:
        """A turn ended like this after so many seconds."""
        ...


class NoMeter:
    """Counts nothing."""

    def received(self, channel: str) -> None:
        """Nothing is counted."""

    def turn(self, result: str, seconds: float) -> None:
        """Nothing is counted."""
