"""Words with their place in the text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from bot.nlu.entities.folding import fold

_TOKEN = re.compile(r"[a-z0-9]+(?:'(?=[a-z]))?|[^\sa-z0-9]")
_REPEATED = re.compile(r"([a-z])\1{2,}")


class Token(NamedTuple):
    """A word or sign; `word` is folded, its drawn-out letters shortened (`pronteeee` is `pronte`)."""

    word: str
    text: str
    start: int
    end: int


def tokenise(text: str, *, most: int | None = None) -> list[Token]:
    """The words and signs of a text, at most so many.

    An elided article keeps its apostrophe and stands alone (`l'`, `ordine`).
    """
    found = []
    for match in islice(_TOKEN.finditer(fold(text)), most):
        start, end = match.span()
        found.append(Token(_shortened(match.group()), text[start:end], start, end))
    return found


@lru_cache(maxsize=20_000)
def _shortened(word: str) -> str:
    return _REPEATED.sub(r"\1", word)
