"""The score and the anti-PANZA rules agree: what the bot may say is no sin, what it may not say is one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.project.repository import PROJECT, read_yaml
from tests.unit.core.care_score.talking import answered

MISTAKEN = 1 / 200
"""Our sentences number more than a thousand; the share of them that may be misjudged."""
JUDGED = ("denial", "blame", "waiting without a time", "sending away")
NO_SIN_ALONE = {
    "Purtroppo il termine è passato.",
    "Grazie per la tua pazienza.",
    "Nel dubbio chiama il 112.",
}
"""Style that a sentence of ours must not have, and in a conversation no sin by itself."""


def said() -> Iterator[str]:
    samples = read_yaml("tests/project/placeholders.yml")["samples"]
    for path in sorted((PROJECT / "nlu_data").glob("*/responses.yml")):
        for response, variations in read_yaml(path)["responses"].items():
            if not response.startswith("utter_part_"):
                for variation in variations:
                    yield re.sub(r"\{(\w+)\}", lambda hole: str(samples.get(hole[1], "x")), variation["text"])


def faults(text: str) -> list[str]:
    """The sins of an answer; asking what happened is one only here, where it has just been told."""
    return [sin.name for sin in answered(text).sins if sin.name != "asked_twice"]


def test_hardly_any_sentence_of_ours_is_taken_for_a_sin():
    sentences = list(said())
    mistaken = {text: found for text in sentences if (found := faults(text))}

    assert len(sentences) > 500
    assert len(mistaken) <= MISTAKEN * len(sentences), mistaken


def test_the_examples_of_what_we_may_not_say_are_sins_here_too():
    rules = read_yaml("tests/project/panza.yml")
    forbidden = {row["catches"] for sin in JUDGED for row in rules[sin]} - NO_SIN_ALONE

    assert len(forbidden) > 20
    assert [text for text in sorted(forbidden) if not faults(text)] == []
