from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.linear.meaning import Meaning, _kernel


def test_the_kernel_is_one_at_the_same_place_and_falls_with_distance():
    places = np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]], np.float32)

    kernel = _kernel(places, places, 1.0)

    assert np.allclose(np.diag(kernel), 1)
    assert kernel[0, 1] == pytest.approx(np.exp(-0.5), abs=1e-5)
    assert kernel[0, 1] > kernel[0, 2] > 0


def test_a_ring_around_a_point_is_told_from_the_point_which_no_straight_line_can():
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 3
    middle = np.random.default_rng(0).normal(scale=0.3, size=(24, 2))
    vectors = np.concatenate([ring, middle]).astype(np.float32)
    truth = np.array([0] * 24 + [1] * 24)

    meaning = Meaning.fit(vectors, truth, reach=0.5, ridge=0.5)

    assert meaning(np.array([[2.9, 0.3], [0.1, -0.1]], np.float32)).argmax(axis=1).tolist() == [0, 1]


def test_a_rare_intent_is_not_drowned_by_a_frequent_one():
    chance = np.random.default_rng(1)
    vectors = np.concatenate([chance.normal(-1, 0.7, (90, 3)), chance.normal(1, 0.7, (6, 3))]).astype(np.float32)
    meaning = Meaning.fit(vectors, np.array([0] * 90 + [1] * 6), reach=1.0, ridge=0.5)

    said = meaning(chance.normal(1, 0.4, (50, 3)).astype(np.float32)).argmax(axis=1)

    assert said.mean() > 0.9


def test_a_kept_model_says_the_same(tmp_path):
    chance = np.random.default_rng(2)
    vectors = chance.normal(size=(30, 8)).astype(np.float32)
    meaning = Meaning.fit(vectors, np.arange(30) % 3, reach=1.0, ridge=0.5)

    meaning.save(tmp_path / "m.npz")

    assert np.allclose(Meaning.load(tmp_path / "m.npz")(vectors), meaning(vectors), atol=5e-3)
