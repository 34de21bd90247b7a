"""Names for the arrays and results that the classifiers exchange."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]
Mask = NDArray[np.bool_]
Encode = Callable[[Sequence[str]], Floats]
"""Gives the sentence vectors (texts, 512) of some texts."""


class Classifier(Protocol):
    """Says how probable each intent is."""

    @property
    def intents(self) -> tuple[str, ...]:
        """The names of the columns of `probabilities`."""

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Return rows of probabilities (texts, intents) that sum to 1, in the order of `intents`."""
