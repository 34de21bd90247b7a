"""Every language says everything: the same keys, the same placeholders, nothing empty in one alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.project.repository import PROJECT

LANGUAGES = ("it", "en")
FOLDERS = [path.parent for path in sorted((PROJECT / "bot").rglob("texts/it.json"))]
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def flat(tree: Any, prefix: str = "") -> dict[str, str]:
    """A catalogue with one key a text."""
    if not isinstance(tree, dict):
        return {prefix: str(tree)}
    return {key: text for name, inner in tree.items() for key, text in flat(inner, f"{prefix}.{name}").items()}


def catalogue(path: Path) -> dict[str, str]:
    return flat(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.parent.name)
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, str], dict[str, str]]:
    first, second = (catalogue(request.param / f"{language}.json") for language in LANGUAGES)
    return first, second


def test_widget_and_console_have_catalogues():
    assert {folder.parent.name for folder in FOLDERS} >= {"widget", "console"}


def test_both_languages_have_the_same_keys(pair):
    italian, english = pair

    assert sorted(italian) == sorted(english)


def test_both_languages_have_the_same_placeholders(pair):
    italian, english = pair
    holes = [{key: set(PLACEHOLDER.findall(text)) for key, text in texts.items()} for texts in (italian, english)]

    assert {key: found for key, found in holes[0].items() if holes[1].get(key) != found} == {}


def test_nothing_is_left_untranslated(pair):
    italian, english = pair

    assert [key for key, text in italian.items() if bool(text.strip()) != bool(english[key].strip())] == []


@pytest.mark.parametrize("path", sorted((PROJECT / "bot").rglob("texts/*.json")), ids=lambda path: path.name)
def test_texts_are_braced_properly(path: Path):
    texts = catalogue(path)

    assert texts
    assert [key for key, text in texts.items() if re.search(r"[{}]", PLACEHOLDER.sub("", text))] == []
