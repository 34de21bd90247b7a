"""Classifies by how things are written: n-grams of characters and words into a linear support vector machine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.nlu.arrays import Floats, Labels

_WORD = r"(?u)\b\w+\b|[!?]+"


@dataclass(frozen=True)
class View:
    """One bag of n-grams: `analyzer` as in scikit-learn, lengths from `shortest` to `longest`, `weight` of the view."""

    analyzer: str
    shortest: int
    longest: int
    least_documents: int
    weight: float

    def vectoriser(self) -> TfidfVectorizer:
        """Return an unfitted tf-idf vectoriser with logarithmic counts."""
        return TfidfVectorizer(
            analyzer=self.analyzer,
            ngram_range=(self.shortest, self.longest),
            min_df=self.least_documents,
            sublinear_tf=True,
            token_pattern=_WORD if self.analyzer == "word" else None,
            dtype=np.float32,
        )


@dataclass(frozen=True)
class Spelling:
    """Fitted views side by side and one hyperplane an intent: scores are n-grams @ weights + offsets."""

    views: tuple[View, ...]
    vectorisers: tuple[TfidfVectorizer, ...]
    weights: Floats
    offsets: Floats

    @classmethod
    def fit(
        cls, texts: Sequence[str], truth: Labels, *, views: tuple[View, ...], penalty: float, seed: int = 0
    ) -> Spelling:
        """Learn from normalised texts; rare intents weigh as much as frequent ones."""
        vectorisers = tuple(view.vectoriser().fit(texts) for view in views)
        machine = LinearSVC(C=penalty, class_weight="balanced", random_state=seed, tol=3e-3)
        machine.fit(_columns(views, vectorisers, texts), truth)
        weights, offsets = machine.coef_.T, machine.intercept_
        if weights.shape[1] == 1:
            weights, offsets = np.hstack([-weights, weights]), np.hstack([-offsets, offsets])
        return cls(views, vectorisers, np.ascontiguousarray(weights, np.float32), offsets.astype(np.float32))

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Return scores (texts, intents)."""
        return np.asarray(_columns(self.views, self.vectorisers, texts) @ self.weights + self.offsets, np.float32)

    def save(self, folder: Path) -> None:
        """Write vocabularies as JSON and numbers as arrays; nothing in it can run."""
        told = {
            "views": [asdict(view) for view in self.views],
            "vocabularies": [sorted(each.vocabulary_, key=each.vocabulary_.__getitem__) for each in self.vectorisers],
        }
        (folder / "spelling.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        idf = {f"idf_{at}": each.idf_ for at, each in enumerate(self.vectorisers)}
        np.savez(folder / "spelling.npz", weights=self.weights, offsets=self.offsets, **idf)

    @classmethod
    def load(cls, folder: Path) -> Spelling:
        """Read what `save` wrote."""
        told = json.loads((folder / "spelling.json").read_text(encoding="utf-8"))
        views = tuple(View(**view) for view in told["views"])
        with np.load(folder / "spelling.npz", allow_pickle=False) as kept:
            vectorisers = tuple(
                _restored(view, terms, kept[f"idf_{at}"])
                for at, (view, terms) in enumerate(zip(views, told["vocabularies"], strict=True))
            )
            return cls(views, vectorisers, kept["weights"], kept["offsets"])


def _columns(views: Sequence[View], vectorisers: Sequence[TfidfVectorizer], texts: Sequence[str]) -> sparse.csr_matrix:
    """Return the n-grams of some texts (texts, terms of all views)."""
    blocks = [
        vectoriser.transform(texts) * np.float32(np.sqrt(view.weight))
        for view, vectoriser in zip(views, vectorisers, strict=True)
    ]
    return sparse.hstack(blocks, format="csr", dtype=np.float32)


def _restored(view: View, terms: Sequence[str], idf: Floats) -> TfidfVectorizer:
    vectoriser = view.vectoriser()
    vectoriser.vocabulary_ = {term: column for column, term in enumerate(terms)}
    vectoriser.idf_ = idf
    return vectoriser
