"""The command line's sentences, from its catalogue."""

from __future__ import annotations

import json
from importlib.resources import files


class Texts:
    """Sentences by key, with placeholders filled."""

    def __init__(self, catalogue: dict[str, str]) -> None:
        self._catalogue = catalogue

    def __call__(self, key: str, **values: str) -> str:
        """The sentence; a key that is missing shows as itself."""
        return self._catalogue.get(key, key).format(**values)


def load_texts(command: str) -> Texts:
    """The sentences of one command."""
    catalogue = json.loads(files("bot").joinpath("texts/cli.it.json").read_text(encoding="utf-8"))
    return Texts(catalogue[command])
