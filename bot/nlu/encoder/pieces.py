"""Cuts Italian text into the word pieces of a unigram vocabulary, and keeps only the pieces worth shipping."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SPACE = "\u2581"
# multilingual-e5 was trained with this in front of every short text
PREFIX = "query: "
LIMIT = 64
_WORDS_REMEMBERED = 20_000
_LONGEST_WORD = 200


@dataclass(frozen=True)
class Vocabulary:
    """Pieces with their log probabilities; a piece's position is its number in the word table."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    replacements: Mapping[str, str]
    begin: int
    end: int
    unknown: int
    unknown_score: float

    def keep(self, numbers: Iterable[int]) -> tuple[Vocabulary, list[int]]:
        """Return the vocabulary of those pieces and the special ones, and the old number of each new piece."""
        kept = sorted({*numbers, self.begin, self.end, self.unknown})
        new = {old: at for at, old in enumerate(kept)}
        smaller = Vocabulary(
            pieces=tuple(self.pieces[old] for old in kept),
            scores=tuple(self.scores[old] for old in kept),
            replacements=self.replacements,
            begin=new[self.begin],
            end=new[self.end],
            unknown=new[self.unknown],
            unknown_score=self.unknown_score,
        )
        return smaller, kept

    def save(self, path: Path) -> None:
        """Write everything as one JSON object."""
        path.write_text(json.dumps(vars(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Vocabulary:
        """Read what `save` wrote; ValueError, KeyError, TypeError or OSError when it is not that."""
        fields = json.loads(path.read_text(encoding="utf-8"))
        vocabulary = cls(**{**fields, "pieces": tuple(fields["pieces"]), "scores": tuple(fields["scores"])})
        if len(vocabulary.pieces) != len(vocabulary.scores):
            raise ValueError("pieces and scores differ in number")
        return vocabulary


class Cutter:
    """Cuts texts into piece numbers: the most probable pieces of each word (Viterbi), with begin and end marks."""

    def __init__(self, vocabulary: Vocabulary, *, limit: int = LIMIT) -> None:
        """`limit` is the most pieces a text may have, marks and prefix included."""
        marks = {vocabulary.begin, vocabulary.end, vocabulary.unknown}
        pairs = enumerate(zip(vocabulary.pieces, vocabulary.scores, strict=True))
        self._known = {piece: (score, number) for number, (piece, score) in pairs if number not in marks}
        self._longest = max(map(len, self._known))
        self._table = str.maketrans(dict(vocabulary.replacements))
        self._unknown = (vocabulary.unknown_score, vocabulary.unknown)
        self._marks = (vocabulary.begin, vocabulary.end)
        self._word = lru_cache(maxsize=_WORDS_REMEMBERED)(self._cut_word)
        self._prefix = [number for word in PREFIX.split() for number in self._word(SPACE + word)]
        self._room = limit - 2 - len(self._prefix)

    def __call__(self, text: str) -> list[int]:
        """Return the text's piece numbers; of a text that is too long, its beginning and its end."""
        numbers = [number for word in self._words(text) for number in self._word(SPACE + word)]
        if len(numbers) > self._room:
            head = self._room // 2
            numbers = numbers[:head] + numbers[head - self._room :]
        return [self._marks[0], *self._prefix, *numbers, self._marks[1]]

    def _words(self, text: str) -> list[str]:
        """Split normalised text at spaces; words nobody types are cut so that the search stays short."""
        words = unicodedata.normalize("NFC", text).translate(self._table).split()
        if len(words) > 2 * self._room:
            words = words[: self._room] + words[-self._room :]
        return [word[:_LONGEST_WORD] for word in words]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        best: list[tuple[float, int, int]] = [(0.0, -1, 0)]
        for end in range(1, len(word) + 1):
            best.append(max(self._endings(word, end, best)))
        numbers = []
        end = len(word)
        while end:
            _score, number, end = best[end]
            numbers.append(number)
        return tuple(reversed(numbers))

    def _endings(self, word: str, end: int, best: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
        """Return every way to reach `end`: total score, piece number, where the piece starts."""
        score, number = self._unknown
        ways = [(best[end - 1][0] + score, number, end - 1)]
        for start in range(max(0, end - self._longest), end):
            found = self._known.get(word[start:end])
            if found:
                ways.append((best[start][0] + found[0], found[1], start))
        return ways


def italian_pieces(vocabulary: Vocabulary, texts: Iterable[str]) -> list[int]:
    """Return the pieces to ship: single characters, and those whose runs of three letters all occur in the texts.

    A large multilingual vocabulary is mostly other languages; what is left still spells every Italian word, with few
    pieces more. Texts are a few thousand Italian messages.
    """
    runs = {run for text in texts for word in text.lower().split() for run in _runs(SPACE + word + SPACE)}
    return [
        number
        for number, piece in enumerate(vocabulary.pieces)
        if len(piece.lstrip(SPACE)) <= 1 or runs.issuperset(_runs(piece.lower()))
    ]


def _runs(word: str) -> list[str]:
    """Return all runs of two and three characters; of two characters, the one pair."""
    return [word[at : at + size] for size in (2, 3) for at in range(len(word) - size + 1)]
