"""`teorema evaluate`: how good the model is on messages that it has not seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from bot.cli.texts import Texts, load_texts
from bot.core.errors import Misconfigured
from bot.settings import load_settings

app = typer.Typer(help="Measure the model on a file of messages.", no_args_is_help=True)

_FILE = typer.Argument(..., help="A table with tabs between columns and a header.")
_JSON = typer.Option(False, "--json", help="Print one line of JSON.")
_SHOWN = 20


@app.command("nlu")
def nlu(file: Path = _FILE, as_json: bool = _JSON) -> None:
    """Accuracy, macro F1, a table per intent and the confusions, on a table with the columns text and intent."""
    from bot.workshop import evaluate_nlu

    texts = load_texts("evaluate")
    with _progress(texts) as progress:
        scores = evaluate_nlu(load_settings(), _read(file), progress=progress)
    if as_json:
        print(json.dumps(scores.as_dict(), ensure_ascii=False))
        return
    console = Console()
    table = Table(texts("intent"), texts("precision"), texts("recall"), "F1", texts("support"), box=None)
    for row in scores.intents:
        table.add_row(row.intent, f"{row.precision:.2f}", f"{row.recall:.2f}", f"{row.f1:.2f}", str(row.support))
    console.print(table)
    mistakes = Table(texts("right"), texts("said"), "", texts("text"), box=None, title=texts("confusions"))
    for miss in sorted(scores.confusions, key=lambda miss: -miss.confidence)[:_SHOWN]:
        mistakes.add_row(miss.right, miss.said, f"{miss.confidence:.2f}", escape(miss.text[:100]))
    console.print(mistakes)
    shown = {"accuracy": f"{scores.accuracy:.4f}", "macro_f1": f"{scores.macro_f1:.4f}"}
    console.print(texts("nlu", **shown, examples=str(scores.examples)))
    if scores.need_accuracy is not None:
        console.print(texts("need", value=f"{scores.need_accuracy:.3f}"))
    if scores.temperature_exact is not None and scores.temperature_within_one is not None:
        exact, near = f"{scores.temperature_exact:.3f}", f"{scores.temperature_within_one:.3f}"
        console.print(texts("temperature", exact=exact, near=near))


@app.command("triage")
def triage(file: Path = _FILE, as_json: bool = _JSON) -> None:
    """Genuine people called trolls and trolls caught, on a table with the columns text and label."""
    from bot.workshop import evaluate_triage

    texts = load_texts("evaluate")
    with _progress(texts) as progress:
        scores = evaluate_triage(load_settings(), _read(file), progress=progress)
    if as_json:
        print(json.dumps(scores.as_dict(), ensure_ascii=False))
        return
    console = Console()
    for title, misjudged in ((texts("wronged"), scores.wronged), (texts("missed"), scores.missed)):
        console.print(title, style="bold")
        for text in misjudged[:_SHOWN]:
            console.print(f"  {escape(text[:140])}")
    wronged, caught = f"{scores.genuine_called_troll:.3f}", f"{scores.trolls_caught:.3f}"
    console.print(texts("triage", wronged=wronged, caught=caught, examples=str(scores.examples)))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(str(file), f"cannot be read: {error}") from error


@contextmanager
def _progress(texts: Texts) -> Iterator[Callable[[float], None]]:
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(texts("reading"), total=1.0)
        yield lambda share: progress.update(task, completed=share)
