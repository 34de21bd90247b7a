"""The command line and the Makefile offer what the documents promise, and explain themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.cli.main import app
from tests.project.repository import PROJECT

TARGETS = ("run", "test", "train", "bench", "lint")
OFFERED = ("run", "train", "parse", "chat", "replay", "care-score", "evaluate nlu", "evaluate triage", "doctor")


def commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that does something, by the words one types."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for word, one in inner.items():
        yield from commands(one, f"{name} {word}".strip())


COMMANDS = dict(commands(typer.main.get_command(app)))
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OFFERED)
def test_a_promised_command_is_there(name: str):
    assert name in COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_say_what_they_are_for(name: str):
    command = COMMANDS[name]

    assert len((command.help or "").split()) >= 3
    assert [option.name for option in command.params if not getattr(option, "help", None)] == []


def test_every_command_shows_its_help(capsys: pytest.CaptureFixture[str]):
    for name, command in COMMANDS.items():
        assert command.main(["--help"], prog_name=name, standalone_mode=False) == 0
        assert "Usage" in capsys.readouterr().out


@pytest.mark.parametrize("target", TARGETS)
def test_a_promised_target_of_make_is_there_and_explained(target: str):
    assert re.search(rf"^{target}:.*## \w", MAKEFILE, re.MULTILINE)
    assert re.search(rf"^\.PHONY:.*\b{target}\b", MAKEFILE, re.MULTILINE)


def test_make_listens_to_port_and_host():
    assert re.search(r"--host \$\(HOST\) --port \$\(PORT\)", MAKEFILE)
