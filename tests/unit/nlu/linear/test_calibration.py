from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.linear.calibration import fit_temperature, log_loss, softmax


def test_the_fitted_temperature_makes_confidence_match_how_often_it_is_right():
    chance = np.random.default_rng(0)
    truth = chance.integers(0, 2, 4000)
    said = np.where(chance.random(4000) < 0.8, truth, 1 - truth)
    scores = np.zeros((4000, 2), np.float32)
    scores[np.arange(4000), said] = 10.0

    temperature = fit_temperature(scores, truth)

    assert softmax(scores, temperature=temperature).max(axis=1).mean() == pytest.approx(0.8, abs=0.02)


def test_the_fitted_temperature_is_better_than_its_neighbours():
    chance = np.random.default_rng(1)
    scores = chance.normal(size=(500, 4)).astype(np.float32)
    truth = np.where(chance.random(500) < 0.7, scores.argmax(axis=1), chance.integers(0, 4, 500))

    best = fit_temperature(scores, truth)

    assert log_loss(scores, truth, best) <= min(log_loss(scores, truth, best * f) for f in (0.8, 1.25))


def test_large_scores_do_not_overflow():
    assert np.allclose(softmax(np.array([[1e6, 0.0]], np.float32)), [[1.0, 0.0]])
