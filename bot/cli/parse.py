"""`teorema parse`: what is understood of a message, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator

import typer

from bot.core.errors import Misconfigured
from bot.settings import load_settings

_BATCH = 64


def parse(
    text: str = typer.Argument(None, help="The message."),
    jsonl: bool = typer.Option(False, "--jsonl", help="Read messages from standard input, one a line."),
) -> None:
    """Print one JSON object a line: intent, ranking, entities, triage, temperature, severity, threats, irony."""
    if (text is None) is not jsonl:
        raise Misconfigured("teorema parse", "give either a TEXT or --jsonl with messages on standard input")
    from bot.workshop import load_interpreter

    interpreter = load_interpreter(load_settings())
    for batch in _batches(sys.stdin if jsonl else [text]):
        for parsed in interpreter.parse_many(batch):
            print(json.dumps(parsed, ensure_ascii=False), flush=True)


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in lines:
        batch.append(_message(line.rstrip("\r\n")))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _message(line: str) -> str:
    """The message of a line: plain text, a JSON string, or the `text` of a JSON object."""
    if line[:1] not in ('"', "{"):
        return line
    try:
        found = json.loads(line)
    except ValueError:
        return line
    if isinstance(found, dict) and isinstance(found.get("text"), str):
        return str(found["text"])
    return found if isinstance(found, str) else line
