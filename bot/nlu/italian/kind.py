"""Says what sort of thing a message is, before anyone asks what it means."""

from __future__ import annotations

import re

from bot.nlu.italian.clean import EMOJI, clean
from bot.nlu.italian.language import language_of
from bot.nlu.italian.spelling import unstretch
from bot.nlu.italian.tables import pairs, words

TEXT, EMPTY, EMOJI_ONLY, GIBBERISH, OTHER_LANGUAGE = KINDS = ("text", "empty", "emoji", "gibberish", "other_language")

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SHORTEST_GIBBERISH = 5
_VOWEL = re.compile(r"[aeiouyàèéìòùáíóú]", re.IGNORECASE)
# below this share of letter pairs that Italian or its dialects know, a word is keyboard noise
_FEWEST_KNOWN_PAIRS = 0.5
_LAUGH = re.compile(
    r"^(?:[ahe]*(?:ah|ha|eh|he|ih|hi|oh|ho|uh)[ahe]*)+$|^[aeiou]+$|^(?:l+o+)+l+$|^(?:mh*m*|br+|zz+|pf+|grr+|sss*h*|uff+)$"
)


def kind_of(text: str) -> str:
    """Return `text`, `empty`, `emoji`, `gibberish` or `other_language`; in doubt it is text."""
    readable = clean(text)
    if not any(char.isalnum() for char in EMOJI.sub("", readable)):
        return EMOJI_ONLY if EMOJI.search(text) else EMPTY
    if _is_gibberish(readable):
        return GIBBERISH
    return TEXT if language_of(readable) == "it" else OTHER_LANGUAGE


def _is_gibberish(text: str) -> bool:
    """Whether nothing in it can be read: no digit, no known word, and every word is keyboard noise."""
    if any(char.isdigit() for char in text):
        return False
    found = [word.lower() for word in _WORD.findall(text)]
    long = [word for word in found if len(word) >= _SHORTEST_GIBBERISH]
    if not long or any(_is_word(word) for word in found):
        return False
    return all(_is_noise(word) for word in long)


def _is_word(word: str) -> bool:
    known = word in words("frequent") or word in pairs("abbreviations") or unstretch(word) in words("frequent")
    return known or bool(_LAUGH.match(word))


def _is_noise(word: str) -> bool:
    plain = unstretch(word)
    if not _VOWEL.search(plain):
        return True
    letter_pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
    known = sum(pair in words("letter_pairs") for pair in letter_pairs)
    return known < _FEWEST_KNOWN_PAIRS * len(letter_pairs)
