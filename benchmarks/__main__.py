"""`python -m benchmarks`: measure, show the table, say whether the budgets are met."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from benchmarks.bench import Bench, bars
from benchmarks.child import ChildFailed
from benchmarks.crowd import CrowdFailed
from benchmarks.machine import circumstances
from benchmarks.measures import MEASURES, how
from benchmarks.options import FULL, QUICK, Options
from benchmarks.report import as_json, markdown, terminal_table
from benchmarks.rows import Row, missed, unjudged
from bot.settings import load_settings

FELL_SHORT = 1

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
PAGE = Path("docs") / "benchmarks.md"


@app.command()
def main(
    quick: bool = typer.Option(False, help="Try everything in small; the figures mean nothing and are not judged."),
    only: list[str] = typer.Option([], help=f"Only this measure (may be repeated): {', '.join(MEASURES)}."),
    stock: bool = typer.Option(True, help="Compare with stock Rasa, trained now if it is not in the cache."),
    stock_epochs: int = typer.Option(50, min=1, help="Epochs of stock Rasa's networks."),
    stock_minutes: float = typer.Option(120, min=0.1, help="The most that training stock Rasa may take."),
    json_file: Path | None = typer.Option(None, "--json", help="Write the figures to this file as JSON."),
    write: bool = typer.Option(False, help=f"Write {PAGE}."),
) -> None:
    """Measure our budgets side by side with stock Rasa; exit code 1 when one is missed."""
    console = Console(stderr=True)
    names = _wanted(only)
    if write and (quick or only or not stock):
        raise typer.BadParameter("the page shows whole runs: --write goes without --quick, --only and --no-stock")
    options = Options(QUICK if quick else FULL, stock, 2 if quick else stock_epochs, stock_minutes)
    about = circumstances(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="teorema-bench-") as folder, bars() as progress:
        bench = Bench(options, Path(folder), _models(), progress)
        rows, failures = _measured(bench, names, progress)
        about["Stock Rasa"] = bench.stock_story
    rows = unjudged(rows) if quick else rows
    console.print(terminal_table(rows))
    _save(rows, about, names, json_file=json_file, page=PAGE if write else None)
    for failure in failures:
        console.print(failure, style="bold red")
    if failures or missed(rows):
        raise typer.Exit(FELL_SHORT)


def _wanted(only: list[str]) -> list[str]:
    unknown = [name for name in only if name not in MEASURES]
    if unknown:
        raise typer.BadParameter(f"there is no measure {unknown[0]!r}; there are: {', '.join(MEASURES)}")
    return [name for name in MEASURES if name in only or not only]


def _models() -> Path:
    """The folder of our models; trains the linear stage when it is missing or its inputs have changed."""
    command = [sys.executable, "-m", "bot.cli", "train", "--stage", "linear", "--if-needed", "--no-report"]
    subprocess.run(command, check=True)
    return load_settings().model_dir.resolve()


def _measured(bench: Bench, names: list[str], progress: Progress) -> tuple[list[Row], list[str]]:
    """The rows of all measures, and what went wrong: one that fails does not take the others with it."""
    rows: list[Row] = []
    failures: list[str] = []
    for name in names:
        try:
            rows += MEASURES[name](bench)
        except (ChildFailed, CrowdFailed) as error:
            failures.append(f"{name}: {error}")
            progress.console.print(failures[-1], style="bold red")
    return rows, failures


def _save(
    rows: list[Row], about: dict[str, str], names: list[str], *, json_file: Path | None, page: Path | None
) -> None:
    if json_file:
        json_file.write_text(as_json(rows, about=about) + "\n", encoding="utf-8")
    if page:
        page.write_text(markdown(rows, about=about, how={name: how(name) for name in names}), encoding="utf-8")


if __name__ == "__main__":
    if not Path("brand.yml").is_file():
        sys.exit("start it in the project's folder")
    app()
