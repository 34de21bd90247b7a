"""Messages: numbered within their conversation, so that a client can ask for what it has not seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.core.ports import StoredMessage
from bot.storage.records import stored_message
from bot.storage.tables import conversation, message


def next_seq(session: Connection, conversation_id: int, *, at: datetime) -> int:
    """The next number of the conversation; taking it locks the row, so that numbers become visible in order."""
    session.execute(
        update(conversation)
        .where(conversation.c.id == conversation_id)
        .values(last_seq=conversation.c.last_seq + 1, updated=at)
    )
    query = select(conversation.c.last_seq).where(conversation.c.id == conversation_id)
    return int(session.execute(query).scalar_one())


def add_message(
    session: Connection,
    conversation_id: int,
    *,
    author: str,
    text: str,
    at: datetime,
    status: str,
    extra: Mapping[str, Any],
    external_id: str | None = None,
    answers: int | None = None,
) -> StoredMessage:
    """Append a message to a conversation; `answers` is the seq of the last customer's message it answers."""
    seq = next_seq(session, conversation_id, at=at)
    public_id = external_id or str(uuid4())
    session.execute(
        insert(message).values(
            conversation_id=conversation_id,
            seq=seq,
            public_id=public_id,
            external_id=external_id,
            author=author,
            text=text,
            extra=dict(extra),
            status=status,
            answers=answers,
            at=at,
        )
    )
    return StoredMessage(seq, public_id, author, text, at, dict(extra))


def find_external(session: Connection, conversation_id: int, external_id: str) -> StoredMessage | None:
    """The message that came in under this id, if it did."""
    query = select(message).where(message.c.conversation_id == conversation_id, message.c.external_id == external_id)
    row = session.execute(query).one_or_none()
    return stored_message(row) if row else None


def messages_after(session: Connection, conversation_id: int, seq: int, *, limit: int = 500) -> list[StoredMessage]:
    """The messages with a higher number, oldest first."""
    query = (
        select(message)
        .where(message.c.conversation_id == conversation_id, message.c.seq > seq)
        .order_by(message.c.seq)
        .limit(limit)
    )
    return [stored_message(row) for row in session.execute(query)]
