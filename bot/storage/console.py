"""The console's conversations: every query walks an index, so that a page costs the same with a million messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.engine import Connection, Engine, Row

from bot.core.conversation import ConversationState
from bot.core.overview import COUNTED_UP_TO, ConversationSummary, Cursor, Page, Transcript
from bot.storage.console_rows import conversation_rows, summaries
from bot.storage.console_search import search
from bot.storage.console_transcript import load_transcript
from bot.storage.guard import unavailable_when_down
from bot.storage.tables import conversation, handoff


class SqlConversations:
    """`Conversations` on the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def counts(self) -> Mapping[ConversationState, int]:
        """How many conversations there are in each state; counting stops at COUNTED_UP_TO."""
        with self._read() as session:
            return {state: _count(session, state) for state in ConversationState}

    @unavailable_when_down
    def waiting(self, *, limit: int, after: Cursor | None = None) -> Page[ConversationSummary]:
        """Those who wait for a human, longest waiting first."""
        since = _waiting_since()
        query = select(conversation.c.id, since.label("since")).where(
            conversation.c.state == ConversationState.WAITING.value
        )
        if after is not None:
            query = query.where(or_(since > after.at, and_(since == after.at, conversation.c.id > after.id)))
        with self._read() as session:
            first = session.execute(query.order_by(since, conversation.c.id).limit(limit + 1)).all()
            following = Cursor(first[limit - 1].id, first[limit - 1].since) if len(first) > limit else None
            return Page(summaries(session, _rows(session, [row.id for row in first[:limit]])), following)

    @unavailable_when_down
    def newest(
        self, *, states: tuple[ConversationState, ...], limit: int, after: Cursor | None = None
    ) -> Page[ConversationSummary]:
        """Conversations in these states, newest activity first.

        One query a state, merged here: each walks the index of its state and stops, which no query planner is sure to
        do for several states at once.
        """
        with self._read() as session:
            lists = [session.execute(_newest(state, limit + 1, after)).all() for state in states]
            rows = list(islice(merge(*lists, key=lambda row: (row.updated, row.id), reverse=True), limit + 1))
            following = Cursor(rows[limit - 1].id, rows[limit - 1].updated) if len(rows) > limit else None
            return Page(summaries(session, rows[:limit]), following)

    @unavailable_when_down
    def search(
        self, query: str, *, state: ConversationState | None, limit: int, after: Cursor | None = None
    ) -> Page[ConversationSummary]:
        """Conversations with a message of these words or a case of this code; newest match first, each once."""
        with self._read() as session:
            return search(session, query, state=state, limit=limit, after=after)

    @unavailable_when_down
    def transcript(self, public_id: str, *, limit: int, before: int | None = None) -> Transcript | None:
        """A conversation with its last `limit` messages (of those numbered below `before`), or None."""
        with self._read() as session:
            return load_transcript(session, public_id, limit=limit, before=before)

    def _read(self) -> Connection:
        return self._engine.connect().execution_options(read_only=True)


def _count(session: Connection, state: ConversationState) -> int:
    some = select(conversation.c.id).where(conversation.c.state == state.value).limit(COUNTED_UP_TO).subquery()
    return int(session.execute(select(func.count()).select_from(some)).scalar_one())


def _waiting_since() -> Any:
    asked = (
        select(func.max(handoff.c.requested))
        .where(handoff.c.conversation_id == conversation.c.id, handoff.c.ended.is_(None))
        .scalar_subquery()
    )
    return func.coalesce(asked, conversation.c.updated)


def _newest(state: ConversationState, limit: int, after: Cursor | None) -> Any:
    query = conversation_rows().where(conversation.c.state == state.value)
    if after is not None:
        query = query.where(
            conversation.c.updated <= after.at,
            or_(conversation.c.updated < after.at, conversation.c.id < after.id),
        )
    return query.order_by(conversation.c.updated.desc(), conversation.c.id.desc()).limit(limit)


def _rows(session: Connection, ids: Sequence[int]) -> list[Row]:
    rows = session.execute(conversation_rows().where(conversation.c.id.in_(ids))).all() if ids else []
    return sorted(rows, key=lambda row: ids.index(row.id))
