from __future__ import annotations

import pytest

from bot.core.errors import Misconfigured
from bot.nlu.training.examples import Examples

NLU = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - ciao\n    - salve [Roma](place)\n'
RULES = 'version: "3.1"\nrules:\n- rule: r\n  steps:\n  - intent: greet\n  - action: action_greet\n'


def test_messages_are_read_without_their_annotations_whatever_else_lies_beside_them(tmp_path):
    (tmp_path / "greet.yml").write_text(NLU, encoding="utf-8")
    (tmp_path / "rules.yml").write_text(RULES, encoding="utf-8")

    examples = Examples.read(tmp_path)

    assert sorted(zip(examples.texts, examples.intents, strict=True)) == [("ciao", "greet"), ("salve Roma", "greet")]


def test_a_missing_folder_is_a_matter_of_configuration(tmp_path):
    with pytest.raises(Misconfigured):
        Examples.read(tmp_path / "nowhere")


def test_a_split_keeps_the_mix_of_intents_and_loses_nothing():
    examples = Examples(tuple(f"t{n}" for n in range(40)), ("a",) * 20 + ("b",) * 20)

    taught, held = examples.split(held=0.25)

    assert sorted(held.intents) == ["a"] * 5 + ["b"] * 5
    assert set(taught.texts) | set(held.texts) == set(examples.texts)
    assert not set(taught.texts) & set(held.texts)
