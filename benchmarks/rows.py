"""The rows of the table and their verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True)
class Row:
    """One figure. `ratio` is ours divided by stock's; `ok` is None where there is no budget or nothing to compare."""

    name: str
    ours: str
    budget: str = ""
    stock: str = ""
    ratio: float | None = None
    ok: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A number and how it is shown."""

    value: float
    shown: str


def against_stock(
    name: str, ours: Figure, stock: Figure | None, *, at_most: Fraction | None = None, note: str = ""
) -> Row:
    """A row judged by its ratio to stock's figure; without stock, or without a limit, it is not judged."""
    budget = f"at most {at_most} of stock" if at_most else ""
    if stock is None:
        return Row(name, ours.shown, budget, note=note)
    ratio = ours.value / stock.value
    ok = ratio <= at_most if at_most else None
    return Row(name, ours.shown, budget, stock.shown, ratio, ok, note)


def at_most(name: str, ours: Figure, limit: Figure, *, stock: Figure | None = None, note: str = "") -> Row:
    """A row whose figure must not exceed a limit; stock's is shown beside it."""
    return _beside(
        Row(name, ours.shown, f"at most {limit.shown}", ok=ours.value <= limit.value, note=note), ours, stock
    )


def at_least(name: str, ours: Figure, limit: Figure, *, stock: Figure | None = None, note: str = "") -> Row:
    """A row whose figure must reach a limit."""
    return _beside(
        Row(name, ours.shown, f"at least {limit.shown}", ok=ours.value >= limit.value, note=note), ours, stock
    )


def missed(rows: Iterable[Row]) -> list[Row]:
    """The rows whose budget is not met."""
    return [row for row in rows if row.ok is False]


def unjudged(rows: Iterable[Row]) -> list[Row]:
    """The same rows without verdicts: what a trial in small shows is nobody's merit or fault."""
    return [replace(row, ok=None) for row in rows]


def _beside(row: Row, ours: Figure, stock: Figure | None) -> Row:
    if stock is None:
        return row
    return replace(row, stock=stock.shown, ratio=ours.value / stock.value if stock.value else None)
