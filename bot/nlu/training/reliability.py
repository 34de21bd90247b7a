"""How honest a confidence is: whether what is said with 70 % is right seven times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BINS = 10


@dataclass(frozen=True)
class Bin:
    """Messages of about the same confidence: their mean confidence, the share that was right, how many they are."""

    confidence: float
    accuracy: float
    count: int


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Group by confidence, a tenth wide each; groups without a message are left out."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in zip(confidences, right, strict=True):
        groups.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, hit))
    return [
        Bin(sum(c for c, _ in group) / len(group), sum(hit for _, hit in group) / len(group), len(group))
        for _, group in sorted(groups.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error (0-1): the mean distance of confidence and accuracy."""
    total = sum(b.count for b in bins)
    return sum(b.count * abs(b.confidence - b.accuracy) for b in bins) / total if total else 0.0


def best_threshold(confidences: Sequence[float], right: Sequence[bool], *, cost: float) -> float:
    """Return the confidence below which admitting "not understood" is cheaper than guessing.

    A wrong answer costs 1, a right one 0, asking again costs `cost` (0-1).
    """
    ranked = sorted(zip(confidences, right, strict=True))
    errors_above, best, threshold = sum(not hit for hit in right), sum(not hit for hit in right) * 1.0, 0.0
    for place, (confidence, hit) in enumerate(ranked, start=1):
        errors_above -= not hit
        price = errors_above + cost * place
        if price < best:
            best, threshold = price, confidence
    return threshold
