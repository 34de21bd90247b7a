"""A conversation that does not end."""

from __future__ import annotations

from itertools import islice

from benchmarks.bench import STOCK, Advance, Bench
from benchmarks.child import Child
from benchmarks.figures import around, median, milliseconds, times
from benchmarks.messages import ROUND, long_conversation
from benchmarks.place import LINEAR
from benchmarks.rows import Figure, Row, at_most

_GROWTH = 1.3
_FIRST = 10


def conversation(bench: Bench) -> list[Row]:
    """A late turn of one conversation against turn 10, by what the same side needed for that.

    The conversation repeats a round of twenty held-out messages; "turn N" is the median of the twenty turns around N,
    so that the same messages are compared. Ours is the whole turn (message stored, dossier read, answer decided,
    everything committed to SQLite), with the linear model; stock's is `Agent.handle_text` with its in-memory store.
    The ratio is that of the two growths.
    """
    stock = _stock_marks(bench) if bench.stock else {}
    ours = _our_marks(bench)
    last, stock_last = max(ours), max(stock, default=0)
    growth = Figure(ours[last] / ours[_FIRST], times(ours[last] / ours[_FIRST]))
    stock_growth = stock[stock_last] / stock[_FIRST] if stock else None
    shown = Figure(stock_growth, f"{times(stock_growth)} at turn {stock_last}") if stock_growth else None
    note = f"ours: {_story(ours)}" + (f"; stock: {_story(stock)}" if stock else "")
    limit = Figure(_GROWTH, times(_GROWTH))
    return [at_most(f"turn {last:,} against turn {_FIRST}", growth, limit, stock=shown, note=note)]


def _our_marks(bench: Bench) -> dict[int, float]:
    sizes = bench.sizes
    turns = _length(sizes.marks)
    with bench.side(LINEAR) as child, bench.bar("long conversation", turns * sizes.conversations) as advance:
        held = [_hold(bench, child, f"long-{number}", turns, advance) for number in range(sizes.conversations)]
    return {
        mark: median([seconds for one in held for seconds in around(one, mark, width=ROUND)]) for mark in sizes.marks
    }


def _stock_marks(bench: Bench) -> dict[int, float]:
    marks = bench.sizes.stock_marks
    turns = _length(marks)
    with bench.side(STOCK) as child, bench.bar("long conversation, stock Rasa", turns) as advance:
        held = _hold(bench, child, "long", turns, advance)
    return {mark: median(around(held, mark, width=ROUND)) for mark in marks}


def _length(marks: tuple[int, ...]) -> int:
    return max(marks) + ROUND // 2


def _hold(bench: Bench, child: Child, name: str, turns: int, advance: Advance) -> list[float]:
    seconds = []
    for text in islice(long_conversation(bench.messages), turns):
        seconds.append(float(child.ask(do="say", conversation=name, text=text)["turn"]))
        advance()
    return seconds


def _story(marks: dict[int, float]) -> str:
    return ", ".join(f"turn {mark} {milliseconds(seconds)}" for mark, seconds in marks.items())
