"""Numbers out of samples."""

from __future__ import annotations

import pytest

from benchmarks.figures import around, duration, median, megabytes, milliseconds, percentile


def test_a_percentile_lies_between_its_neighbours():
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile(range(101), 0.99) == 99
    assert percentile([7.0], 0.99) == 7.0


def test_one_slow_turn_does_not_move_the_median():
    assert median([1, 1, 1, 1, 900]) == 1


def test_there_is_no_percentile_of_nothing():
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


@pytest.mark.parametrize(("turn", "expected"), [(10, range(0, 20)), (1000, range(990, 1010)), (40, range(30, 50))])
def test_turns_are_compared_over_whole_rounds(turn, expected):
    assert list(around(range(1010), turn, width=20)) == list(expected)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (milliseconds(0.01234), "12.3 ms"),
        (milliseconds(0.3456), "346 ms"),
        (duration(8.44), "8.4 s"),
        (duration(1260), "21 min"),
        (megabytes(699_600_000), "700 MB"),
    ],
)
def test_figures_show_their_unit_and_no_false_precision(shown, expected):
    assert shown == expected
