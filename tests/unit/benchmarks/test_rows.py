"""Verdicts."""

from __future__ import annotations

from fractions import Fraction

from benchmarks.rows import Figure, Row, against_stock, at_least, at_most, missed, unjudged

THIRD = Fraction(1, 3)


def ms(value: float) -> Figure:
    return Figure(value, f"{value} ms")


def test_a_third_of_stock_meets_the_budget_of_a_third():
    row = against_stock("turn", ms(5), ms(15), at_most=THIRD)

    assert (row.ok, row.ratio, row.stock, row.budget) == (True, 5 / 15, "15 ms", "at most 1/3 of stock")


def test_a_little_more_than_a_third_misses_it():
    assert against_stock("turn", ms(5.1), ms(15), at_most=THIRD).ok is False


def test_without_stock_nothing_is_judged_and_the_budget_is_still_shown():
    row = against_stock("turn", ms(5), None, at_most=THIRD)

    assert (row.ok, row.ratio, row.stock, row.budget) == (None, None, "", "at most 1/3 of stock")


def test_a_comparison_without_a_budget_is_not_judged():
    assert against_stock("accuracy", ms(0.8), ms(0.5)).ok is None


def test_limits_include_themselves():
    assert at_most("memory", ms(700), ms(700)).ok
    assert not at_most("memory", ms(701), ms(700)).ok
    assert at_least("turns", ms(60), ms(60)).ok
    assert not at_least("turns", ms(59), ms(60)).ok


def test_stock_beside_a_limit_changes_no_verdict():
    row = at_most("memory", ms(800), ms(700), stock=ms(1600))

    assert (row.ok, row.ratio) == (False, 0.5)


def test_only_missed_budgets_count_as_missed():
    rows = [Row("good", "1", ok=True), Row("bad", "2", ok=False), Row("unknown", "3")]

    assert [row.name for row in missed(rows)] == ["bad"]
    assert missed(unjudged(rows)) == []
