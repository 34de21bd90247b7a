"""What a worker costs: memory and start."""

from __future__ import annotations

from benchmarks.bench import STOCK, Bench, blocks
from benchmarks.crowd import Crowd
from benchmarks.figures import duration, median, megabytes
from benchmarks.machine import memory_of
from benchmarks.messages import shuffled
from benchmarks.rows import Figure, Row, at_most

_MEMORY = 700_000_000
_START = 10.0
_CUSTOMERS = 16
_CONVERSATION = 10


def worker(bench: Bench) -> list[Row]:
    """Cold start: from the start of `teorema run` on an empty database until `/readyz` says that it can work (median).

    Memory: what of the process is resident after 500 turns through the widget's API. Stock: a bare process with the
    Agent, until its first answer, and after as many turns in conversations of ten; no server around it.
    """
    stock = _stock(bench) if bench.stock else (None, None)
    return [row for kind in bench.kinds for row in _rows(bench, kind, *stock)]


def _rows(bench: Bench, kind: str, stock_memory: Figure | None, stock_start: Figure | None) -> list[Row]:
    starts, memory = _wear(bench, kind)
    limits = Figure(_MEMORY, megabytes(_MEMORY)), Figure(_START, duration(_START))
    note = "starts: " + ", ".join(duration(seconds) for seconds in starts)
    return [
        at_most(f"memory of a worker ({kind})", Figure(memory, megabytes(memory)), limits[0], stock=stock_memory),
        at_most(f"cold start ({kind})", _start(median(starts)), limits[1], stock=stock_start, note=note),
    ]


def _wear(bench: Bench, kind: str) -> tuple[list[float], int]:
    """Start the service several times; its memory after some work in the last one."""
    sizes = bench.sizes
    starts: list[float] = []
    with bench.bar(f"start and memory ({kind})", sizes.starts) as advance:
        for last in (number == sizes.starts - 1 for number in range(sizes.starts)):
            with bench.service(kind) as service:
                starts.append(service.seconds_to_start)
                if last:
                    Crowd(_CUSTOMERS, messages=-(-sizes.worn // _CUSTOMERS)).talk_to(service.url, _texts(bench))
                    memory = service.memory()
            advance()
    return starts, memory


def _stock(bench: Bench) -> tuple[Figure, Figure]:
    worn = bench.sizes.worn
    with bench.bar("start and memory, stock Rasa", worn) as advance, bench.side(STOCK) as child:
        texts = (_texts(bench) * (worn // len(bench.messages) + 1))[:worn]
        for number, block in enumerate(blocks(texts, _CONVERSATION)):
            for text in block:
                child.ask(do="say", conversation=f"worn-{number}", text=text)
                advance()
        memory = memory_of(child.pid)
        return Figure(memory, megabytes(memory)), _start(child.seconds_to_start)


def _texts(bench: Bench) -> list[str]:
    return shuffled(bench.messages, seed=4)


def _start(seconds: float) -> Figure:
    return Figure(seconds, duration(seconds))
