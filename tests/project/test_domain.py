"""What is declared, written and programmed fits together: intents, actions, responses and fragments."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import actions
from bot.core.facts import FACT_NAMES
from tests.project.repository import PROJECT, python_files, read_yaml, tree_of
from tests.project.test_sentences import INTENTS

DOMAIN = read_yaml("domain.yml")
RESPONSE = re.compile(r"utter_(?!action$)\w*[a-z0-9]")  # not Rasa's own key, nor a mere beginning


@lru_cache(maxsize=1)
def responses() -> Counter[str]:
    """How often each response is written in nlu_data."""
    files = [read_yaml(path) for path in sorted((PROJECT / "nlu_data").rglob("*.yml"))]
    return Counter(name for data in files for name in data.get("responses") or ())


@lru_cache(maxsize=1)
def named_in_code() -> tuple[str, ...]:
    """Regular expressions for the responses that the code names; what an f-string fills in may be anything."""
    strings = (node for path in python_files() for node in ast.walk(tree_of(path)))
    return tuple(dict.fromkeys(pattern for node in strings for pattern in _patterns(node)))


def _patterns(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and RESPONSE.fullmatch(node.value):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        pattern = "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in node.values
        )
        if pattern.startswith("utter_"):
            yield pattern


def declared_actions() -> list[str]:
    return [name for name in DOMAIN["actions"] if name not in responses()]


def test_the_domain_declares_the_intents_of_the_product_and_no_other():
    assert sorted(DOMAIN["intents"]) == sorted(INTENTS)


def test_the_domain_declares_the_facts_that_the_core_knows():
    assert DOMAIN["entities"] == list(FACT_NAMES)


def test_actions_are_declared_exactly_as_they_are_implemented():
    """Two actions of one name would override each other silently."""
    implemented = Counter(action().name() for action in actions.ALL)

    assert Counter(declared_actions()) == implemented
    assert set(implemented.values()) == {1}


def test_every_rule_names_a_declared_action_and_every_action_has_a_rule():
    files = (read_yaml(path) for path in sorted((PROJECT / "nlu_data").glob("*/rules.yml")))
    ruled = {step["action"] for data in files for rule in data["rules"] for step in rule["steps"] if "action" in step}
    called_by_rasa = {
        mapping["action"] for slot in DOMAIN["slots"].values() for mapping in slot["mappings"] if "action" in mapping
    }
    configured = {policy["core_fallback_action_name"] for policy in read_yaml("config.yml")["policies"]}

    assert ruled | called_by_rasa == set(declared_actions())
    assert configured <= set(declared_actions())


def test_responses_are_written_once_and_outside_the_domain():
    """Rasa lets the last one win and says nothing."""
    assert [name for name, times in responses().items() if times > 1] == []
    assert "responses" not in DOMAIN


def test_every_response_that_the_code_says_is_written():
    written = responses()
    unknown = [pattern for pattern in named_in_code() if not any(re.fullmatch(pattern, name) for name in written)]

    assert len(named_in_code()) > 50
    assert unknown == []


def test_every_written_response_is_said_somewhere():
    said = re.compile("|".join(named_in_code()))

    assert [name for name in responses() if not said.fullmatch(name)] == []


def test_every_fact_can_be_read_back_and_asked_for():
    wanted = {f"utter_part_{kind}_{name}" for kind in ("fact", "missing") for name in FACT_NAMES}

    assert wanted <= set(responses())
