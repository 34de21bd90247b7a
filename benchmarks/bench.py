"""What the measures share: sizes, folders, models, programs and progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from benchmarks.child import Child
from benchmarks.messages import held_out
from benchmarks.options import Options, Sizes
from benchmarks.place import ROOT, kinds_in, make_place
from benchmarks.service import Service
from benchmarks.stock.model import StockModel, TooSlow, stock_model

CACHE = Path(".cache") / "bench"
STOCK = "stock"

Advance = Callable[[], None]


def bars() -> Progress:
    """Progress on the terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn())


@dataclass
class Bench:
    """One run. `folder` is empty and goes away afterwards, `models` are those of our service.

    Once stock Rasa has been asked for, `stock_story` says how it was trained or why it is missing, and `too_slow` after
    how many seconds of training it was given up.
    """

    options: Options
    folder: Path
    models: Path
    progress: Progress

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._logs: set[str] = set()
        self.too_slow: float | None = None
        self.stock_story = "not part of this run"

    @property
    def sizes(self) -> Sizes:
        """How often each thing is done."""
        return self.options.sizes

    @cached_property
    def cache(self) -> Path:
        """Where what is costly to make is kept between runs."""
        CACHE.mkdir(parents=True, exist_ok=True)
        return CACHE.resolve()

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The stages of our understanding that there are models of."""
        return kinds_in(self.models)

    @cached_property
    def messages(self) -> list[tuple[str, str]]:
        """Held-out messages and their intents."""
        return held_out()

    @cached_property
    def stock(self) -> StockModel | None:
        """Stock Rasa's model, trained when it is first needed; None when it is not wanted or took too long."""
        if not self.options.stock:
            return None
        task = self.progress.add_task("training stock Rasa (or taking it from the cache)", total=100)
        try:
            model = stock_model(
                ROOT,
                self.cache,
                epochs=self.options.stock_epochs,
                share=self.sizes.examples,
                minutes=self.options.stock_minutes,
                progress=lambda share: self.progress.update(task, completed=min(99, int(100 * share))),
            )
        except TooSlow as error:
            self.too_slow, self.stock_story = error.seconds, str(error)
            return None
        else:
            self.stock_story = model.story
            return model
        finally:
            self.progress.update(task, completed=100)

    @property
    def sides(self) -> tuple[str, ...]:
        """Everybody who takes part: our stages, and stock Rasa if it does."""
        return (*self.kinds, STOCK) if self.stock else self.kinds

    @contextmanager
    def talking(self) -> Iterator[dict[str, Child]]:
        """All sides, loaded and warm, each in a process of its own."""
        with ExitStack() as stack:
            yield {side: stack.enter_context(self.side(side)) for side in self.sides}

    def side(self, name: str) -> Child:
        """Start one side; the caller closes it."""
        if name == STOCK:
            assert self.stock is not None
            return Child("benchmarks.stock.talk", str(self.stock.path), folder=self.new_folder(), log=self.log(name))
        place = self.place(name)
        return Child("benchmarks.ours.talk", str(place / "talk.db"), folder=place, log=self.log(name))

    def service(self, kind: str) -> Service:
        """Start the service on an empty database; the caller stops it."""
        return Service(self.place(kind), log=self.log(f"service-{kind}"))

    def place(self, kind: str) -> Path:
        """A fresh folder to run our side in."""
        return make_place(self.new_folder(), models=self.models, kind=kind)

    def new_folder(self) -> Path:
        """An empty folder."""
        folder = self.folder / str(next(self._numbers))
        folder.mkdir()
        return folder

    def log(self, name: str) -> Path:
        """Where a program's words go; they stay after the run, until the next one."""
        path = self.cache / f"{name}.log"
        if name not in self._logs:
            path.unlink(missing_ok=True)
            self._logs.add(name)
        return path

    @contextmanager
    def bar(self, title: str, total: int) -> Iterator[Advance]:
        """A bar of `total` steps."""
        task = self.progress.add_task(title, total=total)
        yield lambda: self.progress.advance(task)


def blocks(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The items in blocks of `size`; the last one may be shorter."""
    for begin in range(0, len(items), size):
        yield items[begin : begin + size]
