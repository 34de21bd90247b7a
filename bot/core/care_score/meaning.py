"""What a text is about: its content words by stem, the things they stand for, and its facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.core.care_score.lexicon import data_lines

_TOKENS = re.compile(r"[a-z]{0,5}\d[\da-z]*(?:[.,:/-]\d+)*|[a-z]+")
_LEAST = 3
# the longest first: verbs, nouns of verbs, then bare vowels
_ENDINGS = tuple(
    """azioni azione izioni izione imenti imento amenti amento amente mente avano evano ivano ando endo ante ente
    ato ata ati ate uto uta uti ute ito ita iti ite are ere ire ava eva iva ano ono iamo erci arci ermi armi
    io ia ie ii a e i o""".split()
)


def stem(word: str) -> str:
    """The part of a word that its relatives share: `consegnato`, `consegna`, `consegne` are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word


def topics(folded: str) -> frozenset[str]:
    """What a text is about: `#48213` for a fact, `@parcel` for a known thing, else a stem."""
    return frozenset(topic for token in _TOKENS.findall(folded) for topic in topics_of(token))


def named(folded: str, about: frozenset[str]) -> frozenset[str]:
    """The words of a text that speak of what another is about, each by its stem, facts as `#fact`."""
    tokens = set(_TOKENS.findall(folded))
    return frozenset(_label(token) for token in tokens if topics_of(token) & about)


def is_fact(topic: str) -> bool:
    """Whether it is a number, a code, an amount."""
    return topic.startswith("#")


@lru_cache(maxsize=4096)
def topics_of(token: str) -> frozenset[str]:
    """What one word is about; nothing when it tells no problem from another."""
    if any(character.isdigit() for character in token):
        fact = re.sub(r"[.,:/-]", "", token)
        return frozenset({f"#{fact}"}) if len(fact) > 1 else frozenset()
    if len(token) < _LEAST or _in(token, _stopwords()):
        return frozenset()
    things = frozenset(f"@{name}" for name, words in _concepts().items() if _in(token, words))
    return things or frozenset({stem(token)})


def _label(token: str) -> str:
    return f"#{token}" if any(character.isdigit() for character in token) else stem(token)


def _in(token: str, words: Mapping[str, bool]) -> bool:
    """Whether a word is listed, whole or by one of its beginnings."""
    return token in words or any(words.get(token[:length]) for length in range(_LEAST, len(token) + 1))


@lru_cache(maxsize=1)
def _concepts() -> Mapping[str, Mapping[str, bool]]:
    families = (line.partition(":") for line in data_lines("concepts.txt"))
    return {name: _listed(words) for name, _, words in families}


@lru_cache(maxsize=1)
def _stopwords() -> Mapping[str, bool]:
    return _listed(" ".join(data_lines("stopwords.txt")))


def _listed(words: str) -> dict[str, bool]:
    """Each word, and whether it stands for every word that begins so."""
    return {word.rstrip("*"): word.endswith("*") for word in words.split()}
