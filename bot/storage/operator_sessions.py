"""Sessions of operators: the token is a secret of the browser, the database knows only its SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from bot.core.operators import Operator, OperatorSession
from bot.storage.guard import unavailable_when_down
from bot.storage.operators import operator_of
from bot.storage.tables import operator, operator_session

_TOKEN_BYTES = 32


class SqlOperatorSessions:
    """`OperatorSessions` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def open(self, operator: Operator, *, at: datetime, expires: datetime) -> str:
        """Start a session and return its token (256 random bits); sessions that have expired are swept away."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._engine.begin() as session:
            session.execute(delete(operator_session).where(operator_session.c.expires <= at))
            session.execute(
                insert(operator_session).values(
                    token_hash=_hashed(token),
                    operator_id=operator.id,
                    csrf=secrets.token_urlsafe(_TOKEN_BYTES),
                    created=at,
                    expires=expires,
                )
            )
        return token

    @unavailable_when_down
    def find(self, token: str, *, at: datetime) -> OperatorSession | None:
        """The session of this token, unless it has expired or its operator may no longer enter."""
        query = (
            select(operator, operator_session.c.csrf, operator_session.c.expires)
            .join(operator, operator.c.id == operator_session.c.operator_id)
            .where(
                operator_session.c.token_hash == _hashed(token),
                operator_session.c.expires > at,
                operator.c.active.is_(True),
            )
        )
        with self._engine.connect().execution_options(read_only=True) as session:
            row = session.execute(query).one_or_none()
        return OperatorSession(operator_of(row), row.csrf, row.expires) if row else None

    @unavailable_when_down
    def renew(self, token: str, *, expires: datetime) -> None:
        """Let a session last longer."""
        with self._engine.begin() as session:
            query = update(operator_session).where(operator_session.c.token_hash == _hashed(token))
            session.execute(query.values(expires=expires))

    @unavailable_when_down
    def close(self, token: str) -> None:
        """End a session; an unknown token is no error."""
        with self._engine.begin() as session:
            session.execute(delete(operator_session).where(operator_session.c.token_hash == _hashed(token)))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
