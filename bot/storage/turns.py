"""Turns: read everything known, write everything decided, once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.case import Case
from bot.core.conversation import ConversationState, Dossier, Memory
from bot.core.facts import Facts
from bot.core.outcome import Outcome
from bot.core.ports import AlreadyAnswered, Overtaken, StoredMessage
from bot.core.promise import Promise
from bot.storage import records
from bot.storage.guard import unavailable_when_down
from bot.storage.messages import add_message
from bot.storage.tables import (
    case,
    case_event,
    conversation,
    customer,
    handoff,
    message,
    promise,
    tracker_event,
    tracker_state,
)

_RECENT = 6
_OTHER_CONVERSATIONS = 5
_FETCHED = ("web",)  # channels whose clients fetch their messages; the others are delivered to
_OWED = ("open", "updated")


class SqlTurns:
    """`Turns` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def waiting(self) -> Sequence[int]:
        """Conversations with unanswered messages, longest waiting first."""
        query = (
            select(message.c.conversation_id)
            .where(message.c.status == "received")
            .group_by(message.c.conversation_id)
            .order_by(func.min(message.c.id))
        )
        with self._engine.connect().execution_options(read_only=True) as session:
            return list(session.execute(query).scalars())

    @unavailable_when_down
    def load(self, conversation_id: int) -> Dossier | None:
        """All that is known about a conversation whose customer waits for an answer; None when nobody waits."""
        with self._engine.connect().execution_options(read_only=True) as session:
            incoming = _incoming(session, conversation_id)
            if not incoming:
                return None
            row = session.execute(_conversation_query(conversation_id)).one()
            state = session.execute(
                select(tracker_state.c.state).where(tracker_state.c.conversation_id == conversation_id)
            ).scalar_one_or_none()
            return Dossier(
                conversation_id=row.id,
                public_id=row.public_id,
                channel=row.channel,
                state=ConversationState(row.state),
                customer_id=row.customer_id,
                customer_name=row.name,
                incoming=tuple(records.incoming(item) for item in incoming),
                memory=Memory.from_dict(row.memory or {}),
                cases=load_cases(session, row.customer_id),
                promises=load_promises(session, row.customer_id),
                tracker_state=state,
                last_texts=_last_texts(session, conversation_id),
                known=_told_elsewhere(session, conversation_id, row.customer_id),
            )

    @unavailable_when_down
    def commit(self, conversation_id: int, outcome: Outcome) -> Sequence[StoredMessage]:
        """Write an outcome in one transaction, or nothing: AlreadyAnswered when a message has its answer.

        Overtaken when an operator, or a promise that was late, changed the conversation's state meanwhile.
        """
        with self._engine.begin() as session:
            _check_state(session, conversation_id, outcome)
            _mark_answered(session, outcome)
            cases = _save_cases(session, conversation_id, outcome)
            _save_promises(session, conversation_id, outcome, cases)
            _save_handoff(session, conversation_id, outcome)
            _save_tracker(session, conversation_id, outcome)
            sent = _save_replies(session, conversation_id, outcome)
            _save_conversation(session, conversation_id, outcome)
            return sent


def load_cases(session: Connection, customer_id: int) -> tuple[Case, ...]:
    """A customer's cases with their history, the one touched last at the end."""
    rows = session.execute(select(case).where(case.c.customer_id == customer_id).order_by(case.c.updated)).all()
    if not rows:
        return ()
    events: dict[int, list[Row]] = defaultdict(list)
    query = select(case_event).where(case_event.c.case_id.in_([row.id for row in rows])).order_by(case_event.c.id)
    for event in session.execute(query):
        events[event.case_id].append(event)
    return tuple(records.case(row, events[row.id]) for row in rows)


def load_promises(session: Connection, customer_id: int) -> tuple[Promise, ...]:
    """The promises still owed to a customer, the one due first at the beginning."""
    query = (
        select(promise, case.c.code)
        .join(conversation, conversation.c.id == promise.c.conversation_id)
        .outerjoin(case, case.c.id == promise.c.case_id)
        .where(conversation.c.customer_id == customer_id, promise.c.state.in_(_OWED))
        .order_by(promise.c.due)
    )
    return tuple(records.promise(row) for row in session.execute(query))


def _incoming(session: Connection, conversation_id: int) -> list[Row]:
    query = (
        select(message)
        .where(message.c.conversation_id == conversation_id, message.c.status == "received")
        .order_by(message.c.seq)
    )
    return session.execute(query).all()


def _conversation_query(conversation_id: int) -> Any:
    return (
        select(conversation, customer.c.name)
        .join(customer, customer.c.id == conversation.c.customer_id)
        .where(conversation.c.id == conversation_id)
    )


def _told_elsewhere(session: Connection, conversation_id: int, customer_id: int) -> Facts:
    """What the customer told in other conversations, the latest last; facts keep the messages they came from."""
    query = (
        select(conversation.c.memory)
        .where(conversation.c.customer_id == customer_id, conversation.c.id != conversation_id)
        .order_by(conversation.c.updated.desc())
        .limit(_OTHER_CONVERSATIONS)
    )
    known = Facts()
    for memory in reversed(session.execute(query).scalars().all()):
        known, _ = known.learn(Memory.from_dict(memory or {}).facts)
    return known


