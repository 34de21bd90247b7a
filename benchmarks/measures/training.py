"""Training after adding an intent."""

from __future__ import annotations

from fractions import Fraction

from benchmarks.bench import Bench
from benchmarks.child import Child
from benchmarks.corpus import copy_project, copy_without
from benchmarks.figures import duration
from benchmarks.place import ROOT
from benchmarks.rows import Figure, Row, against_stock

_BUDGET = Fraction(1, 8)
_ADDED = "complaint_insurance_claim"


def training(bench: Bench) -> list[Row]:
    """What a trainer waits for after adding an intent, without the start of the program.

    Ours: the project is trained without one intent, so that caches are as a trainer has them; then the intent is added
    and the linear stage is trained, which is what serves next (the encoder follows in the background and is not
    counted, neither is the examination on held-out messages). Stock: `rasa train` of the same data, in which every
    network has to be trained again.
    """
    project = bench.new_folder()
    log = bench.log("training")
    with bench.bar("training after adding an intent", 2) as advance:
        copy_without(ROOT, project, _ADDED)
        with Child("benchmarks.ours.train", folder=project, log=log) as child:
            child.ask()
            advance()
            copy_project(ROOT, project)
            seconds = float(child.ask()["seconds"])
            advance()
    ours = Figure(seconds, duration(seconds))
    return [
        against_stock("training after adding an intent", ours, _stock(bench), at_most=_BUDGET, note=bench.stock_story)
    ]


def _stock(bench: Bench) -> Figure | None:
    if bench.stock:
        return Figure(bench.stock.seconds, duration(bench.stock.seconds))
    # given up: it would have taken longer still, so the ratio shown is not in our favour
    return Figure(bench.too_slow, f"more than {duration(bench.too_slow)}") if bench.too_slow else None
