"""The first stage as a whole: spelling and meaning vote together, with calibrated probabilities."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.model_selection import train_test_split

from bot.core.errors import Refused
from bot.nlu.arrays import Encode, Floats, Labels
from bot.nlu.italian import normalise
from bot.nlu.linear.calibration import fit_temperature, softmax
from bot.nlu.linear.meaning import Meaning
from bot.nlu.linear.sentence_vectors import encode
from bot.nlu.linear.spelling import Spelling, View
from bot.nlu.progress import tell

_CALIBRATION_SHARE = 0.15


@dataclass(frozen=True)
class Recipe:
    """How the classifier is built; defaults were chosen by cross-validation on the training data.

    `penalty` is the support vector machine's C; `reach` and `ridge` are explained at `Meaning.fit`;
    `meaning_share` is the weight of meaning beside spelling, which has 1.
    """

    views: tuple[View, ...] = (
        View("char_wb", 2, 5, least_documents=2, weight=0.5),
        View("word", 1, 2, least_documents=1, weight=0.5),
    )
    penalty: float = 0.2
    reach: float = 1.0
    ridge: float = 0.5
    meaning_share: float = 0.8
    seed: int = 0


@dataclass(frozen=True)
class Voices:
    """The two models that vote."""

    spelling: Spelling
    meaning: Meaning

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Floats, truth: Labels, recipe: Recipe) -> Voices:
        """Train both on normalised texts and their sentence vectors."""
        spelling = Spelling.fit(texts, truth, views=recipe.views, penalty=recipe.penalty, seed=recipe.seed)
        return cls(spelling, Meaning.fit(vectors, truth, reach=recipe.reach, ridge=recipe.ridge))

    def heard(self, texts: Sequence[str], vectors: Floats) -> tuple[Floats, Floats]:
        """Return the scores of both, each row centred."""
        spelling, meaning = self.spelling(texts), self.meaning(vectors)
        return spelling - spelling.mean(axis=1, keepdims=True), meaning - meaning.mean(axis=1, keepdims=True)


@dataclass(frozen=True)
class Scales:
    """What makes the votes comparable and the probabilities honest, measured on texts not trained on."""

    spelling: float
    meaning: float
    temperature: float = 1.0

    def mixed(self, spelling: Floats, meaning: Floats) -> Floats:
        """Return the sum of both votes (texts, intents)."""
        return np.asarray(spelling * self.spelling + meaning * self.meaning, np.float32)


@dataclass(frozen=True)
class LinearClassifier:
    """A trained classifier; read-only, safe to share between threads."""

    intents: tuple[str, ...]
    voices: Voices
    scales: Scales

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        *,
        recipe: Recipe = Recipe(),
        encoder: Encode = encode,
        scales: Scales | None = None,
    ) -> LinearClassifier:
        """Learn from labelled messages; `encoder` gives the sentence vectors of normalised texts.

        `scales` spares measuring them, which takes as long as the training. Refused when there are fewer than two
        intents, or an intent with fewer than two messages.
        """
        names = tuple(sorted(set(intents)))
        truth = np.array([names.index(intent) for intent in intents], np.int64)
        if len(names) < 2 or np.bincount(truth).min() < 2:
            raise Refused("nlu_nothing_to_learn", intents=len(names), examples=len(texts))
        tell("read")
        readable = [normalise(text).text for text in texts]
        vectors = encoder(readable)
        tell("calibrate")
        scales = scales or _measured(readable, vectors, truth, recipe)
        tell("fit")
        return cls(names, Voices.fit(readable, vectors, truth, recipe), scales)

    def probabilities(self, texts: Sequence[str], *, encoder: Encode = encode) -> Floats:
        """Return calibrated probabilities (texts, intents) in the order of `intents`; rows sum to 1."""
        if not texts:
            return np.zeros((0, len(self.intents)), np.float32)
        readable = [normalise(text).text for text in texts]
        scores = self.scales.mixed(*self.voices.heard(readable, encoder(readable)))
        return softmax(scores, temperature=self.scales.temperature)

    def save(self, folder: Path) -> None:
        """Write it into an existing folder, as JSON and arrays."""
        self.voices.spelling.save(folder)
        self.voices.meaning.save(folder / "meaning.npz")
        told = {"intents": self.intents, "scales": asdict(self.scales)}
        (folder / "classifier.json").write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearClassifier:
        """Read what `save` wrote."""
        told = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        voices = Voices(Spelling.load(folder), Meaning.load(folder / "meaning.npz"))
        return cls(tuple(told["intents"]), voices, Scales(**told["scales"]))


def _measured(texts: Sequence[str], vectors: Floats, truth: Labels, recipe: Recipe) -> Scales:
    """Bring both votes to the same spread and fit the temperature, on a part that was not trained on."""
    kept, held = _split(truth, recipe.seed)
    voices = Voices.fit([texts[at] for at in kept], vectors[kept], truth[kept], recipe)
    spelling, meaning = voices.heard([texts[at] for at in held], vectors[held])
    scales = Scales(1 / _spread(spelling), recipe.meaning_share / _spread(meaning))
    temperature = fit_temperature(scales.mixed(spelling, meaning), truth[held])
    return Scales(scales.spelling, scales.meaning, temperature)


def _spread(scores: Floats) -> float:
    return float(scores.std()) or 1.0


def _split(truth: Labels, seed: int) -> tuple[Labels, Labels]:
    """Return the places of a training part and a held-out part; every intent is in the training part."""
    share = max(_CALIBRATION_SHARE, len(np.bincount(truth)) / len(truth))
    kept, held = train_test_split(np.arange(len(truth)), test_size=min(share, 0.5), stratify=truth, random_state=seed)
    return kept, held
