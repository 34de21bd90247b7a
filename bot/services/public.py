"""Messages as the outside sees them (INTERFACES, Widget API)."""

from __future__ import annotations

from typing import Any

from bot.core.ports import StoredMessage

_SHOWN = ("buttons", "image", "meta", "attachments")


def as_json(message: StoredMessage) -> dict[str, Any]:
    """A message as JSON: `seq`, `id`, `author`, `text`, `at` (UTC, ISO 8601) and what else it carries."""
    shown = {name: message.extra[name] for name in _SHOWN if message.extra.get(name)}
    return {
        "seq": message.seq,
        "id": message.id,
        "author": message.author,
        "text": message.text,
        "at": message.at.isoformat().replace("+00:00", "Z"),
        **shown,
    }
