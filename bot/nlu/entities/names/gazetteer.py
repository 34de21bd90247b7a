"""Lists of names as evidence, never as proof: `Roma` may be a football team, `Rosa` a colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.nlu.entities.names.tokens import tokenise

_FOLDER = Path(__file__).parent
LISTS = ("places", "given_names", "surnames", "products", "companies", "businesses", "streets")
_STEMMED = "products"
_ENDINGS = "aeio"


@dataclass(frozen=True)
class Gazetteer:
    """For each list, the phrases (as tuples of words) that start with a word, longest first."""

    phrases: Mapping[str, Mapping[str, Sequence[tuple[str, ...]]]]

    @classmethod
    def read(cls, folder: Path = _FOLDER) -> Gazetteer:
        """Read `<list>.txt`: one name a line, `#` starts a comment."""
        return cls({name: _by_first_word(folder / f"{name}.txt") for name in LISTS})

    def marks(self, words: Sequence[str], *, only: str = "") -> list[list[str]]:
        """For each word, in which lists it stands: `B-places` at the start of a name, `I-places` inside it.

        The list of products holds stems and is left out unless it is the `only` one wanted.
        """
        found: list[list[str]] = [[] for _ in words]
        for name in [only] if only else [name for name in self.phrases if name != _STEMMED]:
            phrases = self.phrases[name]
            at = 0
            while at < len(words):
                length = _longest(phrases, words, at)
                for offset in range(length):
                    found[at + offset].append(f"{'I' if offset else 'B'}-{name}")
                at += length or 1
        return found


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The lists that ship with the program, read once."""
    return Gazetteer.read()


def names_in(name: str, folder: Path = _FOLDER) -> list[str]:
    """The names of a list as written."""
    lines = (line.partition("#")[0] for line in (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines())
    return [entry.strip() for line in lines for entry in line.split(",") if entry.strip()]


def stem(word: str) -> str:
    """The word without the ending that number and gender change: `lavatrici` and `lavatrice` are one."""
    return word[:-1] if len(word) > 4 and word[-1] in _ENDINGS else word


def _by_first_word(path: Path) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    singular = path.stem == _STEMMED
    for entry in names_in(path.stem, path.parent):
        words = tuple(stem(token.word) if singular else token.word for token in tokenise(entry))
        table.setdefault(words[0], []).append(words)
    return {first: sorted(phrases, key=len, reverse=True) for first, phrases in table.items()}


def _longest(phrases: Mapping[str, Sequence[tuple[str, ...]]], words: Sequence[str], at: int) -> int:
    for phrase in phrases.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0
