"""The audit trail: lines are added, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot.core.operators import AuditNote
from bot.storage.guard import unavailable_when_down
from bot.storage.tables import audit_entry


class SqlAudit:
    """`Audit` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def record(self, note: AuditNote, *, at: datetime) -> None:
        """Write one line."""
        values = {"actor": note.actor, "action": note.action, "subject": note.subject}
        with self._engine.begin() as session:
            session.execute(insert(audit_entry).values(at=at, detail=dict(note.detail or {}), **values))
