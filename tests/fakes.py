"""Hand-written fakes shared by the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.brand import Brand, PromiseRule
from bot.core.case import Case
from bot.core.conversation import ConversationState, Dossier, Incoming, Memory
from bot.core.errors import Unavailable
from bot.core.opening_hours import OpeningHours
from bot.core.outcome import Outcome, Reply
from bot.core.ports import AlreadyAnswered, StoredMessage
from bot.core.signals import Signals
from bot.core.turn import Turn

MONDAY_MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
ROME = ZoneInfo("Europe/Rome")


class FakeClock:
    """A clock that stands still until told otherwise."""

    def __init__(self, now: datetime = MONDAY_MORNING) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def advance(self, **delta: float) -> None:
        self.time += timedelta(**delta)


class FakeMind:
    """Answers everything with its own words back, or fails when told to."""

    def __init__(self, *, failing: bool = False) -> None:
        self.failing = failing
        self.thought: list[Dossier] = []

    def think(self, dossier: Dossier, *, now: datetime) -> Outcome:
        self.thought.append(dossier)
        if self.failing:
            raise Unavailable("brain_failed", reason="told to")
        text = "\n".join(message.text for message in dossier.incoming)
        return Outcome(
            answered=tuple(message.id for message in dossier.incoming),
            at=now,
            memory=replace(dossier.memory, turns=dossier.memory.turns + 1),
            state=dossier.state,
            found=dossier.state,
            replies=(Reply(f"Hai detto: {text}"),),
            signals={message.id: a_signal() for message in dossier.incoming},
            tracker_state={"events": []},
            tracker_events=({"event": "user"},),
        )

    def annotate(self, dossier: Dossier) -> Mapping[int, Signals]:
        return {message.id: a_signal() for message in dossier.incoming}


class FakeTurns:
    """One conversation in memory."""

    def __init__(self, dossier: Dossier | None, *, taken: bool = False) -> None:
        self.dossier = dossier
        self.taken = taken
        self.committed: list[Outcome] = []
        self.failures: list[Exception] = []

    def waiting(self) -> Sequence[int]:
        return [self.dossier.conversation_id] if self.dossier else []

    def load(self, conversation_id: int) -> Dossier | None:
        return self.dossier

    def commit(self, conversation_id: int, outcome: Outcome) -> Sequence[StoredMessage]:
        if self.taken:
            raise AlreadyAnswered
        if self.failures:
            raise self.failures.pop(0)
        self.committed.append(outcome)
        self.dossier = None
        return [
            StoredMessage(number, f"id-{number}", "bot", reply.text, outcome.at)
            for number, reply in enumerate(outcome.replies, 2)
        ]


class FakeLive:
    """Remembers what was announced."""

    def __init__(self) -> None:
        self.events: list[tuple[int, str, Mapping[str, Any]]] = []

    def publish(self, conversation_id: int, event: str, data: Mapping[str, Any]) -> None:
        self.events.append((conversation_id, event, data))

    def kinds(self) -> list[str]:
        return [kind for _, kind, _ in self.events]


def fake_phrases(name: str, **values: str) -> str:
    """Fragments that show their name and values, so that a test sees what was asked for."""
    short = name.removeprefix("utter_part_")
    return {"and": " e ", "comma": ", ", "or": " o "}.get(short) or "|".join((short, *values.values()))


def a_brand(**changes: Any) -> Brand:
    """A brand open on weekdays from 9 to 18 in Rome that answers within four hours."""
    day = ((time(9), time(18)),)
    hours = OpeningHours(week=dict.fromkeys(range(5), day), zone=ROME, is_holiday=is_holiday)
    rule = PromiseRule(timedelta(hours=4), timedelta(hours=1))
    brand = Brand(
        name="Casa Prova",
        bot_name="Prova",
        url="https://prova.example",
        hours=hours,
        promises={"default": rule},
        details_wanted={"default": ("order_number",), "complaint_missed_appointment": ("order_number", "date")},
    )
    return replace(brand, **changes)


def is_holiday(day: date) -> bool:
    """8 December is the only holiday here."""
    return (day.month, day.day) == (12, 8)


def a_signal(intent: str = "complaint_delivery_delay", **changes: Any) -> Signals:
    """The signals of a calm complaint."""
    return replace(Signals(intent=intent, confidence=0.9, ranking=((intent, 0.9),)), **changes)


def a_dossier(*texts: str, **changes: Any) -> Dossier:
    """A conversation in which these messages wait."""
    incoming = tuple(
        Incoming(number, number, text, MONDAY_MORNING) for number, text in enumerate(texts or ("ciao",), 1)
    )
    dossier = Dossier(
        conversation_id=1,
        public_id="c-1",
        channel="web",
        state=ConversationState.BOT,
        customer_id=1,
        customer_name=None,
        incoming=incoming,
        memory=Memory(),
    )
    return replace(dossier, **changes)


def a_turn(*texts: str, signals: Signals | None = None, brand: Brand | None = None, **changes: Any) -> Turn:
    """A turn about to be decided."""
    return Turn(
        a_dossier(*texts, **changes),
        signals=signals or a_signal(),
        brand=brand or a_brand(),
        now=MONDAY_MORNING,
        phrases=fake_phrases,
    )


def a_case(code: str = "TSVZ79SS5", *, category: str = "complaint_delivery_delay", **changes: Any) -> Case:
    """An open case."""
    return replace(Case(code, category, MONDAY_MORNING), **changes)


class FakeAnswers:
    """Knows exactly these questions."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    def best(self, question: str) -> str | None:
        return self._known.get(question)
