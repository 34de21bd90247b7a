"""Training data, thinned or without an intent."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import copy_without, examples_of, read, thinned, write

BLOCK = "- uno\n- due\n  in due righe\n- tre\n- quattro\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for intent in ("greet", "refund"):
        write(tmp_path / f"ours/nlu_data/{intent}.yml", {"nlu": [{"intent": intent, "examples": BLOCK}]})
    rules = [
        {"rule": intent, "steps": [{"intent": intent}, {"action": f"action_{intent}"}]}
        for intent in ("greet", "refund")
    ]
    write(tmp_path / "ours/nlu_data/rules.yml", {"rules": rules})
    write(tmp_path / "ours/domain.yml", {"intents": ["greet", "refund"], "actions": ["action_greet"]})
    write(tmp_path / "ours/config.yml", {"language": "it"})
    return tmp_path / "ours"


def test_an_example_of_two_lines_is_one_example():
    assert examples_of(BLOCK) == ["- uno", "- due\n  in due righe", "- tre", "- quattro"]


def test_thinning_keeps_examples_from_the_whole_file():
    document = {"version": "3.1", "nlu": [{"intent": "greet", "examples": BLOCK}]}

    assert thinned(document, 0.5) == {"version": "3.1", "nlu": [{"intent": "greet", "examples": "- uno\n- tre\n"}]}
    assert thinned(document, 1.0) == document


def test_every_intent_keeps_two_examples():
    assert thinned({"nlu": [{"intent": "greet", "examples": BLOCK}]}, 0.01)["nlu"][0]["examples"] == "- uno\n- tre\n"


def test_an_intent_leaves_no_trace(project, tmp_path):
    copy_without(project, tmp_path / "copy", "refund")

    rules = read(tmp_path / "copy/nlu_data/rules.yml")["rules"]
    assert read(tmp_path / "copy/nlu_data/refund.yml")["nlu"] == []
    assert [rule["rule"] for rule in rules] == ["greet"]
    assert read(tmp_path / "copy/domain.yml")["intents"] == ["greet"]
    assert read(tmp_path / "copy/nlu_data/greet.yml") == read(project / "nlu_data/greet.yml")


def test_an_intent_that_nobody_teaches_is_a_mistake(project, tmp_path):
    with pytest.raises(ValueError, match="no examples of praise"):
        copy_without(project, tmp_path / "copy", "praise")
