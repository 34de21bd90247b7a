"""A database with as many conversations as years of care leave, written at once and kept in the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.engine import Connection, Engine

from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from bot.storage.tables import case, conversation, customer, handoff, message

Rows = list[dict[str, Any]]

EACH = 10
"""Messages of a conversation, customer and bot in turn."""

_STATES = ("bot", "closed", "human", "closed")
_WAITS = 97  # every so many conversations one waits for a human
_STEPS = 100
_MIGRATIONS = Path("bot/storage/migrations/versions")


def filled_database(cache: Path, *, messages: int, texts: Sequence[str], advance: Callable[[], None]) -> Path:
    """The database with so many messages; `advance` is called a hundred times while it is being written."""
    kept = cache / f"inbox-{messages}-{_fingerprint()}.db"
    if not kept.exists():
        fresh = cache / f".inbox-{os.getpid()}.db"
        _fill(fresh, conversations=messages // EACH, texts=texts, advance=advance)
        os.replace(fresh, kept)
    return kept


def _fill(path: Path, *, conversations: int, texts: Sequence[str], advance: Callable[[], None]) -> None:
    engine = open_engine(f"sqlite:///{path}")
    try:
        migrate(engine)
        now = datetime.now(timezone.utc)
        with _without_triggers(engine):
            for step in range(_STEPS):
                ids = range(step * conversations // _STEPS + 1, (step + 1) * conversations // _STEPS + 1)
                _add(engine, ids, texts, newest=now, last=conversations)
                advance()
        with engine.begin() as session:
            session.execute(text("INSERT INTO message_words(message_words) VALUES ('rebuild')"))
            session.execute(text("ANALYZE"))
    finally:
        engine.dispose()  # the last connection takes the write-ahead log with it


def _add(engine: Engine, ids: range, texts: Sequence[str], *, newest: datetime, last: int) -> None:
    moments = {one: newest - timedelta(minutes=last - one) for one in ids}
    with engine.begin() as session:
        _insert(session, customer, [{"id": one, "name": None, "created": moments[one]} for one in ids])
        _insert(session, conversation, [_conversation(one, moments[one]) for one in ids])
        _insert(
            session, message, [_message(one, seq, moments[one], texts) for one in ids for seq in range(1, EACH + 1)]
        )
        _insert(session, case, [_case(one, moments[one]) for one in ids if one % 2])
        _insert(session, handoff, [_handoff(one, moments[one]) for one in ids if _state(one) == "waiting"])


def _insert(session: Connection, table: Any, rows: Rows) -> None:
    if rows:
        session.execute(insert(table), rows)


def _state(one: int) -> str:
    return _STATES[one % len(_STATES)] if one % _WAITS else "waiting"


def _conversation(one: int, at: datetime) -> dict[str, Any]:
    times = {"created": at, "updated": at}
    fixed = {"channel": "web", "last_seq": EACH, "memory": {}, "temperature": one % 5, "verdict": "need"}
    return {"id": one, "public_id": f"c-{one}", "customer_id": one, "state": _state(one), **times, **fixed}


def _message(one: int, seq: int, at: datetime, texts: Sequence[str]) -> dict[str, Any]:
    return {
        "conversation_id": one,
        "seq": seq,
        "public_id": f"m-{one}-{seq}",
        "author": "customer" if seq % 2 else "bot",
        "text": texts[(one * EACH + seq) % len(texts)],
        "status": "processed" if seq % 2 else "sent",
        "at": at,
    }


def _case(one: int, at: datetime) -> dict[str, Any]:
    fixed = {"category": "complaint_refund", "state": "open", "severity": [], "facts": [], "asked": []}
    return {"customer_id": one, "conversation_id": one, "code": f"T{one:08}", "opened": at, "updated": at, **fixed}


def _handoff(one: int, at: datetime) -> dict[str, Any]:
    return {"conversation_id": one, "reason": "asked", "context": {}, "requested": at}


@contextmanager
def _without_triggers(engine: Engine) -> Iterator[None]:
    """Let a mass of rows in without work at each; what the triggers would do is the caller's business."""
    with engine.begin() as session:
        triggers = session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _ in triggers:
            session.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    with engine.begin() as session:
        for _, statement in triggers:
            session.exec_driver_sql(statement)


def _fingerprint() -> str:
    digest = sha256(Path(__file__).read_bytes())
    for path in sorted(_MIGRATIONS.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
