"""Classifies by nearness in meaning: kernel ridge regression over sentence vectors.

It knows every training message as an anchor, so a new one profits from the few that mean nearly the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from bot.nlu.arrays import Floats, Labels


@dataclass(frozen=True)
class Meaning:
    """`anchors` (messages, 512) are centred and scaled; `weights` (messages, intents) are what each one votes."""

    mean: Floats
    scale: float
    reach: float
    anchors: Floats
    weights: Floats
    offsets: Floats

    @classmethod
    def fit(cls, vectors: Floats, truth: Labels, *, reach: float, ridge: float) -> Meaning:
        """Learn from sentence vectors (messages, 512); rare intents weigh as much as frequent ones.

        `reach` is how far an anchor is heard, in mean lengths of a centred vector; `ridge` how much votes are damped.
        """
        mean = vectors.mean(axis=0)
        scale = float(np.sqrt(((vectors - mean) ** 2).sum(axis=1).mean())) or 1.0
        anchors = np.asarray((vectors - mean) / scale, np.float32)
        counts = np.bincount(truth)
        kernel = _kernel(anchors, anchors, reach)
        kernel[np.diag_indices(len(truth))] += (ridge * len(counts) * counts / len(truth))[truth].astype(np.float32)
        wanted = np.eye(len(counts), dtype=np.float32)[truth]
        offsets = wanted.mean(axis=0)
        solved = cho_solve(cho_factor(kernel, overwrite_a=True, check_finite=False), wanted - offsets)
        return cls(mean, scale, reach, anchors, np.asarray(solved, np.float32), offsets)

    def __call__(self, vectors: Floats) -> Floats:
        """Return scores (messages, intents)."""
        placed = np.asarray((vectors - self.mean) / self.scale, np.float32)
        kernel = _kernel(placed, self.anchors, self.reach, lengths=self._lengths)
        return np.asarray(kernel @ self.weights + self.offsets, np.float32)

    @cached_property
    def _lengths(self) -> Floats:
        """The squared lengths of the anchors, worked out once: they cost more than the rest of a message."""
        return np.asarray((self.anchors**2).sum(axis=1), np.float32)

    def save(self, path: Path) -> None:
        """Write one file of arrays; anchors are rounded to half precision, which changes no decision."""
        np.savez(
            path,
            mean=self.mean,
            numbers=np.array([self.scale, self.reach]),
            anchors=self.anchors.astype(np.float16),
            weights=self.weights,
            offsets=self.offsets,
        )

    @classmethod
    def load(cls, path: Path) -> Meaning:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as kept:
            scale, reach = (float(number) for number in kept["numbers"])
            anchors = kept["anchors"].astype(np.float32)
            return cls(kept["mean"], scale, reach, anchors, kept["weights"], kept["offsets"])


def _kernel(rows: Floats, anchors: Floats, reach: float, *, lengths: Floats | None = None) -> Floats:
    """Return the Gaussian kernel (rows, anchors): 1 for the same place, falling to 0 with distance.

    It is worked out in place: with all training messages on both sides it is by far the largest array there is.
    """
    kernel = rows @ anchors.T
    kernel *= 2
    kernel -= (rows**2).sum(axis=1)[:, None]
    kernel -= ((anchors**2).sum(axis=1) if lengths is None else lengths)[None, :]
    np.minimum(kernel, 0, out=kernel)
    kernel /= 2 * reach**2
    return np.asarray(np.exp(kernel, out=kernel), np.float32)
