"""The second question asked of a message: does it come from somebody in need, or from a troll?"""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.signals import NEED, TROLL
from bot.core.triage import TROLL_INTENTS
from bot.nlu.arrays import Encode
from bot.nlu.linear.classifier import LinearClassifier
from bot.nlu.linear.sentence_vectors import encode

_FEWEST = 2


def train_baiting(texts: Sequence[str], intents: Sequence[str], *, encoder: Encode = encode) -> LinearClassifier | None:
    """Learn to tell trolls from everybody else; None when the training data hold only one of the two."""
    sides = [TROLL if intent in TROLL_INTENTS else NEED for intent in intents]
    if min(sides.count(TROLL), sides.count(NEED)) < _FEWEST:
        return None
    return LinearClassifier.train(texts, sides, encoder=encoder)
