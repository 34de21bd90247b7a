"""The measures, in the order in which they run."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.measures.brain import brain
from benchmarks.measures.console import console
from benchmarks.measures.conversation import conversation
from benchmarks.measures.script import script
from benchmarks.measures.throughput import throughput
from benchmarks.measures.training import training
from benchmarks.measures.understanding import understanding
from benchmarks.measures.widget import widget
from benchmarks.measures.worker import worker
from benchmarks.rows import Row

Measure = Callable[[Bench], list[Row]]

MEASURES: dict[str, Measure] = {
    measure.__name__: measure
    for measure in (brain, conversation, training, widget, throughput, console, worker, script, understanding)
}


def how(name: str) -> str:
    """What a measure does, in one paragraph."""
    return " ".join((inspect.getdoc(MEASURES[name]) or "").split())
