"""`teorema replay`: scripted customers rehearse the service."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.cli.texts import Texts, load_texts
from bot.core.brand import Brand
from bot.core.errors import Misconfigured, Unavailable
from bot.core.record import Record
from bot.logs import configure_logs
from bot.services.brand_file import load_brand
from bot.services.rehearsal.judging import Verdict
from bot.services.rehearsal.loading import load_scenarios
from bot.services.rehearsal.playing import play
from bot.services.rehearsal.report import Result, mean_score, report_of, result_of
from bot.services.rehearsal.scenario import Scenario, Script
from bot.services.rehearsal.stage import Stage
from bot.settings import Settings, load_settings

REPORTS = Path("reports")
IN_PROCESS = "in process"
_PATIENCE = 60.0  # seconds a rehearsed turn may take: what is said matters here, not how fast
_SHOWN = 160
_MARKS = {True: "[green]✔[/]", False: "[red]✘[/]", None: "[yellow]·[/]"}

Open = Callable[[Scenario], AbstractContextManager[Stage]]


def replay(
    files: list[Path] = typer.Argument(..., help="Scenario files (YAML), or folders of them."),
    url: str = typer.Option("", help="Play against a running service at this address instead of one in this process."),
    out: Path = typer.Option(None, help="Where to write the report; reports/replay-DATE.json by default."),
    as_json: bool = typer.Option(False, "--json", help="Print the whole report on standard output."),
    only: list[str] = typer.Option([], help="Play only the scenario of this id; may be given again."),
) -> None:
    """Play scripted customers against the service and report what they got; exit 1 when an expectation fell short."""
    configure_logs(level=logging.WARNING)
    settings, texts, errors = load_settings(), load_texts("replay"), Console(stderr=True)
    script = _only(_read(files), only)
    for warning in script.warnings:
        errors.print(escape(warning), style="yellow", soft_wrap=True)
    at = datetime.now(timezone.utc)
    brand = load_brand(settings.brand)
    with errors.status(texts("loading")):
        open_stage = _outside(settings, url) if url else _in_process(settings, brand)
    results = list(_played(script.scenarios, open_stage, errors, texts, zone=brand.hours.zone))
    names = [str(file) for file in files]
    report = report_of(results, at=at, stage=url or IN_PROCESS, files=names, warnings=script.warnings)
    path = _write(report, out or REPORTS / f"replay-{at.astimezone():%Y%m%d-%H%M%S}.json")
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    _show(results, errors if as_json else Console(), texts, path)
    if not all(result.passed for result in results):
        raise typer.Exit(1)


def _read(files: Sequence[Path]) -> Script:
    """The scenarios of all files together."""
    scripts = [load_scenarios(_text(path), source=str(path)) for file in files for path in _inside(file)]
    return Script(
        tuple(scenario for script in scripts for scenario in script.scenarios),
        tuple(warning for script in scripts for warning in script.warnings),
    )


def _inside(file: Path) -> list[Path]:
    if not file.is_dir():
        return [file]
    found = sorted(path for path in file.iterdir() if path.suffix in (".yml", ".yaml"))
    if not found:
        raise Misconfigured(str(file), "there are no scenario files (*.yml) in this folder")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(str(path), f"cannot be read: {error}") from error


def _only(script: Script, ids: Sequence[str]) -> Script:
    known = {scenario.id for scenario in script.scenarios}
    unknown = [wanted for wanted in ids if wanted not in known]
    if unknown:
        raise Misconfigured("--only", f"there is no scenario {unknown[0]}; there are {', '.join(sorted(known))}")
    chosen = [scenario for scenario in script.scenarios if not ids or scenario.id in ids]
    return Script(tuple(chosen), script.warnings)


def _in_process(settings: Settings, brand: Brand) -> Open:
    """The real service in this process; the model is loaded once for all scenarios."""
    from bot.app import load_mind, open_house

    settings = settings.copy(update={"turn_timeout": max(settings.turn_timeout, _PATIENCE)})
    mind, _ = load_mind(settings, brand)

    def opened(scenario: Scenario) -> AbstractContextManager[Stage]:
        return open_house(settings, scenario, brand=brand, mind=mind)

    return opened


def _outside(settings: Settings, url: str) -> Open:
    """A running service; what is behind the messages comes from the database at hand, when it holds them."""
    import httpx

    from bot.app import open_rehearsals
    from bot.services.rehearsal.lines import WidgetLine
    from bot.services.rehearsal.remote import RemoteService

    rehearsals = open_rehearsals(settings)

    def look_up(conversation: str) -> Record | None:
        try:
            return rehearsals.record(conversation) if rehearsals else None
        except Unavailable:
            return None

    @contextmanager
    def opened(_: Scenario) -> Iterator[Stage]:
        with httpx.Client(base_url=url, timeout=30) as client:
            try:
                yield RemoteService(lambda: WidgetLine(client), look_up=look_up)
            except Unavailable as error:
                why = ", ".join(str(value) for value in error.values.values())
                raise Misconfigured("--url", f"the service at {url} does not answer as it should ({why})") from error

    return opened


def _played(
    scenarios: Sequence[Scenario], open_stage: Open, errors: Console, texts: Texts, *, zone: ZoneInfo
) -> Iterator[Result]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task(texts("playing"), total=len(scenarios))
        for scenario in scenarios:
            progress.update(task, description=f"{texts('playing')} · {escape(scenario.id)}")
            random.seed(scenario.id)  # the same file says the same sentences
            with open_stage(scenario) as stage:
                yield result_of(play(scenario, stage), zone=zone)
            progress.advance(task)


def _write(report: dict[str, Any], path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise Misconfigured("--out", f"cannot write {path}: {error}") from error
    return path


def _show(results: Sequence[Result], console: Console, texts: Texts, path: Path) -> None:
    for result in results:
        console.print(_table(result, texts))
        console.print(*(escape(note) for note in result.performance.notes), sep="\n", style="dim", soft_wrap=True)
    passed, mean = sum(result.passed for result in results), mean_score(results)
    console.print(texts("summary", passed=str(passed), total=str(len(results)), score=_or_dash(mean)), style="bold")
    console.print(texts("written", path=escape(str(path))), soft_wrap=True)


def _table(result: Result, texts: Texts) -> Table:
    """What a scenario expected, and what was seen."""
    verdicts = result.verdicts
    judged = [verdict for verdict in verdicts if verdict.passed is not None]
    title = texts(
        "passed",
        id=escape(result.performance.scenario.id),
        passed=str(sum(bool(verdict.passed) for verdict in judged)),
        judged=str(len(judged)),
        score=_or_dash(result.care.score),
        seconds=f"{result.performance.seconds:.1f}",
    )
    caption = texts("unjudged", count=str(len(verdicts) - len(judged))) if len(judged) < len(verdicts) else None
    table = Table(title=title, caption=caption, title_justify="left", box=None, pad_edge=False)
    for heading in ("", texts("expectation"), texts("expected"), texts("seen")):
        table.add_column(heading, overflow="fold")
    for row in _rows(verdicts):
        table.add_row(*row)
    return table


def _rows(verdicts: Iterable[Verdict]) -> Iterator[tuple[str, str, str, str]]:
    for verdict in verdicts:
        yield _MARKS[verdict.passed], verdict.name, _brief(verdict.expected), _brief(verdict.seen)


def _brief(value: Any) -> str:
    text = _in_words(value)
    return escape(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _in_words(value: Any, separator: str = ", ") -> str:
    """A value as one reads it in a table: alternatives with a bar between them, names with their values."""
    if isinstance(value, Mapping):
        return separator.join(f"{name}={_in_words(one, '|')}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return separator.join(_in_words(one, "|") for one in value) or "–"
    return "–" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _or_dash(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
