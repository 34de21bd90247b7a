"""Our training data as a project of stock Rasa: its default pipeline and policies, responses instead of actions."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import yaml

from benchmarks.corpus import Document, documents, examples_of, read, thinned, write

VERSION = "3.1"
_TURNS = 5
_STORIES_FROM_EACH = 1
_LEFT_OUT = "ResponseSelector"


def write_stock_project(ours: Path, target: Path, *, epochs: int, share: float) -> int:
    """Write the project: networks trained for `epochs`, `share` (0-1) of the examples; how many these are."""
    found = list(documents(ours / "nlu_data"))
    taught = [(path, thinned(document, share)) for path, document in found if document.get("nlu")]
    for path, document in taught:
        write(target / "data" / path.parent.name / path.name, {"version": VERSION, "nlu": document["nlu"]})
    rules = list(plain_rules(found))
    write(target / "data" / "rules.yml", {"version": VERSION, "rules": rules})
    write(target / "data" / "stories.yml", {"version": VERSION, "stories": stories(rules)})
    write(target / "domain.yml", plain_domain(read(ours / "domain.yml"), plain_responses(found)))
    write(target / "config.yml", stock_config(epochs))
    return sum(len(examples_of(entry["examples"])) for _, document in taught for entry in document["nlu"])


def stock_config(epochs: int) -> Document:
    """Rasa's own default configuration, for Italian; without the response selector, for which there is no data."""
    text = files("rasa").joinpath("engine/recipes/config_files/default_config.yml").read_text(encoding="utf-8")
    config = yaml.safe_load(text)
    pipeline = [part for part in config["pipeline"] if part["name"] != _LEFT_OUT]
    for part in (*pipeline, *config["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    return {**config, "language": "it", "assistant_id": "stock", "pipeline": pipeline}


def plain_domain(domain: Document, responses: Document) -> Document:
    """Intents and entities of ours, responses instead of actions."""
    return {
        "version": VERSION,
        "intents": domain["intents"],
        "entities": domain["entities"],
        "responses": responses,
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def plain_rules(found: list[tuple[Path, Document]]) -> Iterator[Document]:
    """Our rules, each custom action replaced by a response of the same name."""
    for _, document in found:
        for rule in document.get("rules", ()):
            yield {**rule, "steps": [_plain_step(step) for step in rule["steps"]]}


def plain_responses(found: list[tuple[Path, Document]]) -> Document:
    """One sentence for each action: of its topic's sentences, one without placeholders."""
    chosen: Document = {}
    for path, document in found:
        sentences = _plain_sentences(found, path.parent)
        for rule in document.get("rules", ()):
            for step in filter(lambda step: "action" in step, rule["steps"]):
                name = _response_of(step["action"])
                if name not in chosen:
                    chosen[name] = [{"text": next(sentences)}]
    return chosen


def stories(rules: list[Document]) -> list[Document]:
    """Conversations for the policies that learn from stories: random chains of what the rules say, always the same."""
    dice = random.Random(1)
    spoken = [rule["steps"] for rule in rules]
    chains = [[first, *dice.choices(spoken, k=_TURNS - 1)] for _ in range(_STORIES_FROM_EACH) for first in spoken]
    return [
        {"story": f"conversation {number}", "steps": [dict(step) for steps in chain for step in steps]}
        for number, chain in enumerate(chains, 1)
    ]


def _plain_step(step: Mapping[str, str]) -> dict[str, str]:
    return {"action": _response_of(step["action"])} if "action" in step else dict(step)


def _response_of(action: str) -> str:
    return f"utter_{action.removeprefix('action_')}"


def _plain_sentences(found: list[tuple[Path, Document]], topic: Path) -> Iterator[str]:
    for path, document in found:
        if path.parent == topic:
            for variations in document.get("responses", {}).values():
                yield from (one["text"] for one in variations if "{" not in one.get("text", "{"))
