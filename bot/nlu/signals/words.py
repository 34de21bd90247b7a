"""A message as the lexicons read it: plain words, each knowing its clause and whether it stands in quotes."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MASKED = "§"
_TOKEN = re.compile(r"[a-z0-9]+(?:\*+[a-z0-9]*)*|\S")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_PAIRED = {"«": "»", "“": "”", "„": "”"}
_CLAUSE_ENDS = frozenset(".,;:!?…\n")
_LEET = str.maketrans("013457", "oieast")
_FIRST_SYMBOL = 0x2190
_QUOTED_WORDS_AT_MOST = 40


class Word(NamedTuple):
    """One word or emoji: `text` without accents and capitals, `clause` counts the clauses of the message."""

    text: str
    clause: int
    quoted: bool


def plain(text: str) -> str:
    """Return the text in small letters, without accents, stretched letters shortened (`schifoooo` is `schifo`)."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _STRETCHED.sub(r"\1", bare)


def read_words(text: str) -> list[Word]:
    """Return the words of a message, emoji included, punctuation left out."""
    words: list[Word] = []
    clause, closing, opened = 0, "", 0
    for line in plain(text).split("\n"):
        for token in _TOKEN.findall(line):
            if token[0].isalnum() or ord(token[0]) >= _FIRST_SYMBOL:
                quoted = bool(closing) and len(words) - opened < _QUOTED_WORDS_AT_MOST
                words.append(Word(_unmasked(token), clause, quoted))
            elif token == closing:
                closing = ""
            elif not closing and (token == '"' or token in _PAIRED):
                closing, opened = _PAIRED.get(token, '"'), len(words)
            elif token in _CLAUSE_ENDS:
                clause += 1
        clause, closing = clause + 1, ""
    return words


def _unmasked(token: str) -> str:
    """Read `cogl1one` as the word it is; what is mostly digits is a code and stays."""
    if "**" in token:
        return MASKED
    if token.isalpha() or token.isdigit():
        return token
    digits = sum(c.isdigit() for c in token)
    return token.translate(_LEET) if 0 < digits <= len(token) // 3 else token
