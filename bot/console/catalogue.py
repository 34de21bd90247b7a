"""The console's texts: one JSON catalogue a language, Italian unless somebody asks for English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TEXTS_FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("it", "en")
DEFAULT_LANGUAGE = LANGUAGES[0]


@dataclass(frozen=True)
class Texts:
    """The texts of one language by key (`inbox.title`)."""

    language: str
    entries: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text with its placeholders filled; an unknown key is a programming error (KeyError)."""
        return self.entries[key].format(**values) if values else self.entries[key]

    def many(self, key: str, number: int, /, **values: object) -> str:
        """The text for so many things: `key.one` or `key.other`, with the placeholder `n`."""
        return self(f"{key}.one" if number == 1 else f"{key}.other", n=number, **values)

    def label(self, kind: str, name: str) -> str:
        """The name of an intent, a fact, a state ...; one that a trainer added later is shown as it is written."""
        return self.entries.get(f"{kind}.{name}") or name.replace("_", " ").strip()


def load_texts(folder: Path = TEXTS_FOLDER) -> dict[str, Texts]:
    """Every catalogue by its language."""
    return {
        language: Texts(language, _flat(json.loads((folder / f"{language}.json").read_text("utf-8"))))
        for language in LANGUAGES
    }


def choose_language(*, asked: str | None, remembered: str | None, accepted: str) -> str:
    """The language of a page: asked for in the address, remembered in a cookie, else the browser's first we speak."""
    for wanted in (asked, remembered):
        if wanted in LANGUAGES:
            return wanted
    return next((code for code in _preferred(accepted) if code in LANGUAGES), DEFAULT_LANGUAGE)


def _preferred(accepted: str) -> list[str]:
    ranges = [part.strip().partition(";") for part in accepted.lower().split(",")]
    weighted = [(_weight(options), tag.strip()[:2]) for tag, _, options in ranges]
    return [tag for weight, tag in sorted(weighted, key=lambda item: -item[0]) if weight > 0]


def _weight(options: str) -> float:
    name, _, value = options.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def _flat(tree: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, value in tree.items():
        key = f"{prefix}{name}"
        texts.update(_flat(value, f"{key}.") if isinstance(value, Mapping) else {key: str(value)})
    return texts
