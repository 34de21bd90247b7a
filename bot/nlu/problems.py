"""The parts of a message, so that a second problem is heard behind the first."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from bot.core.problems import distinct_problems, same_matter
from bot.core.signals import Problem
from bot.nlu.arrays import Floats
from bot.nlu.italian import split_story

_FEWEST_WORDS = 10  # in fewer nobody tells two problems
_PART_WORDS = 4
_MOST_PARTS = 12
_ADDS = (
    r"inoltre|in (?:più|piu)|per giunta|oltretutto|come se non bastasse|altra cosa|un'altra cosa|seconda cosa|secondo|"
    r"oltre (?:a ciò|a questo|al fatto)|poi c'è|e poi|e anche|e pure|e per finire|punto due|2\)|due:"
)
_ALSO = re.compile(
    rf"[,;:]?\s+(?=(?:e\s+|ma\s+)?(?:{_ADDS})\b)"
    r"|,\s+(?=e (?:il|la|lo|l'|i|gli|le|un|una|mi|mancava|manca|adesso|ora)\b)",
    re.IGNORECASE,
)
_ADDED = re.compile(rf"(?:e\s+|ma\s+)?(?:{_ADDS})\b", re.IGNORECASE)


def parts_of(text: str) -> tuple[str, ...]:
    """What may tell a problem of its own: sentences, cut again where something is added; none for a short message."""
    if len(text.split()) < _FEWEST_WORDS:
        return ()
    pieces = [piece.strip() for sentence in split_story(text) for piece in _ALSO.split(sentence)]
    parts = [piece for piece in pieces if len(piece.split()) >= _PART_WORDS]
    return tuple(parts[:_MOST_PARTS]) if len(parts) > 1 else ()


def bare(part: str) -> str:
    """A part without the words that add it: "inoltre la lampada è rotta" is about a lamp, not about a last straw."""
    return _ADDED.sub("", part, count=1).strip(" ,;:") or part


def surer(one: Floats, other: Floats) -> Floats:
    """Of two readings of the same parts (parts, intents), for each part the one that is surer."""
    best = one.max(axis=1) >= other.max(axis=1)
    return np.where(best[:, None], one, other)


def problems_in(
    parts: Sequence[str], rows: Floats, intents: Sequence[str], *, whole: str, letter: bool
) -> tuple[Problem, ...]:
    """The distinct problems of a message's parts, from their probabilities (parts, intents).

    None when what the message is about as a `whole` is not among them: then the parts were misread. A letter tells many
    things along the way: there only what is added in so many words ("inoltre", "altra cosa") is another problem.
    """
    best = rows.argmax(axis=1)
    heard = [(intents[at], float(row[at]), part) for part, row, at in zip(parts, rows, best, strict=True)]
    if letter:
        added = [(intent, sure, part) for intent, sure, part in heard if _ADDED.match(part)]
        told = "\n".join(part for part in parts if not _ADDED.match(part))
        heard = [(whole, 1.0, told), *added]
    found = distinct_problems(heard)
    return found if any(same_matter(problem.intent, whole) for problem in found) else ()
