"""Chat spelling: one word at a time, and what people stretch."""

from __future__ import annotations

import re
from itertools import product

from bot.nlu.italian.tables import pairs, words

_STRETCHED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_MOST_RUNS = 4
_VOWELS = frozenset("aeiouàèéìòù")
_MARKS = re.compile(r"([!?.…,;])\1{2,}")
_TOKEN = re.compile(r"[^\W_][\w'@.°º]*(?<![.@])|[€]", re.UNICODE)
_TIMES = re.compile(r"(?<![\w])x(?=\s+[^\W\d_])|(?<![\w+])[+](?=\s[^\W\d_])|(?<=[^\W\d]\s)[+](?=\s*$)", re.IGNORECASE)
_GLUED_X = re.compile(
    r"(?<!\w)x(?=(?:che|favore|cortesia|me|te|voi|noi|lui|lei|il|la|i|le|un|una|ora|caso|colpa)\b)", re.I
)


def unstretch(word: str) -> str:
    """Give a stretched word its letters back: `graaazie` → `grazie`, `bellllo` → `bello`; unknown words by rule."""
    runs = _STRETCHED.findall(word)
    if not runs:
        return word
    for lengths in product((1, 2), repeat=min(len(runs), _MOST_RUNS)):
        guess = _shortened(word, lengths)
        if guess.lower() in words("frequent"):
            return guess
    return _shortened(word, [1 if run.lower() in _VOWELS else 2 for run in runs])


def _shortened(word: str, lengths: tuple[int, ...] | list[int]) -> str:
    wanted = iter(lengths)
    return _STRETCHED.sub(lambda run: run.group(1) * next(wanted, 1), word)


def count_stretched(text: str) -> int:
    """How many runs of three or more equal letters there are."""
    return len(_STRETCHED.findall(text))


def shorten_marks(text: str) -> str:
    """Leave two of a longer run of equal marks: `!!!!!` → `!!`, `.....` → `..`."""
    return _MARKS.sub(r"\1\1", text)


def spell_word(word: str) -> str:
    """Write one lower-case word in full, with its accents; words that are not in the tables stay."""
    word = unstretch(word)
    return pairs("abbreviations").get(word) or pairs("accents").get(word) or word


def spell_text(text: str) -> str:
    """Write every word of a lower-case text in full; `x` as a word is `per`, `+` before a word is `più`."""
    text = _GLUED_X.sub("per ", text)
    text = _TIMES.sub(lambda sign: "per" if sign.group() == "x" else "più", text)
    return _TOKEN.sub(lambda token: _spell_token(token.group()), text)


def _spell_token(token: str) -> str:
    spelt = spell_word(token)
    if spelt != token or not token.endswith("'"):
        return spelt
    return spell_word(token[:-1]) if token[:-1] in pairs("accents") else token
