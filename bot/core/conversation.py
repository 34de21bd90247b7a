"""A conversation as the next turn finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from bot.core.case import Case
from bot.core.facts import Fact, Facts
from bot.core.promise import Promise


class ConversationState(str, Enum):
    """Who has the conversation: the bot, nobody yet (a human is asked for), a human, or nobody any more."""

    BOT = "bot"
    WAITING = "waiting"
    HUMAN = "human"
    CLOSED = "closed"


@dataclass(frozen=True)
class Incoming:
    """A customer's message that waits for its answer; `kind` is `text` or what else was sent."""

    id: int
    seq: int
    text: str
    at: datetime
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Memory:
    """What the bot keeps in mind about a conversation between turns.

    `course` holds the temperature of each turn; `pending` names the question that the next yes or no answers;
    `not_understood` and `troll_turns` count turns in a row; `used` lists, by response, the variations already said;
    `address` is how the customer asked to be spoken to (`tu`, `lei`), None as long as the brand decides.
    """

    introduced: bool = False
    course: tuple[int, ...] = ()
    pending: str | None = None
    not_understood: int = 0
    troll_turns: int = 0
    turns: int = 0
    category: str | None = None
    address: str | None = None
    facts: Facts = field(default_factory=Facts)
    used: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The memory as JSON."""
        data = {**self.__dict__, "facts": [asdict(fact) for fact in self.facts]}
        return {**data, "course": list(self.course), "used": {name: list(ids) for name, ids in self.used.items()}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Memory:
        """The memory read back; what an older version did not keep has its default."""
        known = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        known["course"] = tuple(known.get("course", ()))
        known["facts"] = Facts(tuple(Fact(**row) for row in known.get("facts", ())))
        known["used"] = {name: tuple(ids) for name, ids in known.get("used", {}).items()}
        return cls(**known)


@dataclass(frozen=True)
class Dossier:
    """All that is known when a turn begins; `incoming` are the messages it must answer, oldest first.

    `known` are the facts that the customer has told elsewhere: in other conversations, on any channel.
    """

    conversation_id: int
    public_id: str
    channel: str
    state: ConversationState
    customer_id: int
    customer_name: str | None
    incoming: tuple[Incoming, ...]
    memory: Memory
    cases: tuple[Case, ...] = ()
    promises: tuple[Promise, ...] = ()
    tracker_state: Mapping[str, Any] | None = None
    last_texts: tuple[str, ...] = ()
    known: Facts = field(default_factory=Facts)

    @property
    def open_cases(self) -> tuple[Case, ...]:
        """The customer's open cases, the one touched last at the end."""
        return tuple(case for case in self.cases if case.is_open)
