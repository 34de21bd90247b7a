"""How many turns one worker manages."""

from __future__ import annotations

from benchmarks.bench import Bench
from benchmarks.crowd import Crowd, per_second
from benchmarks.figures import median
from benchmarks.messages import shuffled
from benchmarks.place import ENCODER, LINEAR
from benchmarks.rows import Figure, Row, at_least

_CUSTOMERS = 16
_WARMING = 2.0
_BUDGETS = {LINEAR: 60.0, ENCODER: 40.0}


def throughput(bench: Bench) -> list[Row]:
    """Turns a second of one worker with SQLite when 16 customers write again the moment they are answered.

    Through the widget's API of `teorema run`, everything stored: messages, signals, cases, promises, tracker events,
    answers. The clients run on the same machine and take their share of it. Median of several closed loops, the first
    two seconds of each not counted.
    """
    return [_row(bench, kind) for kind in bench.kinds]


def _row(bench: Bench, kind: str) -> Row:
    texts, sizes = shuffled(bench.messages, seed=3), bench.sizes
    with bench.bar(f"throughput ({kind})", sizes.rushes) as advance, bench.service(kind) as service:
        found = []
        for rush in range(sizes.rushes):
            crowd = Crowd(_CUSTOMERS, seconds=sizes.rush + _WARMING, seed=rush)
            found.append(per_second(crowd.talk_to(service.url, texts), warming=_WARMING))
            advance()
    return at_least(
        f"throughput of one worker ({kind})",
        _figure(median(found)),
        _figure(_BUDGETS[kind]),
        note=f"{len(found)} loops: " + ", ".join(_figure(value).shown for value in found),
    )


def _figure(turns: float) -> Figure:
    return Figure(turns, f"{turns:.0f} turns/s")
