"""Widget sessions: a secret token, of which only a digest is kept, opens one conversation."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from bot.core.ports import StoredMessage, Thread
from bot.storage.guard import unavailable_when_down
from bot.storage.messages import messages_after
from bot.storage.tables import conversation, widget_session

_LIFETIME = timedelta(days=180)


class SqlWidgetSessions:
    """Tokens of the widget and what they open."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def issue(self, conversation_id: int, *, at: datetime) -> str:
        """A new token (256 random bits) for a conversation."""
        token = secrets.token_urlsafe(32)
        row = {
            "token_hash": _digest(token),
            "conversation_id": conversation_id,
            "created": at,
            "expires": at + _LIFETIME,
        }
        with self._engine.begin() as session:
            session.execute(insert(widget_session).values(**row))
        return token

    @unavailable_when_down
    def thread(self, token: str, *, at: datetime) -> Thread | None:
        """The conversation that a token opens; None for an unknown or expired one."""
        query = (
            select(conversation)
            .join(widget_session, widget_session.c.conversation_id == conversation.c.id)
            .where(widget_session.c.token_hash == _digest(token), widget_session.c.expires > at)
        )
        with self._reading() as session:
            row = session.execute(query).one_or_none()
        return Thread(row.id, row.public_id, row.channel, row.state) if row else None

    @unavailable_when_down
    def messages(self, conversation_id: int, *, after: int, limit: int = 500) -> tuple[Sequence[StoredMessage], str]:
        """The messages after a number, oldest first, and the conversation's state."""
        with self._reading() as session:
            found = messages_after(session, conversation_id, after, limit=limit)
            query = select(conversation.c.state).where(conversation.c.id == conversation_id)
            return found, str(session.execute(query).scalar_one())

    def _reading(self) -> Connection:
        return self._engine.connect().execution_options(read_only=True)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
