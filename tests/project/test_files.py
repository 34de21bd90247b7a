"""The repository works on any machine: no path of ours, no address of a package registry, nothing left behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project.repository import PROJECT, tracked_files

HERE = Path(__file__)
MACHINE = re.compile(r"(?<![\w./-])/(?:work|root|home|Users|mnt|private)/\w|\b[A-Z]:\\+Users\b|(?<![\w./-])/tmp/\w")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg|artifactory|nexus/repository|deb\.debian"
)
LEFTOVER = re.compile(r"^(?:<{7} |>{7} |={7}$)", re.MULTILINE)
BINARY = {".png", ".jpg", ".ico", ".woff2", ".pdf", ".npz", ".gz"}
LARGEST = 2_000_000  # bytes


def texts() -> dict[str, str]:
    paths = [path for path in tracked_files() if path.suffix not in BINARY and path != HERE]
    return {str(path.relative_to(PROJECT)): path.read_text(encoding="utf-8") for path in paths}


@pytest.mark.parametrize("pattern", [MACHINE, REGISTRY, LEFTOVER], ids=["machine", "registry", "merge"])
def test_no_tracked_file_speaks_of_one_machine(pattern: re.Pattern[str]):
    found = [f"{name}: {match[0]}" for name, text in texts().items() for match in pattern.finditer(text)]

    assert found == []


def test_the_patterns_catch_what_they_are_for():
    assert MACHINE.search("see /home/anna/x")
    assert REGISTRY.search("https://pypi.org/simple")
    assert not MACHINE.search("POST /api/home/x and bot/work/x")


def test_nothing_that_is_made_here_is_tracked():
    made = re.compile(r"^(?:models|var|reports|results|node_modules|\.venv)/|\.(?:db|sqlite|pyc|tar\.gz)$|^\.env$")

    assert [str(path) for path in tracked_files() if made.search(str(path.relative_to(PROJECT)))] == []


def test_no_tracked_file_is_huge():
    assert [str(path) for path in tracked_files() if path.stat().st_size > LARGEST] == []


def test_scripts_can_be_started():
    scripts = [path for path in tracked_files() if path.parent.name == ".ci"]

    assert scripts
    assert all(path.stat().st_mode & 0o111 for path in scripts)
