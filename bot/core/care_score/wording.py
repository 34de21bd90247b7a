"""The sentences of the evidence, from `data/sentences.it.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


def sentence(key: str, **values: object) -> str:
    """One plain Italian sentence; an unknown key is a programming error (KeyError)."""
    return _catalogue()[key].format(**values)


@lru_cache(maxsize=1)
def _catalogue() -> Mapping[str, str]:
    text = files("bot.core.care_score").joinpath("data/sentences.it.json").read_text(encoding="utf-8")
    catalogue: Mapping[str, str] = json.loads(text)
    return catalogue
