"""Fragments of sentences: what services put into the placeholders of a response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.errors import Misconfigured


class PhraseBook:
    """Fragments of sentences, filled: `Phrases` for the services."""

    def __init__(self, responses: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self._responses = responses

    def __call__(self, name: str, **values: str) -> str:
        """The only variation of a fragment; a fragment that is not in the catalogue is a fault of the repository."""
        found = self._responses.get(name)
        if not found:
            raise Misconfigured("nlu_data", f"the fragment {name} is in no responses.yml")
        text = str(found[0]["text"])
        for key, value in values.items():
            text = text.replace("{" + key + "}", value)
        return text
