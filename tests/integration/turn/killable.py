"""A service that dies at a chosen step of the turn: `python killable.py DATABASE STEP`.

STEP is `received`, `loaded`, `thought`, `statement:N` (the N-th statement of the commit), `committed` or `none`. With
`none` it answers whatever still waits, as a restarted service does.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import event

from bot.core.conversation import Dossier
from bot.core.outcome import Outcome
from bot.core.ports import StoredMessage
from bot.services.answer import Answerer
from bot.services.live import LiveHub
from bot.storage.engine import open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.migrate import migrate
from bot.storage.turns import SqlTurns
from tests.fakes import FakeClock, FakeMind

MESSAGE_ID = "6f1d7a9e-0000-4000-8000-000000000001"


def die() -> None:
    """Leave like a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingTurns(SqlTurns):
    def __init__(self, engine, step: str) -> None:
        super().__init__(engine)
        self._dying_engine = engine
        self._step = step

    def load(self, conversation_id: int) -> Dossier | None:
        dossier = super().load(conversation_id)
        if self._step == "loaded":
            die()
        return dossier

    def commit(self, conversation_id: int, outcome: Outcome) -> Sequence[StoredMessage]:
        if self._step.startswith("statement:"):
            _die_at_statement(self._dying_engine, int(self._step.split(":")[1]))
        sent = super().commit(conversation_id, outcome)
        if self._step == "committed":
            die()
        return sent


class DyingMind(FakeMind):
    def __init__(self, step: str) -> None:
        super().__init__()
        self._step = step

    def think(self, dossier: Dossier, *, now: datetime) -> Outcome:
        outcome = super().think(dossier, now=now)
        if self._step == "thought":
            die()
        return outcome


def _die_at_statement(engine, number: int) -> None:
    seen = 0

    @event.listens_for(engine, "after_cursor_execute")
    def _count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            die()


def main(database: str, step: str) -> None:
    engine = open_engine(f"sqlite:///{database}")
    migrate(engine)
    clock, turns = FakeClock(), DyingTurns(engine, step)
    inbox = SqlInbox(engine)
    if step != "none":
        thread = inbox.open_thread("web", "visitor", name=None, locale="it", at=clock.now())
        inbox.receive(thread.conversation_id, MESSAGE_ID, "dov'è il mio divano?", at=clock.now(), extra={})
        if step == "received":
            die()
    answerer = Answerer(turns=turns, mind=DyingMind(step), live=LiveHub(), clock=clock, honest={"tu": ["..."]})
    for conversation_id in turns.waiting():
        answerer.answer(conversation_id)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
