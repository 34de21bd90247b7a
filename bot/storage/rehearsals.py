"""What a rehearsal does behind the public API: reads a customer's record and the next word owed, joins customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.conversation import Memory
from bot.core.facts import Facts
from bot.core.promise import Promise
from bot.core.record import Record, RecordedHandoff, RecordedMessage, SaidPart
from bot.core.signals import NEED, Signals
from bot.core.tone import WARM
from bot.storage import records
from bot.storage.guard import unavailable_when_down
from bot.storage.tables import case, conversation, customer, handoff, identity, message, promise, tracker_event
from bot.storage.turns import load_cases

_OWED = ("open", "updated")


class SqlRehearsals:
    """Rehearsals' view of the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def record(self, public_id: str) -> Record | None:
        """All that happened with the customer of a conversation, on every channel; None for an unknown conversation."""
        with self._engine.connect().execution_options(read_only=True) as session:
            owner = _owner(session, public_id)
            return None if owner is None else _record(session, owner)

    @unavailable_when_down
    def next_word(self, *, by: datetime) -> datetime | None:
        """When somebody next hears from us about a promise, if that is not later than `by` (UTC)."""
        query = select(func.min(promise.c.next_update)).where(promise.c.state.in_(_OWED), promise.c.next_update <= by)
        with self._engine.connect().execution_options(read_only=True) as session:
            found: datetime | None = session.execute(query).scalar_one_or_none()
            return found

    @unavailable_when_down
    def join(self, public_id: str, other: str) -> None:
        """Make the customer of the other conversation, who has just arrived, the same as that of the first one."""
        with self._engine.begin() as session:
            first, second = _owner(session, public_id), _owner(session, other)
            if second in (first, None):
                return
            for table in (identity, conversation):
                session.execute(update(table).where(table.c.customer_id == second).values(customer_id=first))
            session.execute(delete(customer).where(customer.c.id == second))


@dataclass
class _Answer:
    """What the tracker tells of one turn's answer."""

    tone: str
    verdict: str
    parts: list[SaidPart] = field(default_factory=list)


def _owner(session: Connection, public_id: str) -> int | None:
    query = select(conversation.c.customer_id).where(conversation.c.public_id == public_id)
    found: int | None = session.execute(query).scalar_one_or_none()
    return found


def _record(session: Connection, owner: int) -> Record:
    talks = session.execute(
        select(conversation).where(conversation.c.customer_id == owner).order_by(conversation.c.updated)
    ).all()
    channels = {row.id: row.channel for row in talks}
    answers = _answers(session, channels)
    rows = session.execute(select(message).where(message.c.conversation_id.in_(channels)).order_by(message.c.id))
    return Record(
        messages=tuple(_message(row, channels[row.conversation_id], answers) for row in rows),
        cases=load_cases(session, owner),
        promises=_promises(session, channels),
        handoffs=_handoffs(session, channels),
        facts=_facts(talks),
    )


def _answers(session: Connection, talks: Iterable[int]) -> Mapping[tuple[int, datetime], _Answer]:
    """By conversation and instant, how the turn of that instant sounded; slots keep their value until they change."""
    found: dict[tuple[int, datetime], _Answer] = {}
    slots: dict[int, dict[str, str]] = {}
    query = select(tracker_event).where(tracker_event.c.conversation_id.in_(talks)).order_by(tracker_event.c.id)
    for row in session.execute(query):
        event, now = row.event, slots.setdefault(row.conversation_id, {"tone": WARM, "verdict": NEED})
        if event["event"] == "slot" and event["name"] in now:
            now[event["name"]] = event["value"]
        elif event["event"] == "bot":
            answer = found.setdefault((row.conversation_id, row.at), _Answer(now["tone"], now["verdict"]))
            response = str((event.get("metadata") or {}).get("utter_action") or "")
            answer.parts.append(SaidPart(response, str(event.get("text") or "")))
    return found


def _message(row: Row, channel: str, answers: Mapping[tuple[int, datetime], _Answer]) -> RecordedMessage:
    answer = answers.get((row.conversation_id, row.at)) if row.author == "bot" and row.answers is not None else None
    return RecordedMessage(
        id=row.public_id,
        channel=channel,
        author=row.author,
        text=row.text,
        at=row.at,
        meta=(row.extra or {}).get("meta") or {},
        signals=Signals.from_dict(row.signals) if row.signals else None,
        tone=answer.tone if answer else None,
        verdict=answer.verdict if answer else None,
        parts=tuple(answer.parts) if answer else (),
    )


def _promises(session: Connection, talks: Iterable[int]) -> tuple[Promise, ...]:
    query = (
        select(promise, case.c.code)
        .outerjoin(case, case.c.id == promise.c.case_id)
        .where(promise.c.conversation_id.in_(talks))
        .order_by(promise.c.id)
    )
    return tuple(records.promise(row) for row in session.execute(query))


def _handoffs(session: Connection, talks: Iterable[int]) -> tuple[RecordedHandoff, ...]:
    query = select(handoff).where(handoff.c.conversation_id.in_(talks)).order_by(handoff.c.id)
    return tuple(RecordedHandoff(row.reason, row.requested) for row in session.execute(query))


def _facts(talks: Sequence[Row]) -> Facts:
    """Everything told in all conversations, what was said in the one used last at the end."""
    facts = Facts()
    for row in talks:
        facts, _ = facts.learn(Memory.from_dict(row.memory or {}).facts)
    return facts
