"""Searching conversations by what was said in them or by the code of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select, text
from sqlalchemy.engine import Connection, Row

from bot.core.conversation import ConversationState
from bot.core.overview import ConversationSummary, Cursor, Page
from bot.storage.console_rows import cases_with_prefix, conversation_rows, last_message, summaries
from bot.storage.search_index import POSTGRES_WORDS, has_words, postgres_match, sqlite_match, words
from bot.storage.tables import conversation, message

_BATCH = 400
_BATCHES = 4
_CODE = re.compile(r"T[0-9A-Z]{2,8}")
_MOST_CODES = 20

# CROSS JOIN keeps SQLite from turning the join around: the index of words must lead, newest message first
_SQLITE_HITS = """
    SELECT message.id, message.conversation_id, conversation.state FROM message_words
    CROSS JOIN message ON message.id = message_words.rowid
    CROSS JOIN conversation ON conversation.id = message.conversation_id
    WHERE message_words MATCH :match AND message_words.rowid < :before
    ORDER BY message_words.rowid DESC LIMIT :limit"""
_POSTGRES_HITS = f"""
    SELECT message.id, message.conversation_id, conversation.state FROM message
    JOIN conversation ON conversation.id = message.conversation_id
    WHERE {POSTGRES_WORDS} @@ to_tsquery('simple', :match) AND message.id < :before
    ORDER BY message.id DESC LIMIT :limit"""
_LAST_ID = 2**31 - 1


def search(
    session: Connection, query: str, *, state: ConversationState | None, limit: int, after: Cursor | None
) -> Page[ConversationSummary]:
    """Conversations that match, newest match first, each once; those with a case of this code lead the first page.

    A page looks at 1,600 messages at most: a frequent word in a rare state gives a short page that can be continued.
    """
    by_code = _by_code(session, query, state)
    shown = [] if after else by_code
    found, following = _collect(
        _Hits(session, query, after), state, limit - len(shown), exclude={row.id for row in by_code}
    )
    matches = {row.conversation_id: last_message(row) for row in _messages(session, found)}
    return Page(summaries(session, [*shown, *_rows(session, found)], matches=matches), following)


class _Hits:
    """The messages with the searched words, newest first, in the dialect of the database."""

    def __init__(self, session: Connection, query: str, after: Cursor | None) -> None:
        self._session = session
        self._start = after.id if after else None
        self._words = words(query)
        sqlite = session.dialect.name == "sqlite"
        self._hits = _SQLITE_HITS if sqlite else _POSTGRES_HITS
        self._match = sqlite_match(self._words) if sqlite else postgres_match(self._words)

    def __iter__(self) -> Iterator[Row]:
        before = self._start or _LAST_ID
        for _ in range(_BATCHES if self._match else 0):
            values = {"match": self._match, "before": before, "limit": _BATCH}
            batch = self._session.execute(text(self._hits), values).all()
            yield from batch
            if len(batch) < _BATCH:
                return
            before = batch[-1].id

    def on_earlier_page(self, conversation_id: int) -> bool:
        """Whether an earlier page showed this conversation for a newer match."""
        if self._start is None:
            return False
        newer = select(message.c.text).where(message.c.conversation_id == conversation_id, message.c.id >= self._start)
        return any(has_words(said, self._words) for said in self._session.execute(newer).scalars())


def _collect(
    hits: _Hits, state: ConversationState | None, limit: int, *, exclude: set[int]
) -> tuple[dict[int, int], Cursor | None]:
    """Conversation id -> id of its newest match, for one page; and where the next page begins."""
    found: dict[int, int] = {}
    skipped = set(exclude)
    last, looked_at = 0, 0
    for hit in hits:
        if hit.conversation_id not in found and hit.conversation_id not in skipped:
            if len(found) >= limit:
                return found, Cursor(last)
            wanted = state is None or hit.state == state.value
            if wanted and not hits.on_earlier_page(hit.conversation_id):
                found[hit.conversation_id] = hit.id
            else:
                skipped.add(hit.conversation_id)
        last, looked_at = hit.id, looked_at + 1
    return found, Cursor(last) if looked_at == _BATCH * _BATCHES else None


def _by_code(session: Connection, query: str, state: ConversationState | None) -> list[Row]:
    code = re.sub(r"[\s.\-]", "", query).upper()
    if not _CODE.fullmatch(code):
        return []
    ids = {row.conversation_id for row in cases_with_prefix(session, code, limit=_MOST_CODES)}
    rows = conversation_rows().where(conversation.c.id.in_(ids))
    if state is not None:
        rows = rows.where(conversation.c.state == state.value)
    return list(session.execute(rows.order_by(conversation.c.updated.desc())).all())


def _rows(session: Connection, found: Mapping[int, int]) -> list[Row]:
    rows = session.execute(conversation_rows().where(conversation.c.id.in_(found))).all()
    return sorted(rows, key=lambda row: found[row.id], reverse=True)


def _messages(session: Connection, found: Mapping[int, int]) -> Sequence[Row]:
    rows: Sequence[Row] = session.execute(select(message).where(message.c.id.in_(found.values()))).all()
    return rows
