"""A console on a real database, with customers who have things to say; for the console's tests and for looking at it.

Everything is written through the same storage that the bot uses, so that what the pages show is what a bot leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from fastapi import FastAPI
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.console.deps import ConsoleDeps
from bot.console.router import console_router
from bot.core.case import Case, CaseState
from bot.core.conversation import ConversationState, Memory
from bot.core.facts import Fact, Facts
from bot.core.outcome import HandoffRequest, Outcome, Reply
from bot.core.ports import Clock
from bot.core.promise import Promise
from bot.core.signals import Entity, Signals, Triage
from bot.services.attachments import Attachments
from bot.storage.attachment_files import FolderFiles
from bot.storage.attachments import SqlAttachments
from bot.storage.audit import SqlAudit
from bot.storage.console import SqlConversations
from bot.storage.console_cases import SqlCases
from bot.storage.engine import open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.login_failures import SqlLoginFailures
from bot.storage.operator_sessions import SqlOperatorSessions
from bot.storage.operators import SqlOperators, ensure_admin
from bot.storage.tables import message, metadata
from bot.storage.turns import SqlTurns

EMAIL, PASSWORD = "marta@example.com", "una password lunga e tranquilla"
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=timezone.utc)
STORIES = Path(__file__).with_name("desk.yml")


class RealClock:
    """The time as it is, for a console that somebody looks at."""

    def now(self) -> datetime:
        return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Said:
    """A customer's message with what the bot heard, and the answer it gave (none: not answered yet)."""

    text: str
    answer: str | None = None
    signals: Signals = field(default_factory=lambda: Signals("greet", 0.93))
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    """What the last answered turn of a conversation leaves behind."""

    state: ConversationState = ConversationState.BOT
    reason: str | None = None
    case: Case | None = None
    promise: Promise | None = None


class Desk:
    """The database behind a console."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._inbox, self._turns = SqlInbox(engine), SqlTurns(engine)
        self._people = 0

    def conversation(
        self,
        *said: Said | str,
        name: str | None = None,
        channel: str = "web",
        at: datetime = NOW,
        person: str | None = None,
        **ending: Any,
    ) -> str:
        """A conversation whose messages come a minute apart, the last one at `at`; returns its public id.

        Text alone is answered with a word. `ending` is what the last turn leaves: see Ending.
        """
        self._people += 1
        story = [one if isinstance(one, Said) else Said(one, "Va bene.") for one in said]
        began = at - timedelta(minutes=len(story) - 1)
        person = person or f"person-{self._people}"
        thread = self._inbox.open_thread(channel, person, name=name, locale="it", at=began)
        turns = [number for number, one in enumerate(story) if one.answer is not None]
        for number, one in enumerate(story):
            moment = began + timedelta(minutes=number)
            external = f"{thread.public_id[:20]}-{number}-{moment.timestamp():.0f}"
            self._inbox.receive(thread.conversation_id, external, one.text, at=moment, extra={})
            if one.answer is not None:
                last = Ending(**ending) if number == turns[-1] else Ending()
                self._answer(thread.conversation_id, one, moment, last)
        return thread.public_id

    def _answer(self, conversation_id: int, said: Said, at: datetime, ending: Ending) -> None:
        dossier = self._turns.load(conversation_id)
        assert dossier is not None
        ids = tuple(one.id for one in dossier.incoming)
        outcome = Outcome(
            answered=ids,
            at=at + timedelta(seconds=2),
            memory=_remembering(dossier.memory, said.signals),
            state=ending.state,
            replies=(Reply(said.answer or "", tuple({"title": one, "payload": one} for one in said.buttons)),),
            signals={ids[-1]: said.signals},
            cases=(ending.case,) if ending.case else (),
            promises=((ending.promise, ending.promise.due),) if ending.promise else (),
            handoff=HandoffRequest(ending.reason) if ending.reason else None,
            temperature=said.signals.temperature,
            verdict=said.signals.triage.verdict,
        )
        sent = self._turns.commit(conversation_id, outcome)
        with self.engine.begin() as session:
            delivered = update(message).where(message.c.public_id.in_([reply.id for reply in sent]))
            session.execute(delivered.values(status="sent"))


def fill(desk: Desk, now: datetime) -> dict[str, str]:
    """The stories of desk.yml as if they had happened before `now`; public ids by the story's id."""
    stories = yaml.safe_load(STORIES.read_text("utf-8"))
    return {story["id"]: _tell(desk, story, now) for story in stories}


