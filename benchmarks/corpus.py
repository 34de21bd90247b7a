"""The project's training files as data, and the same project without one intent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

Document = dict[str, Any]


def read(path: Path) -> Document:
    """A YAML file."""
    document: Document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return document


def write(path: Path, document: Document) -> None:
    """Write a YAML file; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10_000), encoding="utf-8")


def documents(nlu_data: Path) -> Iterator[tuple[Path, Document]]:
    """All training files in a fixed order."""
    for path in sorted(nlu_data.rglob("*.yml")):
        yield path, read(path)


def thinned(document: Document, share: float) -> Document:
    """The file with about this share (0-1) of each intent's examples, two at least."""
    nlu = [{**entry, "examples": _thinned_block(entry["examples"], share)} for entry in document["nlu"]]
    return {**document, "nlu": nlu}


def examples_of(block: str) -> list[str]:
    """The examples of Rasa's block notation, each with its dash and its further lines."""
    found: list[str] = []
    for line in block.splitlines():
        if line.startswith("- "):
            found.append(line)
        elif found:
            found[-1] += f"\n{line}"
    return found


def copy_without(project: Path, target: Path, intent: str) -> None:
    """Copy what a training needs, leaving out one intent: its examples, its rules and its declaration.

    ValueError when the project has no examples of it.
    """
    copy_project(project, target)
    taught = False
    for path, document in documents(target / "nlu_data"):
        kept = _without(document, intent)
        taught = taught or kept.get("nlu") != document.get("nlu")
        if kept != document:
            write(path, kept)
    if not taught:
        raise ValueError(f"no examples of {intent}")
    domain = read(target / "domain.yml")
    write(target / "domain.yml", {**domain, "intents": [name for name in domain["intents"] if name != intent]})


def copy_project(project: Path, target: Path) -> None:
    """Copy what a training needs; caches in the target stay."""
    shutil.rmtree(target / "nlu_data", ignore_errors=True)
    shutil.copytree(project / "nlu_data", target / "nlu_data")
    for name in ("domain.yml", "config.yml"):
        shutil.copyfile(project / name, target / name)


def _without(document: Document, intent: str) -> Document:
    kept = dict(document)
    if "nlu" in kept:
        kept["nlu"] = [entry for entry in kept["nlu"] if entry.get("intent") != intent]
    if "rules" in kept:
        kept["rules"] = [rule for rule in kept["rules"] if not _speaks_of(rule, intent)]
    return kept


def _speaks_of(rule: Document, intent: str) -> bool:
    return any(step.get("intent") == intent for step in rule["steps"])


def _thinned_block(block: str, share: float) -> str:
    examples = examples_of(block)
    wanted = min(len(examples), max(2, round(share * len(examples))))
    kept = [examples[place * len(examples) // wanted] for place in range(wanted)]
    return "\n".join(kept) + "\n"
