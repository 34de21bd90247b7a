"""A careful guess whether a message is in another language: it must be sure, dialect and short texts are Italian."""

from __future__ import annotations

import re

from bot.nlu.italian.tables import pairs, words

_OTHERS = ("en", "fr", "es", "de")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FEWEST_WORDS = 4
_MARK_WEIGHT = 0.5
_ENDING_WEIGHT = 0.25
# evidence that the other language needs, and how many times the evidence for Italian it must be
_ENOUGH = 3.0
_LEAD = 2.0
_SHARE = 0.35


def language_of(text: str) -> str:
    """Return `it`, or `en`, `fr`, `es` or `de` when function words and letter groups leave little doubt."""
    found = _WORD.findall(text.lower())
    if len(found) < _FEWEST_WORDS:
        return "it"
    best = max(_OTHERS, key=lambda name: _evidence(name, text, found))
    italian = _italian_evidence(found, but_not=best)
    score = _evidence(best, text, found)
    sure = score >= max(_ENOUGH, _LEAD * italian) and _known(found, best) >= _SHARE * len(found)
    return best if sure else "it"


def _italian_evidence(found: list[str], *, but_not: str) -> float:
    """Count the words that are Italian and not the other language's, and a little those that end like Italian ones."""
    others = [word for word in found if word not in words(f"function_{but_not}")]
    return _known(others, "it") + _ENDING_WEIGHT * sum(word[-1] in "aeio" for word in others)


def _known(found: list[str], name: str) -> int:
    return sum(word in words(f"function_{name}") for word in found)


def _evidence(name: str, text: str, found: list[str]) -> float:
    lower = f" {text.lower()} "
    marks = sum(lower.count(mark) for mark, language in pairs("marks").items() if language == name)
    own = sum(word in words(f"function_{name}") and word not in words("function_it") for word in found)
    return own + _MARK_WEIGHT * min(marks, len(found))
