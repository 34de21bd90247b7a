import multiprocessing
import shutil
import subprocess
import sys

import numpy as np
import pytest

from bot.core.errors import Misconfigured, Unavailable
from bot.nlu.encoder import EncoderClassifier
from bot.nlu.encoder.folder import MANIFEST, NETWORK, PIECES, sha256
from tests.unit.nlu.encoder.tiny import write_folder

TEXTS = ["il pacco non arriva", "grazie mille!", "", "voglio il rimborso " * 60]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encoder") / "encoder"
    write_folder(folder)
    return folder


@pytest.fixture
def folder(written, tmp_path):
    return shutil.copytree(written, tmp_path / "encoder")


def replace_in_manifest(folder, old, new):
    path = folder / MANIFEST
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_every_text_gets_a_probability_for_every_intent(written):
    classifier = EncoderClassifier.load(written)

    rows = classifier.probabilities(TEXTS)

    assert classifier.intents == ("ask", "greet", "thank")
    assert rows.dtype == np.float32
    assert rows.shape == (4, 3)
    assert rows.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    assert np.ptp(rows, axis=0).min() > 1e-3


def test_a_text_gets_the_same_answer_alone_and_in_company(written):
    classifier = EncoderClassifier.load(written)

    alone = np.concatenate([classifier.probabilities([text]) for text in TEXTS])

    assert (alone == classifier.probabilities(TEXTS)).all()


def test_no_texts_give_no_rows(written):
    assert EncoderClassifier.load(written).probabilities([]).shape == (0, 3)


def test_a_higher_temperature_makes_the_classifier_less_sure_of_the_same_intents(folder, written):
    replace_in_manifest(folder, '"temperature": 1.0', '"temperature": 4.0')
    sure, unsure = (EncoderClassifier.load(place).probabilities(TEXTS) for place in (written, folder))

    assert (unsure.argmax(axis=1) == sure.argmax(axis=1)).all()
    assert (unsure.max(axis=1) < sure.max(axis=1)).all()


def test_a_missing_folder_is_unavailable(tmp_path):
    with pytest.raises(Unavailable, match="no encoder has been trained"):
        EncoderClassifier.load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", [NETWORK, PIECES])
def test_a_missing_or_changed_file_is_named(folder, name):
    (folder / name).write_bytes((folder / name).read_bytes()[:-1])
    with pytest.raises(Misconfigured, match=name):
        EncoderClassifier.load(folder)

    (folder / name).unlink()
    with pytest.raises(Misconfigured, match=name):
        EncoderClassifier.load(folder)


@pytest.mark.parametrize("name", [NETWORK, PIECES])
def test_a_file_that_cannot_be_read_is_named_even_if_it_is_the_one_written(folder, name):
    before = sha256(folder / name)
    (folder / name).write_bytes(b'{"pieces": []}')
    replace_in_manifest(folder, before, sha256(folder / name))

    with pytest.raises(Misconfigured, match=name):
        EncoderClassifier.load(folder)


def test_importing_the_package_loads_neither_tensorflow_nor_onnxruntime():
    heavy = "import bot.nlu.encoder, sys; print(sorted({'tensorflow', 'onnxruntime', 'onnx'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
    assert done.stderr == ""


def test_a_worker_forked_after_loading_gives_the_same_answers(written):
    classifier = EncoderClassifier.load(written)
    before = classifier.probabilities(TEXTS)

    fork = multiprocessing.get_context("fork")
    answers = fork.Queue()
    worker = fork.Process(target=lambda: answers.put(classifier.probabilities(TEXTS)))
    worker.start()
    in_worker = answers.get(timeout=30)
    worker.join()

    assert (in_worker == before).all()
