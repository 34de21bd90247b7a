"""The second question asked of a message: does it come from somebody in need, or from a troll?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.signals import NEED, TROLL
from bot.core.triage import TROLL_INTENTS
from bot.nlu.arrays import Encode
from bot.nlu.linear.classifier import LinearClassifier
from bot.nlu.linear.sentence_vectors import encode

_FEWEST = 2


@dataclass(frozen=True)
class Baiting:
    """A classifier that was only ever asked this."""

    model: LinearClassifier

    @classmethod
    def train(cls, texts: Sequence[str], intents: Sequence[str], *, encoder: Encode = encode) -> Baiting | None:
        """Learn to tell trolls from everybody else; None when the training data hold only one of the two."""
        sides = [TROLL if intent in TROLL_INTENTS else NEED for intent in intents]
        if min(sides.count(TROLL), sides.count(NEED)) < _FEWEST:
            return None
        return cls(LinearClassifier.train(texts, sides, encoder=encoder))

    def judge(self, texts: Sequence[str], *, encoder: Encode = encode) -> list[float]:
        """How probable it is (0-1) that a troll wrote each message."""
        if not texts:
            return []
        rows = self.model.probabilities(texts, encoder=encoder)
        return [float(probability) for probability in rows[:, self.model.intents.index(TROLL)]]

    def save(self, folder: Path) -> None:
        """Write it into an existing folder."""
        self.model.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Baiting:
        """Read what `save` wrote."""
        return cls(LinearClassifier.load(folder))
