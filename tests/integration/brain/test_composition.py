"""How the service finds its brain, and takes up another one while it runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.app import load_mind
from bot.core.brand import Brand
from bot.core.errors import Misconfigured
from bot.settings import Settings


class LightBrain:
    """Knows which model file it was made of; a model called `broken` cannot be loaded."""

    loaded: list[str]

    def __init__(self, model: Path, **_: object) -> None:
        self.loaded.append(model.name)
        if model.name.startswith("broken"):
            raise ValueError("not a model")
        self.model = model.name

    def parse(self, text: str) -> dict[str, str]:
        return {"text": text}


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models that were loaded, in order."""
    found: list[str] = []
    monkeypatch.setattr(LightBrain, "loaded", found, raising=False)
    monkeypatch.setattr("bot.brain.brain.Brain", LightBrain)
    monkeypatch.setattr("bot.nlu.answers.AnswerFinder", lambda answers: None)
    return found


def put(folder: Path, name: str) -> None:
    """One more model, newer than those that are there."""
    path = folder / name
    path.write_bytes(b"model")
    age = len(list(folder.iterdir()))
    os.utime(path, (age, age))


def test_a_new_model_takes_over_and_is_loaded_once(tmp_path: Path, brand: Brand, loaded: list[str]):
    put(tmp_path, "one.tar.gz")
    mind, refresh = load_mind(Settings(model_dir=tmp_path), brand)
    assert mind.warm() == "one.tar.gz"

    refresh()
    put(tmp_path, "two.tar.gz")
    refresh()
    refresh()

    assert mind.warm() == "two.tar.gz"
    assert loaded == ["one.tar.gz", "two.tar.gz"]


def test_a_broken_model_is_tried_once_and_the_old_one_goes_on(tmp_path: Path, brand: Brand, loaded: list[str]):
    put(tmp_path, "one.tar.gz")
    mind, refresh = load_mind(Settings(model_dir=tmp_path), brand)
    mind.warm()
    put(tmp_path, "broken.tar.gz")

    with pytest.raises(ValueError, match="not a model"):
        refresh()
    refresh()

    assert mind.warm() == "one.tar.gz"
    assert loaded == ["one.tar.gz", "broken.tar.gz"]


def test_without_a_model_the_service_says_how_to_make_one(tmp_path: Path, brand: Brand):
    with pytest.raises(Misconfigured, match="teorema train"):
        load_mind(Settings(model_dir=tmp_path), brand)
