"""What is installed is exactly what was looked at: every version pinned, every file by its hash, from any index."""

from __future__ import annotations

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.repository import PROJECT

LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(
    r"^([A-Za-z0-9][\w.\[\],-]*)==([^\s;\\]+)([^\n]*(?:\n[ ]+--hash=sha256:[0-9a-f]{64}[^\n]*)*)", re.MULTILINE
)
DECLARED = re.compile(r'^\s+"([A-Za-z][^"]+)",$', re.MULTILINE)


def locked() -> dict[str, set[str]]:
    """The versions of each package; more than one where the platform decides."""
    found: dict[str, set[str]] = {}
    for name, version, _ in PINNED.findall(LOCK):
        found.setdefault(canonicalize_name(name.partition("[")[0]), set()).add(version)
    return found


def declared() -> list[Requirement]:
    """The dependencies of pyproject.toml; Python 3.10 has no reader of TOML."""
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(r"^(?:dependencies|dev) = \[$(.*?)^\]$", text, re.MULTILINE | re.DOTALL)
    return [Requirement(line) for block in lists for line in DECLARED.findall(block)]


def test_every_requirement_is_pinned_and_has_a_hash():
    lines = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    without = [name for name, _, rest in PINNED.findall(LOCK) if "--hash=sha256:" not in rest]

    assert len(lines) == len(PINNED.findall(LOCK)) > 100
    assert without == []


def test_the_lock_names_no_address():
    assert re.findall(r"https?://|git\+|file:|\s@\s|--(?:extra-)?index-url|--find-links|--trusted-host", LOCK) == []


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_a_declared_dependency_is_locked_in_a_version_it_allows(requirement: Requirement):
    versions = locked().get(canonicalize_name(requirement.name), set())

    assert versions
    assert all(requirement.specifier.contains(version, prereleases=True) for version in versions)


def test_both_lists_of_dependencies_are_read():
    names = {requirement.name for requirement in declared()}

    assert {"rasa", "fastapi", "pytest", "ruff"} <= names
