"""Both stages of the classifier as one: averaged, and long letters read sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.nlu.active_encoder import active_encoder
from bot.nlu.arrays import Classifier, Floats, Mask
from bot.nlu.letters import Letter, is_letter, read_letter


@dataclass(frozen=True)
class Blend:
    """The mean of two classifiers' probabilities; `weight` (0-1) is the second one's share.

    Intents that the second does not know yet keep what the first gives them, so a new intent works before the
    encoder has learned it.
    """

    first: Classifier
    second: Classifier
    weight: float

    @property
    def intents(self) -> tuple[str, ...]:
        """The first classifier's intents."""
        return self.first.intents

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return the averaged probabilities (texts, intents)."""
        return average(self.first.probabilities(texts), self.second_rows(texts), self.weight, known=self._known())

    def _known(self) -> Mask:
        return np.array([name in self.second.intents for name in self.intents])

    def second_rows(self, texts: Sequence[str]) -> Floats:
        """Return what the second says, in the order of the first one's intents; zero where it knows none."""
        rows = self.second.probabilities(texts)
        columns = [self.second.intents.index(name) if name in self.second.intents else -1 for name in self.intents]
        padded = np.hstack([rows, np.zeros((len(rows), 1), np.float32)])
        return np.asarray(padded[:, columns], np.float32)


def average(first: Floats, second: Floats, weight: float, *, known: Mask | None = None) -> Floats:
    """Average two tables of probabilities; where `known` is False the first one's values stay."""
    if known is None or known.all():
        mixed = (1 - weight) * first + weight * second
    else:
        share = first[:, known].sum(axis=1, keepdims=True)
        mixed = first.copy()
        mixed[:, known] = (1 - weight) * first[:, known] + weight * share * second[:, known]
    return np.asarray(mixed / np.maximum(mixed.sum(axis=1, keepdims=True), 1e-9), np.float32)


@dataclass(frozen=True)
class Stages:
    """The classifier that serves."""

    classifier: Classifier

    @classmethod
    def of(cls, linear: Classifier, *, encoders: Path) -> Stages:
        """Use the linear stage, and the encoder that is active in `encoders` if there is one."""
        found = active_encoder(encoders)
        return cls(Blend(linear, found[0], found[1]) if found else linear)

    @property
    def intents(self) -> tuple[str, ...]:
        """The names of the columns of `probabilities`."""
        return self.classifier.intents

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return probabilities (texts, intents); letters are read sentence by sentence."""
        rows = self.classifier.probabilities(texts)
        for at, text in enumerate(texts):
            if is_letter(text):
                rows[at] = self._read(Letter.of(text), whole=rows[at])
        return rows

    def _read(self, letter: Letter, *, whole: Floats) -> Floats:
        return read_letter(whole, self.classifier.probabilities(letter.sentences), self.intents)
