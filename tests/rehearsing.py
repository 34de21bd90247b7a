"""Performances made by hand, for the tests of rehearsals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.ports import StoredMessage
from bot.core.record import Record, RecordedMessage, SaidPart
from bot.core.signals import Entity, Signals
from bot.services.rehearsal.playing import Performance
from bot.services.rehearsal.scenario import Move, Scenario
from bot.services.rehearsal.stage import Exchange
from tests.fakes import MONDAY_MORNING, a_signal

CALM = a_signal()


def a_scenario(*texts: str, **changes: Any) -> Scenario:
    """A customer who writes these on the web, each text answered before the next."""
    scenario = Scenario("prova", "web", tuple(Move((text,), "web") for text in texts or ("ciao",)))
    return replace(scenario, **changes)


def heard(text: str, *, minute: int = 0, signals: Signals | None = CALM, **changes: Any) -> RecordedMessage:
    """A customer's message; with `signals` None nobody has read it."""
    at = MONDAY_MORNING + timedelta(minutes=minute)
    message = RecordedMessage(f"c{minute}", "web", "customer", text, at, signals=signals)
    return replace(message, **changes)


def said(text: str, *, minute: int = 0, response: str = "", **changes: Any) -> RecordedMessage:
    """A message of the bot; with `response` it is known where the words come from."""
    at = MONDAY_MORNING + timedelta(minutes=minute)
    parts = (SaidPart(response, text),) if response else ()
    known = {"tone": "warm", "verdict": "need", "parts": parts}
    return replace(RecordedMessage(f"b{minute}", "web", "bot", text, at), **{**known, **changes})


def states(**facts: str) -> Signals:
    """The signals of a message that states these facts."""
    return a_signal(entities=tuple(Entity(name, value, 0, len(value), value) for name, value in facts.items()))


def a_performance(*messages: RecordedMessage, expect: dict[str, Any] | None = None, **known: Any) -> Performance:
    """A performance in which each customer's message got the bot's answer of the same minute, if there is one."""
    ids = {message.id for message in messages}
    numbers = [message.id[1:] for message in messages if message.author == "customer"]
    exchanges = tuple(Exchange((f"c{n}",), (f"b{n}",) if f"b{n}" in ids else ()) for n in numbers)
    last = max((message.at for message in messages), default=MONDAY_MORNING)
    return Performance(
        scenario=a_scenario(expect=expect or {}),
        exchanges=exchanges,
        record=Record(messages, **known),
        began=MONDAY_MORNING,
        ended=last,
        seconds=0.1,
    )


@dataclass
class FakeLine:
    """A service that answers each message at once with its own words back, unless it is told to be silent."""

    conversation: str = "c-1"
    silent: bool = False
    state: str = "bot"
    log: list[StoredMessage] = field(default_factory=list)

    def send(self, message_id: str, text: str) -> None:
        self._add("customer", text, message_id)
        if not self.silent:
            self._add("bot", f"Hai detto: {text}", f"answer-{message_id}")

    def word(self, text: str) -> None:
        """Write by ourselves about a promise."""
        self._add("bot", text, f"word-{len(self.log)}", {"meta": {"promise": 1}})

    def read(self, *, after: int) -> tuple[Sequence[StoredMessage], str]:
        return self.log[after:], self.state

    def _add(self, author: str, text: str, message_id: str, extra: dict[str, Any] | None = None) -> None:
        self.log.append(StoredMessage(len(self.log) + 1, message_id, author, text, MONDAY_MORNING, extra or {}))


class FakeStage:
    """A stage that notes what was played on it."""

    moves_time = True

    def __init__(self) -> None:
        self.time: datetime = MONDAY_MORNING
        self.played: list[Any] = []
        self.notes = ["a note"]

    def now(self) -> datetime:
        return self.time

    def say(self, texts: Sequence[str], *, channel: str) -> Exchange:
        self.played.append((channel, tuple(texts)))
        number = len(self.played)
        return Exchange((f"c{number}",), (f"b{number}",))

    def pass_time(self, pause: timedelta) -> None:
        self.played.append(pause)
        self.time += pause

    def record(self) -> Record:
        return Record(())
