"""Turns a linear model's margins into honest probabilities by one temperature.

Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

from bot.nlu.arrays import Floats, Labels

_SHARPEST, _FLATTEST = 0.02, 10.0


def softmax(scores: Floats, *, temperature: float = 1.0) -> Floats:
    """Return rows of probabilities that sum to 1; a high temperature is doubtful, a low one sure."""
    scaled = scores.astype(np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def log_loss(scores: Floats, truth: Labels, temperature: float) -> float:
    """Return the mean negative log probability (nats) of the true classes."""
    chosen = softmax(scores, temperature=temperature)[np.arange(len(truth)), truth]
    return float(-np.log(np.maximum(chosen, 1e-12)).mean())


def fit_temperature(scores: Floats, truth: Labels) -> float:
    """Return the temperature (0.02 to 10) of least log loss on texts that the model was not trained on."""
    found = minimize_scalar(
        lambda power: log_loss(scores, truth, float(np.exp(power))),
        bounds=(np.log(_SHARPEST), np.log(_FLATTEST)),
        method="bounded",
    )
    return float(np.exp(found.x))
