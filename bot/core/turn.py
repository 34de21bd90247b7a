"""One turn while it is being decided: what is known, what was understood, what we are going to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from bot.core.back_office import BackOffice, NoBackOffice
from bot.core.brand import Brand
from bot.core.case import Case
from bot.core.conversation import ConversationState, Dossier, Memory
from bot.core.facts import Fact, Facts
from bot.core.outcome import HandoffRequest
from bot.core.ports import Answers, NoAnswers
from bot.core.promise import Promise
from bot.core.signals import Signals


class Phrases(Protocol):
    """Fragments of sentences by name, from the response catalogue."""

    def __call__(self, name: str, **values: str) -> str:
        """The fragment with its placeholders filled."""
        ...


@dataclass(frozen=True)
class Part:
    """One part of an answer: a response of the catalogue and what fills its placeholders.

    With `goes_on` it continues the paragraph of the part before.
    """

    response: str
    values: Mapping[str, str] = field(default_factory=dict)
    goes_on: bool = False


class Turn:
    """The working copy that actions and services change; it becomes an outcome when the turn ends."""

    def __init__(
        self,
        dossier: Dossier,
        *,
        signals: Signals,
        brand: Brand,
        now: datetime,
        phrases: Phrases,
        answers: Answers | None = None,
        back_office: BackOffice | None = None,
    ) -> None:
        self.dossier = dossier
        self.signals = signals
        self.brand = brand
        self.now = now
        self.phrases = phrases
        self.answers = answers or NoAnswers()
        self.back_office = back_office or NoBackOffice()
        self.memory: Memory = dossier.memory
        self.state: ConversationState = dossier.state
        self.tone = "warm"
        self.cases: dict[str, Case] = {case.code: case for case in dossier.cases}
        self.changed: dict[str, Case] = {}
        self.promises: list[tuple[Promise, datetime]] = []
        self.handoff: HandoffRequest | None = None
        self.learned: tuple[Fact, ...] = ()
        self.understood = True

    @property
    def facts(self) -> Facts:
        """Everything the customer has told in this conversation."""
        return self.memory.facts

    @property
    def text(self) -> str:
        """The story: the waiting messages, one a line."""
        return "\n".join(message.text for message in self.dossier.incoming)

    @property
    def attachments(self) -> tuple[Mapping[str, Any], ...]:
        """The files that came with the waiting messages, oldest first, each as its message carries it."""
        return tuple(file for message in self.dossier.incoming for file in message.extra.get("attachments") or ())

    @property
    def is_only_attachments(self) -> bool:
        """Whether files came and not one word with them."""
        return bool(self.attachments) and self.signals.kind == "empty"

    @property
    def temperature(self) -> int:
        """How the customer feels (0-4): as heard, or as before when they sent files alone, which say nothing of it."""
        before = max(self.dossier.memory.course[-1:], default=0)
        return before if self.is_only_attachments else self.signals.temperature

    @property
    def address(self) -> str:
        """How this customer is spoken to, `tu` or `lei`: as they asked, else as the brand does."""
        return self.memory.address or self.brand.address

    def remember(self, **changes: object) -> None:
        """Change what the bot keeps in mind."""
        self.memory = replace(self.memory, **changes)  # type: ignore[arg-type]

    def learn(self, said: Iterable[Fact]) -> None:
        """Take in facts; `learned` then holds those that are new."""
        facts, self.learned = self.memory.facts.learn(said)
        self.remember(facts=facts)

    def put(self, case: Case) -> None:
        """Open or change a case."""
        self.cases[case.code] = case
        self.changed[case.code] = case

    def open_cases(self) -> tuple[Case, ...]:
        """The customer's open cases, the one touched last at the end."""
        return tuple(case for case in self.cases.values() if case.is_open)

    def case_for(self, category: str) -> Case | None:
        """The open case of this category, the one touched last."""
        return next((case for case in reversed(self.open_cases()) if case.category == category), None)

    def promise(self, made: Promise, *, next_update: datetime) -> None:
        """Make a promise; the customer hears from us at `next_update` (UTC) even without news."""
        self.promises.append((made, next_update))

    def owed(self, case_code: str | None) -> Promise | None:
        """The promise that stands for a case (or, without one, for the conversation)."""
        made = [promise for promise, _ in self.promises]
        standing = [*self.dossier.promises, *made]
        return next((promise for promise in standing if promise.case_code == case_code and promise.is_owed), None)

    def ask_for_human(self, reason: str) -> None:
        """Put the conversation in the operators' queue, unless it is there or with one already."""
        if self.state is ConversationState.BOT:
            self.state = ConversationState.WAITING
            self.handoff = HandoffRequest(reason)


_current: ContextVar[Turn] = ContextVar("turn")


def current_turn() -> Turn | None:
    """The turn being decided in this thread, if there is one."""
    return _current.get(None)


@contextmanager
def deciding(turn: Turn) -> Iterator[Turn]:
    """Make a turn the current one for as long as the block lasts."""
    token = _current.set(turn)
    try:
        yield turn
    finally:
        _current.reset(token)
