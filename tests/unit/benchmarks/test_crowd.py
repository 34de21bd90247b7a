"""Figures out of what customers saw."""

from __future__ import annotations

import pytest

from benchmarks.crowd import Turn, per_second, waits


def closed_loop(first: float, *, every: float, turns: int) -> list[Turn]:
    return [Turn(first + number * every, first + (number + 1) * every) for number in range(turns)]


def test_the_first_turns_of_each_customer_do_not_count():
    slow, quick = Turn(0, 5), Turn(5, 6)

    assert waits([[slow, quick], [slow, quick, quick]], warming=1) == [1, 1, 1]


def test_throughput_counts_all_customers():
    crowd = [closed_loop(0, every=0.1, turns=100), closed_loop(0, every=0.1, turns=100)]

    assert per_second(crowd, warming=2) == pytest.approx(20, rel=0.05)


def test_throughput_ends_when_the_first_customer_leaves():
    crowd = [closed_loop(0, every=0.1, turns=100), closed_loop(0, every=0.1, turns=900)]

    assert per_second(crowd, warming=2) == pytest.approx(20, rel=0.05)
