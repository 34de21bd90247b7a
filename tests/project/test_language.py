"""Not one sentence for people in Python: they are read, corrected and translated in YAML and JSON catalogues."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.project.repository import module_name, python_files, tree_of

# words that Italian sentences can hardly do without and that English and code do not have
TELLING = frozenset(
    """il lo la gli un una uno di del dello della dei degli delle da dal dalla in nel nella su sul sulla con per tra fra
    che chi non mi ti ci vi si se e ed è ho hai ha abbiamo avete hanno sono sei siamo siete era anche ancora già più
    come quando dove cosa questo questa quello quella tuo tua nostro vostro entro oggi domani ecco scusa scusaci grazie
    puoi puoi vuoi devi tutto niente ogni senza solo""".split()
)
ALSO_ENGLISH = frozenset({"in", "per", "come", "solo", "sei", "e", "a", "la", "da", "con", "ha", "mi", "si", "se"})
WORDS = re.compile(r"[^\W\d_]+")
PATTERN = re.compile(r"\\[bswd]|\(\?|\[\^?\w|\|")


def is_for_people(text: str) -> bool:
    """Whether a string reads like an Italian sentence: at least four words, two of them telling ones."""
    words = [word.casefold() for word in WORDS.findall(text)]
    telling = [word for word in words if word in TELLING]
    sure = [word for word in telling if word not in ALSO_ENGLISH]
    return len(words) >= 4 and len(telling) >= 2 and bool(sure) and not PATTERN.search(text)


def not_said(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, and lists of words written as one string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) or (isinstance(node, ast.Attribute) and node.attr == "split"):
            yield node.value


def sentences(tree: ast.Module) -> Iterator[str]:
    apart = set(not_said(tree))
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in apart
        if is_text and is_for_people(node.value):
            yield node.value


def test_no_sentence_for_people_is_written_in_python():
    found = [f"{module_name(path)}: {text}" for path in python_files() for text in sentences(tree_of(path))]

    assert found == []


@pytest.mark.parametrize("text", ["Mi dispiace, non ho capito", "Ti scrivo entro domani.", "Il modello è già pronto"])
def test_sentences_are_recognised(text: str):
    assert is_for_people(text)


@pytest.mark.parametrize(
    "text", ["the brain failed", r"\b(?:non|che|di)\b", "utter_greet", "così", "a message in a la carte"]
)
def test_code_and_english_are_left_alone(text: str):
    assert not is_for_people(text)
