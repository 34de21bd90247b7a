"""A trained model of stock Rasa, kept in the cache for as long as what it was trained from stays the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from benchmarks.child import Child, ChildFailed
from benchmarks.stock.project import write_stock_project

_RECORD = "trained.json"
_MODEL = Path("models") / "stock.tar.gz"
_LOOK = 2.0  # seconds between looks at the training's words
_EPOCHS = re.compile(rb"Epochs:\s+(\d+)%")

Progress = Callable[[float], None]


@dataclass(frozen=True)
class StockModel:
    """A trained model, how long it took (seconds), on how many examples, and when (date)."""

    path: Path
    seconds: float
    epochs: int
    examples: int
    date: str

    @property
    def story(self) -> str:
        """How it came about, in one line."""
        return (
            f"{self.epochs} epochs on {self.examples:,} examples, trained in {self.seconds:,.0f} s on {self.date}; "
            f"Rasa {version('rasa')}, TensorFlow {version('tensorflow')}"
        )


class TooSlow(Exception):
    """The training took longer than it may; `seconds` is how long that is."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"stock Rasa was not trained after {seconds / 60:.0f} minutes")
        self.seconds = seconds


def stock_model(
    ours: Path, cache: Path, *, epochs: int, share: float, minutes: float, progress: Progress
) -> StockModel:
    """The model for our data, from the cache or trained now; TooSlow when that takes longer than `minutes`.

    `progress` hears the share (0-1) of the network that is being trained: first the intents', then the policies'.
    """
    fresh = cache / f".stock-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    examples = write_stock_project(ours, fresh, epochs=epochs, share=share)
    kept = cache / f"stock-{_fingerprint(fresh)}"
    if not (kept / _RECORD).is_file():
        seconds = _train(fresh, limit=60 * minutes, progress=progress)
        record = {"seconds": seconds, "epochs": epochs, "examples": examples, "date": _today()}
        (fresh / _RECORD).write_text(json.dumps(record), encoding="utf-8")
        shutil.rmtree(kept, ignore_errors=True)
        os.replace(fresh, kept)
    shutil.rmtree(fresh, ignore_errors=True)
    return StockModel(kept / _MODEL, **json.loads((kept / _RECORD).read_text(encoding="utf-8")))


def _train(project: Path, *, limit: float, progress: Progress) -> float:
    """Train in a process of its own; the seconds it took."""
    log = project / "training.log"
    with Child("benchmarks.stock.train", folder=project, log=log) as child:
        cut = threading.Timer(limit, child.kill)
        cut.start()
        watching = threading.Event()
        threading.Thread(target=_watch, args=(log, watching, progress), daemon=True).start()
        try:
            answer = child.ask()
        except ChildFailed as error:
            if child.killed:
                raise TooSlow(limit) from error
            raise
        finally:
            cut.cancel()
            watching.set()
    if answer["code"] != 0 or not (project / _MODEL).is_file():
        raise ChildFailed(f"stock Rasa could not be trained ({log})")
    return float(answer["seconds"])


def _watch(log: Path, done: threading.Event, progress: Progress) -> None:
    while not done.wait(_LOOK):
        heard = _EPOCHS.findall(log.read_bytes()[-2_000:])
        if heard:
            progress(int(heard[-1]) / 100)


def _fingerprint(project: Path) -> str:
    digest = sha256(f"{version('rasa')} {version('tensorflow')}".encode())
    for path in sorted(project.rglob("*.yml")):
        digest.update(path.relative_to(project).as_posix().encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _today() -> str:
    return f"{datetime.now(timezone.utc):%Y-%m-%d}"
