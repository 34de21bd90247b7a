"""All that the lexicons and the look of a message tell, counted by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.nlu.italian import normalise
from bot.nlu.signals.guards import own_words
from bot.nlu.signals.lexicon import Hit, italian_lexicon
from bot.nlu.signals.surface import Surface, look_at
from bot.nlu.signals.words import Word, read_words

_EXAMPLES = 3


@dataclass(frozen=True)
class Cues:
    """`found` lists, by kind, the phrases as written in plain letters; `words` is the length in words."""

    words: int
    surface: Surface
    found: Mapping[str, tuple[str, ...]]
    covered: Mapping[str, int]

    def count(self, *kinds: str) -> int:
        """How many phrases of these kinds there are."""
        return sum(len(self.found.get(kind, ())) for kind in kinds)

    def share(self, *kinds: str) -> float:
        """The share (0-1) of the words that belong to phrases of these kinds."""
        return min(1.0, sum(self.covered.get(kind, 0) for kind in kinds) / self.words) if self.words else 0.0

    def examples(self, *kinds: str) -> tuple[str, ...]:
        """Up to three different phrases of these kinds."""
        phrases = [phrase for kind in kinds for phrase in self.found.get(kind, ())]
        return tuple(dict.fromkeys(phrases))[:_EXAMPLES]


def read_cues(text: str, *, normalised: str | None = None) -> Cues:
    """Return the cues of a message; `normalised` is its text in one spelling, when somebody has it already."""
    words = read_words(normalise(text).text if normalised is None else normalised)
    hits = own_words(italian_lexicon().find(words), words)
    found: dict[str, list[str]] = {}
    covered: dict[str, int] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(_phrase(hit, words))
        covered[hit.kind] = covered.get(hit.kind, 0) + hit.end - hit.start
    return Cues(len(words), look_at(text), {kind: tuple(phrases) for kind, phrases in found.items()}, covered)


def _phrase(hit: Hit, words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words[hit.start : hit.end])
