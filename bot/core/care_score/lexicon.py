"""What people say, by kind: the patterns of `data/company.txt` and `data/customer.txt`.

A pattern is a regular expression a line, for folded text; it begins and ends where a word does. `[kind]` begins a kind,
`%name = ...` names a part that later lines use as `%name`, `#` begins a comment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

_STARTS_ANYWHERE = ("\\", "^", "!", "(?<!", "(?:^", "(?:(?:^")
_NEGATED = re.compile(r"\b(?:non|senza|mai|nemmeno|neanche) (?:[\w']+ ){0,2}$")
_QUOTES = re.compile(r"[“«\"][^”»\"\n]*[”»\"]")
_APOSTROPHES = str.maketrans("’‘`´", "''''")


def fold(text: str) -> str:
    """Small letters without accents, as long as the text, so that places in one are places in the other."""
    return "".join(_folded(character) for character in text.translate(_APOSTROPHES))


def _folded(character: str) -> str:
    bare = unicodedata.normalize("NFD", character.lower())[0]
    return " " if bare in "\t\r\xa0" else bare


def find(speaker: str, kind: str, folded: str) -> Iterator[re.Match[str]]:
    """The places where a speaker (`company`, `customer`) says something of a kind, without those that deny it."""
    for match in patterns(speaker)[kind].finditer(folded):
        if speaker == "customer" or not (_negated(folded, match) or _quoted(folded, match)):
            yield match


def _negated(folded: str, match: re.Match[str]) -> bool:
    return bool(_NEGATED.search(folded, max(0, match.start() - 40), match.start()))


def _quoted(folded: str, match: re.Match[str]) -> bool:
    """Whether these are somebody else's words, between quotation marks."""
    return any(quote.start() < match.start() and match.end() < quote.end() for quote in _QUOTES.finditer(folded))


@lru_cache(maxsize=2)
def patterns(speaker: str) -> Mapping[str, re.Pattern[str]]:
    """The kinds of a speaker's phrases, read once."""
    kinds: dict[str, list[str]] = {}
    macros: dict[str, str] = {}
    kind = ""
    for line in data_lines(f"{speaker}.txt"):
        if line.startswith("%"):
            name, _, meaning = line.partition(" = ")
            macros[name] = meaning
        elif re.fullmatch(r"\[\w+\]", line):
            kind = line[1:-1]
            kinds[kind] = []
        else:
            kinds[kind].append(_filled(line, macros))
    return {name: re.compile("|".join(lines), re.MULTILINE) for name, lines in kinds.items()}


def data_lines(name: str) -> Iterator[str]:
    """The lines of a file in `data/` that are neither empty nor a comment."""
    text = files("bot.core.care_score").joinpath(f"data/{name}").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.rstrip("\n")


def _filled(line: str, macros: Mapping[str, str]) -> str:
    for name, meaning in macros.items():
        line = line.replace(name, meaning)
    return f"(?:{line})" if line.startswith(_STARTS_ANYWHERE) else f"(?<!\\w)(?:{line})(?!\\w)"
