"""The import rule: who may know whom, so that the engine, the database or a channel can be replaced one day."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.repository import imported, module_name, only_for_types, python_files, tree_of

SHARED = {"settings", "logs", "metrics", "models", "web", "encoder_training", "health"}
ROOTS = {"app", "workshop"}
MAY_KNOW = {
    "core": {"core"},
    "services": {"core", "services"},
    "storage": {"core", "storage"},
    "integrations": {"core", "storage", "integrations"},
    "nlu": {"core", "nlu"},
    "brain": {"core", "brain"},
    "channels": {"core", "services", "channels"},
    "console": {"core", "services", "console"},
    "actions": {"core", "services", "actions"},
    "cli": {"core", "services", "cli", *SHARED, *ROOTS},
    **{name: {"core", *SHARED} for name in SHARED},
}
ENGINE = {"rasa", "tensorflow", "spacy", "sklearn"}
KNOW_THE_ENGINE = {"nlu", "brain"}
KNOW_THE_DATABASE = {"storage", "integrations", *ROOTS}


def layer(module: str) -> str:
    """The layer of a module: the first name inside `bot`, or `actions`."""
    package, _, rest = module.partition(".")
    return rest.partition(".")[0] if package == "bot" else package


def imports(path: Path) -> set[str]:
    tree = tree_of(path)
    never_run = only_for_types(tree)
    return set(imported(node for node in ast.walk(tree) if node not in never_run))


FILES = [path for path in python_files() if layer(module_name(path))]
IMPORTS = {module_name(path): sorted(imports(path)) for path in FILES}


def faults(forbids: Callable[[str, str], bool]) -> list[str]:
    """`module imports name` wherever `forbids(layer, name)`."""
    return [
        f"{module} imports {name}"
        for module, names in IMPORTS.items()
        for name in names
        if forbids(layer(module), name)
    ]


def is_ours(name: str) -> bool:
    return name.partition(".")[0] in ("bot", "actions")


def test_every_layer_has_a_rule():
    assert {layer(module) for module in IMPORTS} <= {*MAY_KNOW, *ROOTS}


def test_a_layer_knows_only_the_layers_it_may():
    assert faults(lambda own, name: own in MAY_KNOW and is_ours(name) and layer(name) not in MAY_KNOW[own]) == []


def test_the_core_needs_nothing_but_the_standard_library():
    def foreign(own: str, name: str) -> bool:
        return own == "core" and not is_ours(name) and name.partition(".")[0] not in sys.stdlib_module_names

    assert faults(foreign) == []


def test_only_nlu_and_brain_know_the_engine():
    assert faults(lambda own, name: own not in KNOW_THE_ENGINE and name.partition(".")[0] in ENGINE) == []


def test_only_the_storage_and_the_embedded_integrations_know_the_database_library():
    assert faults(lambda own, name: own not in KNOW_THE_DATABASE and name.partition(".")[0] == "sqlalchemy") == []


def test_only_actions_and_brain_know_the_action_library():
    allowed = {"actions", "brain"}

    assert faults(lambda own, name: own not in allowed and name.partition(".")[0] == "rasa_sdk") == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import os.path", {"os.path"}),
        ("def f():\n    from bot.core import case, facts", {"bot.core.case", "bot.core.facts"}),
        ("if TYPE_CHECKING:\n    import rasa", set()),
    ],
)
def test_imports_are_found_wherever_they_hide(source: str, names: set[str], tmp_path: Path):
    path = tmp_path / "module.py"
    path.write_text(source)

    assert imports(path) == names


def test_the_rule_looks_at_the_whole_house():
    assert len(IMPORTS) > 100
    assert "bot.core.ports.Mind" in IMPORTS["bot.services.answer"]
