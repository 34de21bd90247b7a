from __future__ import annotations

import numpy as np
import pytest

from bot.core.errors import Refused
from bot.nlu.linear import LinearClassifier

TEXTS = [
    f"{opening} {subject}"
    for subject in ("il pacco", "la bolletta", "il treno")
    for opening in (
        "dov'è",
        "quando arriva",
        "non vedo",
        "che fine ha fatto",
        "aspetto",
        "cerco",
        "rivoglio",
        "hanno perso",
    )
]
INTENTS = [name for name in ("parcel", "bill", "train") for _ in range(8)]


def fake_vectors(texts):
    """Vectors that know the subject of a sentence and nothing else."""
    words = ("pacco", "bolletta", "treno")
    rows = np.zeros((len(texts), 512), np.float32)
    for at, text in enumerate(texts):
        for column, word in enumerate(words):
            rows[at, column] = word in text
    return rows + 1e-3


@pytest.fixture(scope="module")
def classifier():
    return LinearClassifier.train(TEXTS, INTENTS, encoder=fake_vectors)


def test_unseen_messages_get_the_intent_of_their_subject(classifier):
    rows = classifier.probabilities(["mi serve il pacco", "questa bolletta", "treno"], encoder=fake_vectors)

    assert [classifier.intents[at] for at in rows.argmax(axis=1)] == ["parcel", "bill", "train"]


def test_probabilities_sum_to_one_even_for_an_empty_text(classifier):
    rows = classifier.probabilities(["", "xyz"], encoder=fake_vectors)

    assert rows.shape == (2, 3)
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(classifier):
    assert classifier.probabilities([]).shape == (0, 3)


def test_a_saved_classifier_says_the_same_after_loading(classifier, tmp_path):
    classifier.save(tmp_path)
    asked = ["mi serve il pacco", "che treno", "boh"]

    loaded = LinearClassifier.load(tmp_path)

    before, after = (each.probabilities(asked, encoder=fake_vectors) for each in (classifier, loaded))
    assert np.allclose(before, after, atol=2e-3)
    assert loaded.intents == classifier.intents


def test_nothing_in_a_saved_classifier_can_run(classifier, tmp_path):
    classifier.save(tmp_path)

    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".npz"}
    for path in tmp_path.glob("*.npz"):
        with np.load(path, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype != object for name in arrays.files)


def test_an_intent_with_one_message_is_refused():
    with pytest.raises(Refused):
        LinearClassifier.train(["a", "b", "c"], ["x", "x", "y"], encoder=fake_vectors)


def test_training_twice_gives_the_same_classifier(classifier):
    again = LinearClassifier.train(TEXTS, INTENTS, encoder=fake_vectors)

    asked = ["il pacco rosso"]
    one, other = (each.probabilities(asked, encoder=fake_vectors) for each in (classifier, again))
    assert np.array_equal(one, other)
