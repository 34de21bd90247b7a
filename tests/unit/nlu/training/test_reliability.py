from __future__ import annotations

import pytest

from bot.nlu.training.reliability import best_threshold, calibration_error, reliability


def test_honest_confidence_has_no_calibration_error():
    bins = reliability([0.75] * 4, [True, True, True, False])

    assert (len(bins), bins[0].count) == (1, 4)
    assert calibration_error(bins) == pytest.approx(0)


def test_boasting_is_measured():
    assert calibration_error(reliability([1.0, 1.0], [False, False])) == pytest.approx(1.0)


def test_asking_again_pays_only_below_the_confidence_where_errors_dominate():
    confidences = [0.1, 0.15, 0.2, 0.6, 0.7, 0.9]
    right = [False, False, False, True, True, True]

    assert best_threshold(confidences, right, cost=0.5) == 0.2
    assert best_threshold(confidences, right, cost=1.1) == 0.0
