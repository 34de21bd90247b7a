"""The brain, one turn."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from benchmarks.bench import STOCK, Bench, blocks
from benchmarks.child import Child
from benchmarks.figures import median, milliseconds, percentile
from benchmarks.messages import shuffled
from benchmarks.place import ENCODER, LINEAR
from benchmarks.rows import Figure, Row, against_stock

_BUDGETS = {LINEAR: Fraction(1, 3), ENCODER: Fraction(1, 2)}
_CONVERSATION = 10


def brain(bench: Bench) -> list[Row]:
    """Understanding, deciding and wording of one message, without network and database, in conversations of ten turns.

    Ours is `Mind.think` in its own thread, with the actions that make cases and promises; stock's is
    `Agent.handle_text` with its in-memory stores and plain responses instead of actions. The sides take turns by
    conversation with the same held-out messages; medians of all turns after the first conversation.
    """
    texts = shuffled(bench.messages, seed=1)[: bench.sizes.turns + _CONVERSATION]
    with bench.talking() as sides, bench.bar("brain, one turn", len(texts) * len(sides)) as advance:
        seconds: dict[str, list[float]] = {side: [] for side in sides}
        for number, block in enumerate(blocks(texts, _CONVERSATION)):
            for side, child in _in_turn(sides, number).items():
                for text in block:
                    seconds[side].append(child.ask(do="say", conversation=f"brain-{number}", text=text)["brain"])
                    advance()
    return _rows(bench, {side: found[_CONVERSATION:] for side, found in seconds.items()})


def _in_turn(sides: Mapping[str, Child], number: int) -> dict[str, Child]:
    """The sides, another one first each time."""
    names = list(sides)
    first = number % len(names)
    return {name: sides[name] for name in names[first:] + names[:first]}


def _rows(bench: Bench, seconds: Mapping[str, list[float]]) -> list[Row]:
    stock = _figure(seconds[STOCK]) if STOCK in seconds else None
    return [
        against_stock(
            f"brain, one turn, p50 ({kind})",
            _figure(seconds[kind]),
            stock,
            at_most=_BUDGETS[kind],
            note=_spread(seconds[kind]),
        )
        for kind in bench.kinds
    ]


def _figure(seconds: list[float]) -> Figure:
    middle = median(seconds)
    return Figure(middle, milliseconds(middle))


def _spread(seconds: list[float]) -> str:
    return f"{len(seconds)} turns, p95 {milliseconds(percentile(seconds, 0.95))}"
