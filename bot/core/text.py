"""Text as any database can keep it."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text with what no database stores (NUL, halves of characters) replaced by the replacement character."""
    return text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
