"""`teorema chat`: the whole pipeline in a terminal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from rich.console import Console
from rich.markup import escape

from bot.cli.texts import load_texts
from bot.core.outcome import Outcome
from bot.logs import configure_logs
from bot.services.talk import Talk
from bot.settings import load_settings


def chat(
    channel: str = typer.Option("web", help="Speak as a customer of this channel."),
    signals: bool = typer.Option(True, help="Show under each message what was understood."),
) -> None:
    """Talk with the bot as a customer does; Ctrl-D ends it and nothing is kept."""
    configure_logs()
    texts = load_texts("chat")
    console = Console()
    with TemporaryDirectory() as folder, console.status(texts("loading")) as status:
        talk = _talk(Path(folder), channel)
        status.stop()
        console.print(texts("welcome"), style="dim")
        _converse(talk, console, signals=signals)
    console.print(texts("goodbye"), style="dim")


def _converse(talk: Talk, console: Console, *, signals: bool) -> None:
    while True:
        try:
            text = console.input("[bold cyan]› [/]")
        except (EOFError, KeyboardInterrupt):
            return
        outcome = talk.say(text)
        if signals:
            console.print(escape(_heard(outcome)), style="dim")
        for reply in outcome.replies:
            console.print(escape(reply.text), style="green")
            console.print(escape("  ".join(f"[{button['title']}]" for button in reply.buttons)), style="cyan")


def _talk(folder: Path, channel: str) -> Talk:
    from bot.app import open_talk

    return open_talk(load_settings(), folder / "chat.db", channel=channel)


def _heard(outcome: Outcome) -> str:
    """One line about the last message: intent, confidence, temperature, verdict and facts."""
    if not outcome.signals:
        return "-"
    heard = outcome.signals[max(outcome.signals)]
    facts = " ".join(f"{entity.entity}={entity.value}" for entity in heard.entities)
    extras = " ".join((*heard.severity, *heard.threats, *(("irony",) if heard.ironic else ())))
    return f"  {heard.intent} {heard.confidence:.2f} · {heard.triage.verdict} · {heard.temperature}/4 {extras} {facts}"
