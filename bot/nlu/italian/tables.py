"""Reads the language tables of this package; each is read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).with_name("data")


@cache
def pairs(name: str) -> Mapping[str, str]:
    """Return `data/<name>.tsv` as a mapping; a line is `key<TAB>value`."""
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return MappingProxyType(dict(line.split("\t", 1) for line in lines if "\t" in line))


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of `data/<name>.txt`, which stand between blanks."""
    return frozenset((_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split())
