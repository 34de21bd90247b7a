"""Attempts to sign in that have not succeeded, counted by who tries what from where."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine

from bot.storage.guard import unavailable_when_down
from bot.storage.tables import login_failure


class SqlLoginFailures:
    """`LoginFailures` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def begin(self, key: str, *, at: datetime, since: datetime, limit: int) -> datetime | None:
        """Count one more attempt, or refuse it: when `limit` were made after `since`, the first of them (UTC)."""
        mine = login_failure.c.key == key
        with self._engine.begin() as session:
            session.execute(delete(login_failure).where(mine, login_failure.c.at <= since))
            made = session.execute(select(login_failure.c.at).where(mine).order_by(login_failure.c.at)).scalars().all()
            if len(made) >= limit:
                first: datetime = made[-limit]
                return first
            session.execute(insert(login_failure).values(key=key, at=at))
        return None

    @unavailable_when_down
    def forget(self, key: str) -> None:
        """The attempts are no longer held against anybody: the password was right."""
        with self._engine.begin() as session:
            session.execute(delete(login_failure).where(login_failure.c.key == key))
