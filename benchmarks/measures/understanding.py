"""Who understands more."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.bench import STOCK, Advance, Bench, blocks
from benchmarks.child import Child
from benchmarks.rows import Figure, Row, against_stock
from bot.nlu.evaluation import intent_table

_BATCH = 32


def understanding(bench: Bench) -> list[Row]:
    """Accuracy and macro F1 on the held-out messages, which neither side was trained on; both know the same examples.

    Ours is the intent that the service goes by; stock's is DIET's best intent, falling back not held against it.
    """
    asked = bench.messages[:: max(1, len(bench.messages) // bench.sizes.questions)][: bench.sizes.questions]
    right = [intent for _, intent in asked]
    said = {}
    with bench.talking() as sides, bench.bar("understanding", len(asked) * len(sides)) as advance:
        for side, child in sides.items():
            said[side] = _intents(child, [text for text, _ in asked], advance)
    return [row for kind in bench.kinds for row in _rows(kind, right, said[kind], said.get(STOCK))]


def _intents(child: Child, texts: Sequence[str], advance: Advance) -> list[str]:
    found: list[str] = []
    for block in blocks(texts, _BATCH):
        found += child.ask(do="understand", texts=block)["intents"]
        for _ in block:
            advance()
    return found


def _rows(kind: str, right: Sequence[str], ours: Sequence[str], stock: Sequence[str] | None) -> list[Row]:
    return [
        against_stock(
            f"{name} on {len(right)} held-out messages ({kind})",
            score(right, ours),
            score(right, stock) if stock else None,
        )
        for name, score in (("accuracy", accuracy), ("macro F1", macro_f1))
    ]


def accuracy(right: Sequence[str], said: Sequence[str]) -> Figure:
    """The share of right intents (0-1)."""
    found = sum(one == other for one, other in zip(right, said, strict=True)) / len(right)
    return Figure(found, f"{found:.3f}")


def macro_f1(right: Sequence[str], said: Sequence[str]) -> Figure:
    """The mean of the F1 of all intents that were right at least once."""
    scores = [row.f1 for row in intent_table(right, said) if row.support]
    found = sum(scores) / len(scores)
    return Figure(found, f"{found:.3f}")
