from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.active_encoder import Pointer, active_encoder, deactivate
from bot.nlu.letters import is_letter
from bot.nlu.stages import Blend, Stages, average


class Fixed:
    """A classifier that says what it was told, by the word it finds."""

    def __init__(self, intents, by_word, default):
        self.intents = tuple(intents)
        self._by_word = by_word
        self._default = default

    def probabilities(self, texts):
        return np.array([self._row(text) for text in texts], np.float32).reshape(len(texts), len(self.intents))

    def _row(self, text):
        return next((row for word, row in self._by_word.items() if word in text), self._default)


def test_the_average_weighs_the_second_classifier():
    assert np.allclose(average(np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]]), 0.25), [[0.75, 0.25]])


def test_an_intent_that_the_encoder_does_not_know_yet_is_not_pushed_down():
    linear = Fixed(("a", "b", "new"), {}, [0.1, 0.1, 0.8])
    encoder = Fixed(("b", "a"), {}, [0.9, 0.1])

    row = Blend(linear, encoder, 0.5).probabilities(["x"])[0]

    assert row.argmax() == 2
    assert row[2] == pytest.approx(0.8)
    assert row[1] > row[0]


def test_an_intent_that_only_the_encoder_knows_is_left_out():
    row = Blend(Fixed(("a", "b"), {}, [0.4, 0.6]), Fixed(("a", "b", "gone"), {}, [0.5, 0.0, 0.5]), 0.5).probabilities(
        ["x"]
    )

    assert row.shape == (1, 2)
    assert row.sum() == pytest.approx(1.0)


def test_in_a_long_letter_what_is_asked_counts_more_than_the_courtesies():
    letter = "Buongiorno a tutti voi, spero che stiate bene. " + "Oggi qui in paese c'è un bel sole e si sta bene. " * 6
    letter += "Il rimborso del biglietto non mi è mai arrivato."
    by_word = {"rimborso del biglietto non": [0.05, 0.95]}
    reader = Stages(Fixed(("greet", "complaint_refund"), by_word, [0.9, 0.1]))
    whole = Fixed(("greet", "complaint_refund"), {}, [0.9, 0.1])

    assert is_letter(letter)
    assert whole.probabilities([letter])[0].argmax() == 0
    assert reader.probabilities([letter])[0].argmax() == 1


def test_short_messages_are_read_as_a_whole():
    reader = Stages(Fixed(("greet", "deny"), {}, [0.7, 0.3]))

    assert np.allclose(reader.probabilities(["ciao"]), [[0.7, 0.3]])


def test_without_a_pointer_the_linear_model_serves_alone(tmp_path):
    assert active_encoder(tmp_path) is None
    linear = Fixed(("a",), {}, [1.0])
    assert Stages.of(linear, encoders=tmp_path).classifier is linear


def test_a_pointer_to_a_missing_or_damaged_encoder_does_not_stop_the_service(tmp_path):
    Pointer("20260101-000000", 0.5).activate(tmp_path)
    assert active_encoder(tmp_path) is None

    (tmp_path / "current.json").write_text("{", encoding="utf-8")
    assert active_encoder(tmp_path) is None


def test_a_pointer_is_replaced_and_removed_whole(tmp_path):
    Pointer("old", 0.5).activate(tmp_path)
    Pointer("new", 0.6).activate(tmp_path)

    assert Pointer.read(tmp_path) == Pointer("new", 0.6)
    deactivate(tmp_path)
    assert Pointer.read(Path(tmp_path)) is None
