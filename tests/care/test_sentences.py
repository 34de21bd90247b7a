"""The sins that lie in the words: found in the sentences they were made with, and in enough that no one tuned for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.core.care_score.talking import answered, sins

HERE = Path(__file__).parent
SPOKEN = ("paraculismo", "negazione", "attesa", "sent_elsewhere")
REACHED = 10 / 24
"""What the score found in heldout.yml the first time it saw it; it must not fall below."""


def table(name: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def found(text: str, problem: str) -> set[str]:
    return sins(answered(text, problem=problem))


KNOWN, HELDOUT = table("sentences.yml"), table("heldout.yml")
SINFUL = [(sin, text) for sin in SPOKEN for text in KNOWN[sin]]


@pytest.mark.parametrize(("sin", "text"), SINFUL, ids=[text for _, text in SINFUL])
def test_a_sin_is_found_in_an_answer_that_commits_it(sin: str, text: str):
    assert sin in found(text, KNOWN["problem"])


@pytest.mark.parametrize("text", KNOWN["nothing"])
def test_nothing_is_found_in_an_answer_that_cares(text: str):
    assert found(text, KNOWN["problem"]) == set()


def test_nothing_is_found_in_answers_that_care_and_were_never_tuned_for():
    assert [text for text in HELDOUT["nothing"] if found(text, HELDOUT["problem"])] == []


def test_enough_is_found_in_answers_that_were_never_tuned_for():
    rows = [(sin, text) for sin in SPOKEN for text in HELDOUT[sin]]
    right = [text for sin, text in rows if sin in found(text, HELDOUT["problem"])]

    assert len(right) / len(rows) >= REACHED


def test_the_heldout_answers_are_no_ones_examples():
    known = {text for rows in KNOWN.values() for text in rows}
    heldout = [text for rows in HELDOUT.values() if isinstance(rows, list) for text in rows]

    assert len(heldout) > 30
    assert not known & set(heldout)
