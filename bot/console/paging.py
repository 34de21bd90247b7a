"""Addresses of the next page: a place in a list as a short text, and back."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from bot.core.overview import Cursor


def write_cursor(cursor: Cursor) -> str:
    """The cursor as it stands in an address: `41` or `41~2026-11-03T14:05:00+00:00`."""
    return f"{cursor.id}~{cursor.at.isoformat()}" if cursor.at else str(cursor.id)


def read_cursor(text: str | None, *, timed: bool) -> Cursor | None:
    """The cursor of an address; None, which is the first page, for anything that is not one of this kind of list."""
    number, _, at = (text or "").partition("~")
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        return None
    if not timed:
        return Cursor(int(number))
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    return Cursor(int(number), instant) if instant.tzinfo else None


def address(path: str, **query: str | None) -> str:
    """A path with the parts of the query that are not empty."""
    filled = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(filled)}" if filled else path


def with_language(here: str, language: str) -> str:
    """The same page in another language."""
    path, _, query = here.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name != "lang"]
    return f"{path}?{urlencode([*kept, ('lang', language)])}"
