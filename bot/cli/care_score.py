"""`teorema care-score`: how well conversations were cared for, and why."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.texts import Texts, load_texts
from bot.core.care_score import LATTE, LEARN, CareScore, Evidence, Step
from bot.core.care_score.judged import JudgedConversation
from bot.logs import configure_logs
from bot.settings import load_settings

_DONE, _SO_SO = 70, 40  # from here on a score is good, or at least middling
_MARKS = {True: "[green]✔[/]", False: "[red]✘[/]", None: "[dim]–[/]"}


def care_score(
    conversation: str = typer.Argument(None, help="Public id or number; all finished conversations without it."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a line."),
) -> None:
    """LATTE and LEARN steps done, PANZA sins and the score from 0 to 100, with the evidence for each."""
    configure_logs(level=logging.WARNING)
    from bot.app import open_care

    texts = load_texts("care_score")
    with open_care(load_settings()) as scorer:
        if conversation is None:
            _show_all(scorer.all_finished(), texts, as_json=as_json)
            return
        score = scorer.score(conversation)
    if as_json:
        print(json.dumps({"conversation": conversation, **score.as_dict()}, ensure_ascii=False))
    else:
        _show(score, texts, Console())


def _show(score: CareScore, texts: Texts, console: Console) -> None:
    if score.score is None:
        console.print(escape(score.note))
        return
    console.print(texts("score", score=_coloured(score.score)))
    for name, steps in (("LATTE", LATTE), ("LEARN", LEARN)):
        console.print(texts("method", name=name, done=str(len(score.done(steps))), of=str(len(steps))))
    console.print(_steps(score, texts))
    if not score.sins:
        console.print(texts("no_sins"))
        return
    sins = _table(texts, texts("sin"))
    for sin in score.sins:
        sins.add_row("[red]✘[/]", texts(f"sin_{sin.name}"), *_cells(sin.evidence))
    console.print(sins)


def _steps(score: CareScore, texts: Texts) -> Table:
    table = _table(texts, texts("step"))
    for step in score.steps:
        table.add_row(_mark(step), texts(f"step_{step.name}"), *_cells(step.evidence))
    return table


def _table(texts: Texts, first: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column(first, no_wrap=True)
    table.add_column(texts("message"), justify="right")
    table.add_column(texts("evidence"), overflow="fold")
    return table


def _cells(evidence: Evidence) -> tuple[str, str]:
    quoted = f"\n[dim]«{escape(evidence.quote)}»[/]" if evidence.quote else ""
    return str(evidence.message or ""), escape(evidence.sentence) + quoted


def _mark(step: Step) -> str:
    if step.degree is None or step.done:
        return _MARKS[None if step.degree is None else True]
    return "[yellow]◐[/]" if step.degree else _MARKS[False]


def _coloured(score: int) -> str:
    colour = "green" if score >= _DONE else "yellow" if score >= _SO_SO else "red"
    return f"[bold {colour}]{score}[/]"


def _show_all(judged: Iterable[JudgedConversation], texts: Texts, *, as_json: bool) -> None:
    console = Console(soft_wrap=True)
    total = count = unscored = 0
    for one in judged:
        if one.care.score is None:
            unscored += 1
        else:
            total, count = total + one.care.score, count + 1
        if as_json:
            line = {"conversation": one.public_id, "channel": one.channel, "changed": one.changed.isoformat()}
            print(json.dumps({**line, **one.care.as_dict()}, ensure_ascii=False))
        else:
            console.print(_line(one, texts), highlight=False)
    if not as_json:
        mean = f"{total / count:.1f}" if count else "–"
        console.print(texts("mean", mean=mean, count=str(count), unscored=str(unscored)))


def _line(one: JudgedConversation, texts: Texts) -> str:
    score = (
        "[dim]  –[/]" if one.care.score is None else " " * (3 - len(str(one.care.score))) + _coloured(one.care.score)
    )
    names = dict.fromkeys(texts(f"sin_{sin.name}") for sin in one.care.sins)
    said = one.care.note or ", ".join(names) or texts("no_sins")
    return f"{score}  {one.public_id}  {one.changed:%Y-%m-%d}  {escape(one.channel)}  {escape(said)}"
