from __future__ import annotations

import pytest

from bot.integrations.breaker import Breaker


class Watch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def breaker(watch: Watch) -> Breaker:
    return Breaker(failures=3, rest=30.0, seconds=watch)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        assert breaker.allows()
        breaker.failed()


def test_two_failures_change_nothing(breaker: Breaker):
    fail(breaker, 2)

    assert breaker.allows()


def test_after_three_failures_in_a_row_nothing_is_asked_for_half_a_minute(breaker: Breaker, watch: Watch):
    fail(breaker, 3)
    watch.seconds += 29.9

    assert not breaker.allows()


def test_then_one_asks_for_everybody(breaker: Breaker, watch: Watch):
    fail(breaker, 3)
    watch.seconds += 30

    assert [breaker.allows(), breaker.allows()] == [True, False]


def test_one_failure_after_the_rest_is_enough_for_another_rest(breaker: Breaker, watch: Watch):
    fail(breaker, 3)
    watch.seconds += 30
    fail(breaker, 1)
    watch.seconds += 29.9

    assert not breaker.allows()


def test_an_answer_ends_it(breaker: Breaker, watch: Watch):
    fail(breaker, 3)
    watch.seconds += 30
    assert breaker.allows()
    breaker.succeeded()

    fail(breaker, 2)
    assert breaker.allows()


def test_failures_between_answers_do_not_add_up(breaker: Breaker):
    for _ in range(5):
        fail(breaker, 2)
        breaker.succeeded()

    assert breaker.allows()
