"""The pictures of a training report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.training.reliability import Bin

_INK, _PAPER = "#14213d", "#fca311"


def _pyplot() -> Any:
    """Load matplotlib for drawing into files: no screen is there."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    return pyplot


def draw_confusions(right: Sequence[str], said: Sequence[str], path: Path) -> None:
    """Draw the confusion matrix: rows are the right intents, colours shares of the row, numbers counts."""
    pyplot = _pyplot()
    names = sorted(set(right) | set(said))
    counts = np.zeros((len(names), len(names)), int)
    for one, other in zip(right, said, strict=True):
        counts[names.index(one), names.index(other)] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    side = max(6.0, 0.42 * len(names))
    figure, axes = pyplot.subplots(figsize=(side + 2, side + 1))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for row, column in np.argwhere(counts > 0):
        colour = "white" if shares[row, column] > 0.5 else _INK
        axes.text(column, row, counts[row, column], ha="center", va="center", fontsize=7, color=colour)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_xlabel("said")
    axes.set_ylabel("right")
    _save(figure, path)


def draw_learning_curve(points: Sequence[tuple[int, float]], path: Path) -> None:
    """Draw accuracy over the number of training messages."""
    figure, axes = _pyplot().subplots(figsize=(6, 4))
    axes.plot([size for size, _ in points], [accuracy for _, accuracy in points], marker="o", color=_INK)
    axes.set_xlabel("training messages")
    axes.set_ylabel("accuracy on the same held-out fifth")
    axes.grid(alpha=0.3)
    _save(figure, path)


def draw_reliability(bins: Sequence[Bin], path: Path) -> None:
    """Draw how often the model is right against how sure it is; on the diagonal it is honest."""
    figure, axes = _pyplot().subplots(figsize=(5, 5))
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey")
    axes.bar([b.confidence for b in bins], [b.accuracy for b in bins], width=0.07, color=_PAPER, edgecolor=_INK)
    for b in bins:
        axes.text(b.confidence, b.accuracy + 0.01, str(b.count), ha="center", fontsize=7)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that is right (numbers: messages)")
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    _pyplot().close(figure)
