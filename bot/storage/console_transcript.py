"""A whole conversation with everything an operator needs beside it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection, Row

from bot.core.conversation import Memory
from bot.core.overview import ConversationSummary, HandoffView, Transcript, TranscriptMessage
from bot.core.promise import Promise
from bot.core.signals import Signals
from bot.storage import records
from bot.storage.care_scores import load_care
from bot.storage.console_rows import conversation_rows, summaries
from bot.storage.tables import case, conversation, customer, handoff, message, operator, promise
from bot.storage.turns import load_cases

_MOST_PROMISES = 20
_MOST_OTHERS = 10


def load_transcript(session: Connection, public_id: str, *, limit: int, before: int | None) -> Transcript | None:
    """A conversation with its last `limit` messages (of those numbered below `before`), or None."""
    query = conversation_rows().add_columns(conversation.c.memory, customer.c.created, customer.c.locale)
    row = session.execute(query.where(conversation.c.public_id == public_id)).one_or_none()
    if row is None:
        return None
    messages = _messages(session, row.id, limit + 1, before)
    return Transcript(
        summary=summaries(session, [row])[0],
        customer_since=row.created,
        locale=row.locale,
        memory=Memory.from_dict(row.memory or {}),
        messages=tuple(_message(item) for item in reversed(messages[:limit])),
        earlier=len(messages) > limit,
        cases=tuple(reversed(load_cases(session, row.customer_id))),
        promises=_promises(session, row.customer_id),
        handoff=_handoff(session, row.id),
        others=_others(session, row),
        care=load_care(session, row.id),
    )


def _messages(session: Connection, conversation_id: int, limit: int, before: int | None) -> list[Row]:
    query = select(message).where(message.c.conversation_id == conversation_id)
    if before is not None:
        query = query.where(message.c.seq < before)
    return list(session.execute(query.order_by(message.c.seq.desc()).limit(limit)).all())


def _message(row: Row) -> TranscriptMessage:
    return TranscriptMessage(
        id=row.id,
        seq=row.seq,
        author=row.author,
        text=row.text,
        at=row.at,
        status=row.status,
        extra=row.extra or {},
        signals=Signals.from_dict(row.signals) if row.signals else None,
    )


def _promises(session: Connection, customer_id: int) -> tuple[Promise, ...]:
    query = (
        select(promise, case.c.code)
        .join(conversation, conversation.c.id == promise.c.conversation_id)
        .outerjoin(case, case.c.id == promise.c.case_id)
        .where(conversation.c.customer_id == customer_id)
        .order_by(promise.c.due.desc())
        .limit(_MOST_PROMISES)
    )
    made = [records.promise(row) for row in session.execute(query)]
    return tuple(sorted(made, key=lambda one: (not one.is_owed, one.due)))


def _handoff(session: Connection, conversation_id: int) -> HandoffView | None:
    query = (
        select(handoff, operator.c.name)
        .outerjoin(operator, operator.c.id == handoff.c.operator_id)
        .where(handoff.c.conversation_id == conversation_id)
        .order_by(handoff.c.id.desc())
        .limit(1)
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    return HandoffView(row.reason, row.requested, row.claimed, row.ended, row.name, row.context or {})


def _others(session: Connection, row: Row) -> tuple[ConversationSummary, ...]:
    query = conversation_rows().where(conversation.c.customer_id == row.customer_id, conversation.c.id != row.id)
    return summaries(session, session.execute(query.order_by(conversation.c.id.desc()).limit(_MOST_OTHERS)).all())
