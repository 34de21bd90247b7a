"""Spelling made simple without moving a character."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PLAIN = {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "º": "°", "×": "x"}


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isspace():
        return "\n" if character in "\n\r" else " "
    plain = unicodedata.normalize("NFKD", character)[0].lower()
    return plain if len(plain) == 1 else character


def fold(text: str) -> str:
    """The text in lower case, accents and typographic signs made plain; of the same length as the text."""
    if text.isascii() and not any(sign in text for sign in "`\r\t\v\f"):
        return text.lower()
    return "".join(map(_folded, text))
