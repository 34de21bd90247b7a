"""Makes a classifier's confidence honest: one temperature, fitted on texts it was not trained on.

Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from bot.nlu.encoder.weights import Floats

_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
_LOWEST, _HIGHEST = 0.05, 20.0
_ROUNDS = 60


def softmax(logits: Floats) -> Floats:
    """Return rows of probabilities that sum to 1."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), dtype=np.float32)


def log_loss(logits: Floats, truth: NDArray[np.int64], temperature: float) -> float:
    """Return the mean negative log probability (nats) of the true classes at a temperature."""
    scaled = logits.astype(np.float64) / temperature
    peak = scaled.max(axis=1)
    total = peak + np.log(np.exp(scaled - peak[:, None]).sum(axis=1))
    return float((total - scaled[np.arange(len(truth)), truth]).mean())


def fit_temperature(logits: Floats, truth: NDArray[np.int64]) -> float:
    """Return the temperature of least log loss, by golden-section search over its logarithm (0.05 to 20)."""
    low, high = math.log(_LOWEST), math.log(_HIGHEST)
    for _ in range(_ROUNDS):
        step = _GOLDEN * (high - low)
        if log_loss(logits, truth, math.exp(high - step)) < log_loss(logits, truth, math.exp(low + step)):
            high = low + step
        else:
            low = high - step
    return math.exp((low + high) / 2)
