import pytest

from bot.nlu.encoder.recipe import learning_rate


def test_the_rate_rises_during_warm_up_and_then_falls_to_nothing():
    shares = [learning_rate(step, 100, warmup=0.1, floor=0.0) for step in range(100)]

    assert shares[:10] == pytest.approx([0.1 * at for at in range(1, 11)])
    assert shares[10:] == sorted(shares[10:], reverse=True)
    assert shares[-1] == pytest.approx(0.0111, abs=1e-3)


def test_the_rate_never_falls_below_its_floor():
    assert learning_rate(99, 100, warmup=0.1, floor=0.25) == 0.25


def test_a_training_of_one_step_uses_the_full_rate():
    assert learning_rate(0, 1, warmup=0.1, floor=0.0) == 1.0
