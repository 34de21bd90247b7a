"""Examines the linear model on its own training data, each message by a model that has not seen it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.nlu.arrays import Encode, Floats, Labels
from bot.nlu.evaluation import Confusion
from bot.nlu.linear import LinearClassifier, Scales
from bot.nlu.progress import tell
from bot.nlu.training.examples import Examples

_CURVE = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True)
class CrossValidation:
    """`rows` are probabilities (messages, intents) by models that had not seen the message; `truth` are columns."""

    examples: Examples
    intents: tuple[str, ...]
    rows: Floats
    truth: Labels

    @property
    def said(self) -> list[str]:
        """The most probable intent of every message."""
        return [self.intents[at] for at in self.rows.argmax(axis=1)]

    @property
    def accuracy(self) -> float:
        """Share of messages that were understood (0-1)."""
        return float((self.rows.argmax(axis=1) == self.truth).mean())

    def confusions(self) -> list[Confusion]:
        """The messages that were misunderstood, the surest errors first: wrong labels hide among them."""
        sure = self.rows.max(axis=1)
        found = [
            Confusion(text, right, said, float(confidence))
            for text, right, said, confidence in zip(
                self.examples.texts, self.examples.intents, self.said, sure, strict=True
            )
            if right != said
        ]
        return sorted(found, key=lambda confusion: -confusion.confidence)


def cross_validate(examples: Examples, *, encoder: Encode, folds: int = 5, seed: int = 0) -> CrossValidation:
    """Train `folds` models, each on all messages but its own part, and ask each about its part.

    The few numbers that calibrate are measured once: they hardly differ between parts and take as long as a training.
    """
    intents = tuple(sorted(set(examples.intents)))
    truth = np.array([intents.index(intent) for intent in examples.intents], np.int64)
    rows = np.zeros((len(examples), len(intents)), np.float32)
    scales: Scales | None = None
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed).split(rows, truth)
    for number, (kept, held) in enumerate(parts):
        tell("cross-validate", number / folds)
        part = examples.at(kept)
        model = LinearClassifier.train(part.texts, part.intents, encoder=encoder, scales=scales)
        scales = model.scales
        rows[held] = model.probabilities(examples.at(held).texts, encoder=encoder)
    return CrossValidation(examples, intents, rows, truth)


def learning_curve(examples: Examples, *, encoder: Encode, seed: int = 0) -> list[tuple[int, float]]:
    """Return (training messages, accuracy) for growing shares of the data, always asked about the same fifth."""
    taught, held = examples.split(held=0.2, seed=seed)
    points = []
    scales: Scales | None = None
    for share in (*_CURVE, 1.0):
        tell("learning-curve", share - _CURVE[0])
        part = taught if share == 1.0 else taught.split(held=1 - share, seed=seed)[0]
        model = LinearClassifier.train(part.texts, part.intents, encoder=encoder, scales=scales)
        scales = model.scales
        said = model.probabilities(held.texts, encoder=encoder).argmax(axis=1)
        right = sum(model.intents[at] == intent for at, intent in zip(said, held.intents, strict=True))
        points.append((len(part), right / len(held)))
    return points