def heard(said: dict[str, Any]) -> Signals:
    """The signals of a message of desk.yml; each fact lies where it stands in the text."""
    text, confidence = said["text"], said.get("confidence", 0.91)
    intent = said.get("intent", "greet")
    facts = [(name, written, text.index(written)) for name, written in said.get("facts", {}).items()]
    return Signals(
        intent,
        confidence,
        ranking=((intent, confidence), ("give_details", 1 - confidence)),
        entities=tuple(Entity(name, written, at, at + len(written), written) for name, written, at in facts),
        triage=Triage(said.get("verdict", "need"), 0.08 if "verdict" in said else 0.97, tuple(said.get("reasons", ()))),
        temperature=said.get("temperature", 0),
        severity=tuple(said.get("severity", ())),
        threats=tuple(said.get("threats", ())),
        irony=said.get("irony", 0.0),
    )


def a_case(code: str, *, category: str = "complaint_refund", opened: datetime = NOW, **changes: Any) -> Case:
    """A case with its first event."""
    return replace(Case(code=code, category=category, opened=opened).with_event("opened", at=opened), **changes)


def an_engine(path: Path) -> Engine:
    """A fresh database in a file, with an administrator who can sign in."""
    engine = open_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    ensure_admin(engine, email=EMAIL, password=PASSWORD, at=NOW)
    return engine


def console_deps(engine: Engine, clock: Clock, **changes: Any) -> ConsoleDeps:
    """The console's parts on a database."""
    deps = ConsoleDeps(
        conversations=SqlConversations(engine),
        cases=SqlCases(engine),
        operators=SqlOperators(engine),
        sessions=SqlOperatorSessions(engine),
        failures=SqlLoginFailures(engine),
        audit=SqlAudit(engine),
        attachments=attachments_of(engine, clock),
        clock=clock,
        zone=ZoneInfo("Europe/Rome"),
        brand_name="Casa Serena",
    )
    return replace(deps, **changes)


def attachments_of(engine: Engine, clock: Clock) -> Attachments:
    """The customers' files, kept beside the database."""
    files = FolderFiles(Path(str(engine.url.database)).parent / "attachments")
    return Attachments(book=SqlAttachments(engine), files=files, clock=clock, limit=1024 * 1024)


def console_app(deps: ConsoleDeps) -> FastAPI:
    """A service with nothing but the console."""
    app = FastAPI(openapi_url=None)
    app.include_router(console_router(deps))
    return app


def _tell(desk: Desk, story: dict[str, Any], now: datetime) -> str:
    case = _case_of(story, now)
    promise = None
    if "due" in story and case:
        due = now + timedelta(minutes=story["due"])
        promise = Promise(case.category, "utter_promise", due, min(case.opened, due - timedelta(minutes=1)), case.code)
    said = [Said(one["text"], one.get("answer"), heard(one), tuple(one.get("buttons", ()))) for one in story["said"]]
    return desk.conversation(
        *said,
        name=story.get("name"),
        channel=story.get("channel", "web"),
        at=now - timedelta(minutes=story["ago"]),
        state=ConversationState(story.get("state", "bot")),
        reason=story.get("reason"),
        case=case,
        promise=promise,
    )


def _case_of(story: dict[str, Any], now: datetime) -> Case | None:
    told = story.get("case")
    if told is None:
        return None
    return a_case(
        told["code"],
        category=told["category"],
        opened=now - timedelta(minutes=told["ago"]),
        state=CaseState(told.get("state", "open")),
        severity=tuple(told.get("severity", ())),
        facts=Facts(tuple(Fact(name, value, value) for name, value in told["facts"].items())),
    )


def _remembering(memory: Memory, signals: Signals) -> Memory:
    learned, _ = memory.facts.learn(Fact(one.entity, one.value, one.value) for one in signals.entities)
    return replace(memory, course=(*memory.course, signals.temperature), facts=learned)
