"""The promise book: what is owed, and the word that goes out for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.outcome import Reply
from bot.core.ports import OwedPromise, Spoken
from bot.storage import records
from bot.storage.guard import unavailable_when_down
from bot.storage.messages import add_message
from bot.storage.tables import case, conversation, handoff, promise

_OWED = ("open", "updated")


class SqlPromiseBook:
    """`PromiseBook` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def owing(self, *, by: datetime, limit: int) -> Sequence[OwedPromise]:
        """Promises whose next word falls due by then, oldest first."""
        query = (
            select(promise, case.c.code, conversation.c.memory, _broken_before().label("broken"))
            .join(conversation, conversation.c.id == promise.c.conversation_id)
            .outerjoin(case, case.c.id == promise.c.case_id)
            .where(promise.c.state.in_(_OWED), promise.c.next_update <= by)
            .order_by(promise.c.next_update)
            .limit(limit)
        )
        with self._engine.connect().execution_options(read_only=True) as session:
            return [_owed(row) for row in session.execute(query)]

    @unavailable_when_down
    def counts(self) -> Mapping[str, int]:
        """How many promises are open, updated, kept and broken."""
        query = select(promise.c.state, func.count().label("number")).group_by(promise.c.state)
        with self._engine.connect().execution_options(read_only=True) as session:
            return {str(row.state): int(row.number) for row in session.execute(query)}

    @unavailable_when_down
    def speak(
        self,
        owed: OwedPromise,
        reply: Reply,
        *,
        at: datetime,
        state: str,
        next_update: datetime,
        renewed: datetime | None,
    ) -> Spoken | None:
        """Change the promise and send the word in one transaction; the change decides who may speak."""
        with self._engine.begin() as session:
            if not _changed(session, owed, state, None if renewed else next_update):
                return None
            alerted = False
            if renewed is not None:
                _renew(session, owed, at=at, due=renewed, next_update=next_update)
                alerted = _alert(session, owed.conversation_id, at=at)
            message = add_message(
                session,
                owed.conversation_id,
                author="bot",
                text=reply.text,
                at=at,
                status="pending",
                extra=reply.extra(),
            )
            return Spoken(message, alerted)


def _owed(row: Row) -> OwedPromise:
    address = (row.memory or {}).get("address")
    return OwedPromise(records.promise(row), row.conversation_id, row.code, address, int(row.broken))


def _broken_before() -> Any:
    """How many promises of the same conversation and case were broken."""
    other = promise.alias()
    same_case = or_(other.c.case_id == promise.c.case_id, and_(other.c.case_id.is_(None), promise.c.case_id.is_(None)))
    return (
        select(func.count())
        .where(other.c.conversation_id == promise.c.conversation_id, same_case, other.c.state == "broken")
        .correlate(promise)
        .scalar_subquery()
    )


def _changed(session: Connection, owed: OwedPromise, state: str, next_update: datetime | None) -> bool:
    """Move the promise from the state we read to the new one; false when somebody else has moved it."""
    query = update(promise).where(promise.c.id == owed.promise.id, promise.c.state == owed.promise.state.value)
    return bool(session.execute(query.values(state=state, next_update=next_update)).rowcount)


def _renew(session: Connection, owed: OwedPromise, *, at: datetime, due: datetime, next_update: datetime) -> None:
    row = session.execute(select(promise).where(promise.c.id == owed.promise.id)).one()
    session.execute(
        insert(promise).values(
            conversation_id=row.conversation_id,
            case_id=row.case_id,
            kind=row.kind,
            text=row.text,
            author=row.author,
            state="open",
            made=at,
            due=due,
            next_update=next_update,
        )
    )


def _alert(session: Connection, conversation_id: int, *, at: datetime) -> bool:
    """A broken promise is for a human: unless one is asked for or has it already; whether one had to be asked for."""
    query = update(conversation).where(conversation.c.id == conversation_id, conversation.c.state == "bot")
    if not session.execute(query.values(state="waiting")).rowcount:
        return False
    session.execute(
        insert(handoff).values(conversation_id=conversation_id, reason="promise_broken", context={}, requested=at)
    )
    return True