def _last_texts(session: Connection, conversation_id: int) -> tuple[str, ...]:
    query = (
        select(message.c.text)
        .where(
            message.c.conversation_id == conversation_id,
            message.c.author == "customer",
            message.c.status == "processed",
        )
        .order_by(message.c.seq.desc())
        .limit(_RECENT)
    )
    return tuple(reversed(session.execute(query).scalars().all()))


def _check_state(session: Connection, conversation_id: int, outcome: Outcome) -> None:
    """Take the conversation's row (on PostgreSQL: lock it) and see that nobody changed its state."""
    query = select(conversation.c.state).where(conversation.c.id == conversation_id).with_for_update()
    state = session.execute(query).scalar_one()
    if outcome.found is not None and state != outcome.found.value:
        raise Overtaken


def _mark_answered(session: Connection, outcome: Outcome) -> None:
    query = update(message).where(message.c.id.in_(outcome.answered), message.c.status == "received")
    if session.execute(query.values(status="processed")).rowcount != len(outcome.answered):
        raise AlreadyAnswered
    for message_id, signals in outcome.signals.items():
        session.execute(update(message).where(message.c.id == message_id).values(signals=signals.as_dict()))


def _save_cases(session: Connection, conversation_id: int, outcome: Outcome) -> Mapping[str, int]:
    if not outcome.cases:
        return {}
    owner = select(conversation.c.customer_id).where(conversation.c.id == conversation_id).scalar_subquery()
    return {value.code: _save_case(session, conversation_id, owner, value, outcome.at) for value in outcome.cases}


def _save_case(session: Connection, conversation_id: int, owner: Any, value: Case, at: datetime) -> int:
    columns = records.case_columns(value, at=at)
    case_id = value.id
    if case_id is None:
        identity = {"code": value.code, "opened": value.opened}
        made = session.execute(
            insert(case).values(customer_id=owner, conversation_id=conversation_id, **identity, **columns)
        )
        case_id = int(made.inserted_primary_key[0])
    else:
        session.execute(update(case).where(case.c.id == case_id).values(**columns))
    known = session.execute(select(func.count()).where(case_event.c.case_id == case_id)).scalar_one()
    for event in value.history[known:]:
        session.execute(insert(case_event).values(case_id=case_id, kind=event.kind, at=event.at, note=event.note))
    if not value.is_open:
        _settle_promises(session, case_id)
    return case_id


def _settle_promises(session: Connection, case_id: int) -> None:
    """What was promised for a case that is over is kept: nobody writes to the customer about it any more."""
    owed = update(promise).where(promise.c.case_id == case_id, promise.c.state.in_(_OWED))
    session.execute(owed.values(state="kept", next_update=None))


def _save_promises(session: Connection, conversation_id: int, outcome: Outcome, cases: Mapping[str, int]) -> None:
    for value, next_update in outcome.promises:
        session.execute(
            insert(promise).values(
                conversation_id=conversation_id,
                case_id=cases.get(value.case_code or "") or _case_id(session, value.case_code),
                kind=value.kind,
                text=value.text,
                author=value.author,
                state=value.state.value,
                made=value.made,
                due=value.due,
                next_update=next_update,
            )
        )


def _case_id(session: Connection, code: str | None) -> int | None:
    found: int | None = session.execute(select(case.c.id).where(case.c.code == code)).scalar_one_or_none()
    return found


def _save_handoff(session: Connection, conversation_id: int, outcome: Outcome) -> None:
    if outcome.handoff is None:
        return
    session.execute(
        insert(handoff).values(
            conversation_id=conversation_id,
            reason=outcome.handoff.reason,
            context=dict(outcome.handoff.context),
            requested=outcome.at,
        )
    )


def _save_tracker(session: Connection, conversation_id: int, outcome: Outcome) -> None:
    if outcome.tracker_state is None:
        return
    values = {"state": dict(outcome.tracker_state)}
    known = update(tracker_state).where(tracker_state.c.conversation_id == conversation_id)
    if session.execute(known.values(**values)).rowcount == 0:
        session.execute(insert(tracker_state).values(conversation_id=conversation_id, **values))
    rows = [
        {"conversation_id": conversation_id, "event": json.loads(json.dumps(event, default=str)), "at": outcome.at}
        for event in outcome.tracker_events
    ]
    if rows:
        session.execute(insert(tracker_event), rows)


def _save_replies(session: Connection, conversation_id: int, outcome: Outcome) -> list[StoredMessage]:
    last = session.execute(select(func.max(message.c.seq)).where(message.c.id.in_(outcome.answered))).scalar_one()
    channel = session.execute(select(conversation.c.channel).where(conversation.c.id == conversation_id)).scalar_one()
    return [
        add_message(
            session,
            conversation_id,
            author="bot",
            text=reply.text,
            at=outcome.at,
            status="sent" if channel in _FETCHED else "pending",
            extra=reply.extra(),
            answers=last,
        )
        for reply in outcome.replies
    ]


def _save_conversation(session: Connection, conversation_id: int, outcome: Outcome) -> None:
    session.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id)
        .values(
            state=outcome.state.value,
            memory=outcome.memory.as_dict(),
            temperature=outcome.temperature,
            verdict=outcome.verdict,
            updated=outcome.at,
        )
    )
