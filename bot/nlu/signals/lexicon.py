"""Phrases by kind, found in one pass over the words of a message.

A lexicon is a text file, one phrase a line, in small letters without accents; apostrophes separate words. `stem*` is
every word that begins so, `a|b` for either word, `_` for any one word, `...` for up to three words. A line that
begins with `!` is an exception: it is no evidence, nor is what overlaps it. `#` begins a comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from bot.nlu.signals.words import Word

_DATA = Path(__file__).with_name("data")
_ANY, _GAP, _GAP_WORDS = "_", "...", 3


class Hit(NamedTuple):
    """A phrase of a kind found at words `start` to `end` (exclusive)."""

    kind: str
    start: int
    end: int


@dataclass
class _Node:
    exact: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    any_word: _Node | None = None
    gap: _Node | None = None
    kinds: tuple[str, ...] = ()

    def grow(self, part: str) -> _Node:
        """The node that follows this one on a part of a phrase, made if there is none."""
        if part == _ANY:
            self.any_word = self.any_word or _Node()
            return self.any_word
        if part == _GAP:
            self.gap = self.gap or _Node()
            return self.gap
        if not part.endswith("*"):
            return self.exact.setdefault(part, _Node())
        node = self.stems.setdefault(part[:-1], _Node())
        self.lengths = tuple(sorted({len(stem) for stem in self.stems}))
        return node


class Lexicon:
    """All kinds of phrases together; matching costs a few dictionary look-ups a word."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases` are (kind, phrase) pairs; exceptions carry their leading `!`."""
        self._root = _Node()
        for kind, phrase in phrases:
            self._add(f"!{kind}" if phrase.startswith("!") else kind, phrase.lstrip("! "))

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """Return the hits in the order of the words; of a kind, longer ones win over those inside them."""
        found = [hit for start in range(len(words)) for hit in self._from(words, start)]
        return _without_exceptions(_longest(found))

    def _add(self, kind: str, phrase: str) -> None:
        for parts in product(*(part.split("|") for part in phrase.split())):
            node = self._root
            for part in parts:
                node = node.grow(part)
            if kind not in node.kinds:
                node.kinds = (*node.kinds, kind)

    def _from(self, words: Sequence[Word], start: int) -> Iterator[Hit]:
        pending = [(self._root, start)]
        while pending:
            node, at = pending.pop()
            for kind in node.kinds:
                yield Hit(kind, start, at)
            if at < len(words):
                pending.extend((following, at + 1) for following in _following(node, words[at].text))
            if node.gap:
                pending.extend((node.gap, at + skip) for skip in range(min(_GAP_WORDS, len(words) - at) + 1))


def _following(node: _Node, word: str) -> Iterator[_Node]:
    if word in node.exact:
        yield node.exact[word]
    for length in node.lengths:
        if length > len(word):
            break
        stem = node.stems.get(word[:length])
        if stem:
            yield stem
    if node.any_word:
        yield node.any_word


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop hits that a hit of the same kind covers."""
    kept: list[Hit] = []
    reach: dict[str, int] = {}
    for hit in sorted(set(hits), key=lambda hit: (hit.start, -hit.end)):
        if hit.end > reach.get(hit.kind, 0):
            kept.append(hit)
            reach[hit.kind] = hit.end
    return kept


def _without_exceptions(hits: list[Hit]) -> list[Hit]:
    exceptions = [hit for hit in hits if hit.kind.startswith("!")]
    if not exceptions:
        return hits
    return [hit for hit in hits if not hit.kind.startswith("!") and not any(_cancels(e, hit) for e in exceptions)]


def _cancels(exception: Hit, hit: Hit) -> bool:
    return exception.kind[1:] == hit.kind and exception.start < hit.end and hit.start < exception.end


@lru_cache(maxsize=1)
def italian_lexicon() -> Lexicon:
    """The lexicon of all files in `data/`, read once; a file's name is its kind."""
    return Lexicon((path.stem, phrase) for path in sorted(_DATA.glob("*.txt")) for phrase in _phrases(path))


def _phrases(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        phrase = line.split("#")[0].strip()
        if phrase:
            yield phrase
