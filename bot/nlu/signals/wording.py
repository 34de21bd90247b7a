"""The reasons of a verdict as a community manager reads them; the sentences are in `data/reasons.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot.nlu.signals.cues import Cues

_FILE = Path(__file__).with_name("data") / "reasons.yml"


def reasons(keys: Iterable[str], cues: Cues) -> tuple[str, ...]:
    """Return one sentence for each key, with the words of the message that speak for it."""
    return tuple(_sentence(key, cues) for key in keys)


def _sentence(key: str, cues: Cues) -> str:
    entry = _catalogue()[key]
    words = cues.examples(*entry.get("kinds", "").split())
    quoted = ", ".join(f"«{word}»" for word in words)
    return entry["with_words"].format(words=quoted) if words and "with_words" in entry else entry["text"]


@lru_cache(maxsize=1)
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    catalogue: Mapping[str, Mapping[str, str]] = YAML(typ="safe").load(_FILE)
    return catalogue
