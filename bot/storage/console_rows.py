"""Lines of the inbox, put together from the few rows that a page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Connection, Row

from bot.core.conversation import ConversationState
from bot.core.overview import ConversationSummary, LastMessage
from bot.storage.tables import case, conversation, customer, handoff, message

_CODE_LENGTH = 9
_COLUMNS = (
    conversation.c.id,
    conversation.c.public_id,
    conversation.c.customer_id,
    conversation.c.channel,
    conversation.c.state,
    conversation.c.temperature,
    conversation.c.verdict,
    conversation.c.updated,
    customer.c.name,
)


def conversation_rows() -> Any:
    """The query for rows that `summaries` understands, to be narrowed and sorted."""
    return select(*_COLUMNS).join(customer, customer.c.id == conversation.c.customer_id)


def summaries(
    session: Connection, rows: Sequence[Row], *, matches: Mapping[int, LastMessage] | None = None
) -> tuple[ConversationSummary, ...]:
    """The lines of these rows, in their order; `matches` replaces the last message of a conversation (by its id)."""
    if not rows:
        return ()
    ids = [row.id for row in rows]
    last = {**_last_messages(session, ids), **(matches or {})}
    cases = _open_cases(session, [row.customer_id for row in rows])
    asked = _handoffs(session, [row.id for row in rows if row.state == ConversationState.WAITING.value])
    return tuple(_summary(row, last.get(row.id), cases.get(row.customer_id, []), asked.get(row.id)) for row in rows)


def last_message(row: Row) -> LastMessage:
    """A row of `message` as a line of the inbox quotes it."""
    return LastMessage(row.author, row.text, row.at, row.extra or {})


def _summary(row: Row, last: LastMessage | None, open_cases: Sequence[str], asked: Row | None) -> ConversationSummary:
    waits = row.state == ConversationState.WAITING.value
    return ConversationSummary(
        id=row.id,
        public_id=row.public_id,
        channel=row.channel,
        state=ConversationState(row.state),
        customer_name=row.name,
        temperature=row.temperature,
        verdict=row.verdict,
        updated=row.updated,
        last=last,
        open_cases=tuple(open_cases),
        waiting_since=(asked.requested if asked else row.updated) if waits else None,
        reason=asked.reason if asked else None,
    )


def _last_messages(session: Connection, ids: Sequence[int]) -> dict[int, LastMessage]:
    query = (
        select(message)
        .join(
            conversation,
            and_(conversation.c.id == message.c.conversation_id, conversation.c.last_seq == message.c.seq),
        )
        .where(conversation.c.id.in_(ids))
    )
    return {row.conversation_id: last_message(row) for row in session.execute(query)}


def _open_cases(session: Connection, customers: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(case.c.customer_id, case.c.code)
        .where(case.c.customer_id.in_(customers), case.c.state == "open")
        .order_by(case.c.updated.desc())
    )
    codes: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(query):
        codes[row.customer_id].append(row.code)
    return codes


def _handoffs(session: Connection, ids: Sequence[int]) -> dict[int, Row]:
    query = select(handoff).where(handoff.c.conversation_id.in_(ids), handoff.c.ended.is_(None)).order_by(handoff.c.id)
    return {row.conversation_id: row for row in session.execute(query)}


def cases_with_prefix(session: Connection, code: str, *, limit: int) -> list[Row]:
    """(id, conversation_id) of the cases whose code begins like this, in the order of their codes."""
    last = code.ljust(_CODE_LENGTH, "Z")
    query = select(case.c.id, case.c.conversation_id).where(case.c.code >= code, case.c.code <= last)
    return list(session.execute(query.order_by(case.c.code).limit(limit)).all())
