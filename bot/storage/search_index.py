"""Words of messages, indexed by the database itself: FTS5 in SQLite, a GIN index in PostgreSQL.

Triggers keep SQLite's index in step whoever writes a message, so that an erased text is erased from the index too.
"""

from __future__ import annotations

import re

MESSAGE_WORDS = "message_words"
"""SQLite's index; its `rowid` is the message's id."""

SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE message_words USING fts5("
    "text, content='message', content_rowid='id', prefix='2 3', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER message_words_insert AFTER INSERT ON message BEGIN"
    " INSERT INTO message_words(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER message_words_delete AFTER DELETE ON message BEGIN"
    " INSERT INTO message_words(message_words, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER message_words_update AFTER UPDATE OF text ON message BEGIN"
    " INSERT INTO message_words(message_words, rowid, text) VALUES ('delete', old.id, old.text);"
    " INSERT INTO message_words(rowid, text) VALUES (new.id, new.text); END",
)
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS message_words_insert",
    "DROP TRIGGER IF EXISTS message_words_delete",
    "DROP TRIGGER IF EXISTS message_words_update",
    "DROP TABLE IF EXISTS message_words",
)

POSTGRES_WORDS = "to_tsvector('simple', translate(lower(message.text), 'àáèéìíòóùú', 'aaeeiioouu'))"
POSTGRES_INDEX = (f"CREATE INDEX ix_message_words ON message USING gin ({POSTGRES_WORDS})",)
POSTGRES_DROP = ("DROP INDEX IF EXISTS ix_message_words",)

_PLAIN = str.maketrans("àáèéìíòóùú", "aaeeiioouu")
_MOST_WORDS = 8
_SHORTEST_PREFIX = 3


def words(query: str) -> tuple[str, ...]:
    """The words somebody searches for, lower case and without accents; at most eight."""
    return tuple(re.findall(r"[^\W_]+", query.lower().translate(_PLAIN))[:_MOST_WORDS])


def has_words(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether a text has all these words, as the index would say."""
    there = re.findall(r"[^\W_]+", text.lower().translate(_PLAIN))
    return all(any(_fits(word, one) for one in there) for word in wanted)


def sqlite_match(wanted: tuple[str, ...]) -> str:
    """FTS5's expression for messages with all these words; words of three letters and more match as beginnings."""
    return " ".join(f'"{word}"*' if len(word) >= _SHORTEST_PREFIX else f'"{word}"' for word in wanted)


def postgres_match(wanted: tuple[str, ...]) -> str:
    """The same for PostgreSQL's to_tsquery."""
    return " & ".join(f"{word}:*" if len(word) >= _SHORTEST_PREFIX else word for word in wanted)


def _fits(word: str, other: str) -> bool:
    return other.startswith(word) if len(word) >= _SHORTEST_PREFIX else other == word
