"""What the tests of the repository read: its files, its training data, its modules and who imports whom."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).parents[2]
PACKAGES = ("bot", "actions")


def read_yaml(path: str | Path) -> Any:
    return yaml.safe_load((PROJECT / path).read_text(encoding="utf-8"))


def python_files(*packages: str) -> list[Path]:
    """The Python files of packages, migrations excepted: those are generated."""
    found = (path for package in packages or PACKAGES for path in sorted((PROJECT / package).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def module_name(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The modules that these statements import, by their full names."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def only_for_types(tree: ast.Module) -> set[ast.AST]:
    """The statements under `if TYPE_CHECKING`, which never run."""
    guards = (node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    return {inner for guard in guards for inner in ast.walk(guard)}


def tracked_files() -> list[Path]:
    """Every file under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := PROJECT / name).is_file()]
