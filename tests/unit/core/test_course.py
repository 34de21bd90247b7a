from __future__ import annotations

import pytest

from bot.core.course import boils_over, trend


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ((), "steady"),
        ((2,), "steady"),
        ((1, 1), "steady"),
        ((0, 1), "rising"),
        ((1, 2, 4), "rising"),
        ((3, 3), "steady"),
        ((4, 2), "falling"),
        ((3, 3, 1), "falling"),
        ((2, 0, 1), "rising"),
        ((4, 4, 4, 4, 0, 0, 0, 0), "steady"),
        ((0, 0, 0, 0, 4, 3, 2), "falling"),
    ],
)
def test_a_course_rises_falls_or_stays(course: tuple[int, ...], expected: str):
    assert trend(course) == expected


@pytest.mark.parametrize(
    ("course", "expected"),
    [((), False), ((4,), False), ((3, 3), True), ((3, 4), True), ((4, 3), False), ((4, 1), False), ((2, 4), False)],
)
def test_a_human_steps_in_when_anger_lasts(course: tuple[int, ...], expected: bool):
    assert boils_over(course) is expected
