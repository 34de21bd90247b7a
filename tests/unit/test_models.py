from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.core.errors import Misconfigured
from bot.models import encoder_accuracy, model_version, newest_model


def put(folder: Path, name: str, *, age: float = 0) -> Path:
    """A model file, so many seconds old."""
    path = folder / name
    path.write_bytes(b"model")
    os.utime(path, (1_000_000 - age, 1_000_000 - age))
    return path


def activate(folder: Path, name: str) -> None:
    (folder / "built.json").write_text(json.dumps({"model": name, "inputs": "x"}))


def set_encoder(models: Path, **current: object) -> None:
    (models / "encoder").mkdir(exist_ok=True)
    (models / "encoder" / "current.json").write_text(json.dumps(current))


def test_the_activated_model_counts_even_if_another_is_newer(tmp_path: Path):
    active = put(tmp_path, "active.tar.gz", age=100)
    put(tmp_path, "newer.tar.gz")
    activate(tmp_path, active.name)

    assert newest_model(tmp_path) == active


@pytest.mark.parametrize("record", ['{"model": "gone.tar.gz"}', "{", "[]", '{"model": null}'])
def test_without_an_activated_one_the_newest_counts(tmp_path: Path, record: str):
    put(tmp_path, "old.tar.gz", age=100)
    newest = put(tmp_path, "a-new.tar.gz")
    (tmp_path / "built.json").write_text(record)

    assert newest_model(tmp_path) == newest


def test_without_any_model_the_remedy_is_told(tmp_path: Path):
    with pytest.raises(Misconfigured, match="teorema train"):
        newest_model(tmp_path / "nowhere")


def test_the_version_changes_with_the_model_and_with_the_encoder(tmp_path: Path):
    put(tmp_path, "one.tar.gz", age=100)
    versions = [model_version(tmp_path)]
    put(tmp_path, "two.tar.gz")
    versions.append(model_version(tmp_path))
    set_encoder(tmp_path, folder="e1")
    versions.append(model_version(tmp_path))
    set_encoder(tmp_path, folder="e2")
    versions.append(model_version(tmp_path))

    assert len(set(versions)) == 4


def test_the_encoders_accuracy_is_known_when_there_is_one(tmp_path: Path):
    assert encoder_accuracy(tmp_path) is None
    set_encoder(tmp_path, blend_accuracy=0.82)
    assert encoder_accuracy(tmp_path) == 0.82
