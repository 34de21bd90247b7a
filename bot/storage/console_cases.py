"""The console's list of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.case import CaseState
from bot.core.overview import COUNTED_UP_TO, CaseSummary, Cursor, Page
from bot.core.promise import Promise
from bot.storage import records
from bot.storage.console_rows import cases_with_prefix
from bot.storage.guard import unavailable_when_down
from bot.storage.tables import case, conversation, customer, promise

_MOST_WITH_PREFIX = 200


class SqlCases:
    """`Cases` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def counts(self) -> Mapping[CaseState, int]:
        """How many cases there are in each state; counting stops at COUNTED_UP_TO."""
        with self._read() as session:
            return {state: _count(session, state) for state in CaseState}

    @unavailable_when_down
    def newest(
        self, *, states: tuple[CaseState, ...], code: str = "", limit: int, after: Cursor | None = None
    ) -> Page[CaseSummary]:
        """Cases in these states whose code begins like this, the one touched last first."""
        with self._read() as session:
            ids = [row.id for row in cases_with_prefix(session, code, limit=_MOST_WITH_PREFIX)] if code else None
            lists = [session.execute(_newest(state, ids, limit + 1, after)).all() for state in states]
            rows = list(islice(merge(*lists, key=lambda row: (row.updated, row.id), reverse=True), limit + 1))
            shown = rows[:limit]
            following = Cursor(shown[-1].id, shown[-1].updated) if len(rows) > limit else None
            promises = _promises(session, [row.id for row in shown])
            return Page(tuple(_summary(row, promises.get(row.id)) for row in shown), following)

    def _read(self) -> Connection:
        return self._engine.connect().execution_options(read_only=True)


def _count(session: Connection, state: CaseState) -> int:
    some = select(case.c.id).where(case.c.state == state.value).limit(COUNTED_UP_TO).subquery()
    return int(session.execute(select(func.count()).select_from(some)).scalar_one())


def _newest(state: CaseState, ids: Sequence[int] | None, limit: int, after: Cursor | None) -> Any:
    query = (
        select(case, conversation.c.public_id, customer.c.name)
        .join(conversation, conversation.c.id == case.c.conversation_id)
        .join(customer, customer.c.id == case.c.customer_id)
        .where(case.c.state == state.value)
    )
    if ids is not None:
        query = query.where(case.c.id.in_(ids))
    if after is not None:
        query = query.where(case.c.updated <= after.at, or_(case.c.updated < after.at, case.c.id < after.id))
    return query.order_by(case.c.updated.desc(), case.c.id.desc()).limit(limit)


def _promises(session: Connection, cases: Sequence[int]) -> dict[int, Promise]:
    query = (
        select(promise, case.c.code)
        .join(case, case.c.id == promise.c.case_id)
        .where(promise.c.case_id.in_(cases), promise.c.state.in_(("open", "updated")))
        .order_by(promise.c.due.desc())
    )
    return {row.case_id: records.promise(row) for row in session.execute(query)}


def _summary(row: Row, owed: Promise | None) -> CaseSummary:
    return CaseSummary(records.case(row, []), row.updated, row.public_id, row.name, owed)
