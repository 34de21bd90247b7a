import numpy as np
import pytest

from bot.nlu.encoder.calibration import fit_temperature, log_loss, softmax


def honest(count: int = 20_000, classes: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Scores, and truths drawn from exactly the probabilities the scores stand for."""
    random = np.random.default_rng(0)
    logits = (2 * random.standard_normal((count, classes))).astype(np.float32)
    truth = (random.random((count, 1)) > softmax(logits).cumsum(axis=1)[:, :-1]).sum(axis=1)
    return logits, truth


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_the_temperature_undoes_over_and_underconfidence(factor):
    logits, truth = honest()

    assert fit_temperature(logits * np.float32(factor), truth) == pytest.approx(factor, rel=0.05)


def test_the_fitted_temperature_is_better_than_its_neighbours():
    logits, truth = honest(2_000)
    best = fit_temperature(logits, truth)

    assert log_loss(logits, truth, best) <= min(log_loss(logits, truth, best * by) for by in (0.9, 1.1))


def test_a_perfect_classifier_gets_a_finite_temperature():
    assert 0.05 <= fit_temperature(np.eye(3, dtype=np.float32), np.arange(3)) < 0.06


def test_probabilities_sum_to_one_even_for_huge_scores():
    rows = softmax(np.array([[1000.0, 0.0], [-1000.0, -1001.0]], np.float32))

    assert rows.sum(axis=1) == pytest.approx([1.0, 1.0])
    assert rows[0, 0] == pytest.approx(1.0)
