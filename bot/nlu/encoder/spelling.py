"""Rewrites Italian messages the way people type them in a chat, to show a classifier in training more spellings.

Words and keyboard neighbours are data: `chat_spelling.json`.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

_DATA = Path(__file__).with_name("chat_spelling.json")
_SHORT = 4
_APOSTROPHES = {"à": "a'", "è": "e'", "é": "e'", "ì": "i'", "ò": "o'", "ù": "u'"}


class ChatSpelling:
    """Changes spellings at random, never what is said: every change keeps the words recognisable."""

    def __init__(self, *, seed: int, path: Path = _DATA) -> None:
        """Read the spelling data; equal seeds give equal rewritings."""
        data = json.loads(path.read_text(encoding="utf-8"))
        self._words: Mapping[str, list[str]] = data["words"]
        self._neighbours: Mapping[str, str] = data["neighbours"]
        self._random = random.Random(seed)

    def __call__(self, text: str) -> str:
        """Return the text with each kind of change applied or not, by its own probability."""
        for change, probability in self._changes():
            if self._random.random() < probability:
                text = change(text)
        return text

    def _changes(self) -> list[tuple[Callable[[str], str], float]]:
        return [
            (self._abbreviate, 0.25),
            (self._mistype, 0.30),
            (without_accents, 0.20),
            (with_apostrophes, 0.10),
            (without_punctuation, 0.30),
            (str.lower, 0.50),
            (str.upper, 0.04),
        ]

    def _abbreviate(self, text: str) -> str:
        return " ".join(self._abbreviated(word) for word in text.split())

    def _abbreviated(self, word: str) -> str:
        shorter = self._words.get(word.lower())
        return self._random.choice(shorter) if shorter and self._random.random() < 0.6 else word

    def _mistype(self, text: str) -> str:
        """Mistype one word in ten, at least one; short words stay, they would become others."""
        words = text.split()
        long = [at for at, word in enumerate(words) if len(word) > _SHORT and word.isalpha()]
        for at in self._random.sample(long, min(len(long), 1 + len(words) // 10)):
            words[at] = self._mistyped(words[at])
        return " ".join(words)

    def _mistyped(self, word: str) -> str:
        at = self._random.randrange(1, len(word) - 1)
        letter, following = word[at], word[at + 1]
        wrong = self._random.choice(self._neighbours.get(letter.lower(), letter))
        middle = self._random.choice([following + letter, following, letter * 2 + following, wrong + following])
        return word[:at] + middle + word[at + 2 :]


def without_accents(text: str) -> str:
    """Return the text as typed on a keyboard without accented letters."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def with_apostrophes(text: str) -> str:
    """Return the text with an apostrophe after the plain letter where a word ends in an accented one."""
    return re.sub(r"[àèéìòù]\b", lambda found: _APOSTROPHES[found.group()], text)


def without_punctuation(text: str) -> str:
    """Return the text without the marks that end words and sentences."""
    return re.sub(r"[.,;:!?…]+(?=\s|$)", "", text)
