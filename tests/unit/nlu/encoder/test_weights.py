import struct
from pathlib import Path

import numpy as np
import pytest

from bot.core.errors import Unavailable
from bot.nlu.encoder.weights import WeightFile, dequantise

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁ciao", "à"]
SCORES = [0.0, 0.0, 0.0, 0.0, -3.5, -7.25]


def blocks(scales: list[float], rows: int) -> bytes:
    """Rows of one block each: the scale, then integers 0..15 in both halves."""
    nibbles = bytes(value | value << 4 for value in range(16))
    return b"".join(np.float16(scale).tobytes() + nibbles for scale in scales[:rows])


def small_file() -> bytes:
    """A weight file of width 32 with one matrix of two rows and one vector, laid out by hand."""
    encoded = [piece.encode() for piece in PIECES]
    starts = np.cumsum([0, *map(len, encoded)]).astype("<u4")
    body = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 2, 64, 6, 512, 2, 1e-12, 32)
    body += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, int(starts[-1])) + starts.tobytes()
    body += np.array(SCORES, "<f4").tobytes() + b"".join(encoded)
    body += struct.pack("<iI", 1, 4 + 1 + 12) + struct.pack("<IB3I", ord("…"), 3, *map(ord, "..."))
    tensors = {"emb.word": blocks([0.5, 2.0], 2), "emb.ln.w": np.arange(32, dtype="<f4").tobytes()}
    offset = len(body) + 4 + sum(2 + len(name) + 21 for name in tensors)
    body += struct.pack("<i", len(tensors))
    for name, data in tensors.items():
        body += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 32, offset, len(data))
        offset += len(data)
    return body + b"".join(tensors.values())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(small_file())
    return path


def test_a_weight_file_gives_its_sizes_and_vocabulary(path):
    weights = WeightFile(path)

    assert (weights.shape.width, weights.shape.layers, weights.shape.heads, weights.shape.inner) == (32, 1, 2, 64)
    assert weights.vocabulary.pieces == tuple(PIECES)
    assert weights.vocabulary.scores == tuple(SCORES)
    assert weights.vocabulary.replacements == {"…": "..."}
    assert weights.vocabulary.unknown_score == -17.25


def test_a_matrix_is_scale_times_integer_less_eight_low_halves_first(path):
    matrix = WeightFile(path).matrix("emb.word")

    once = np.arange(16) - 8
    assert matrix.shape == (2, 32)
    assert matrix[0].tolist() == [*(0.5 * once), *(0.5 * once)]
    assert matrix[1].tolist() == [*(2.0 * once), *(2.0 * once)]


def test_single_rows_of_a_matrix_can_be_read_alone(path):
    weights = WeightFile(path)

    assert weights.matrix("emb.word", rows=[1, 0, 1]).tolist() == weights.matrix("emb.word")[[1, 0, 1]].tolist()


def test_low_and_high_halves_of_a_byte_are_different_weights():
    block = np.frombuffer(np.float16(1).tobytes() + bytes([0xF0] * 16), np.uint8)

    assert dequantise(block.reshape(1, 1, 18))[0].tolist() == [-8.0] * 16 + [7.0] * 16


def test_a_vector_is_read_as_stored(path):
    assert WeightFile(path).vector("emb.ln.w").tolist() == list(range(32))


@pytest.mark.parametrize("size", [3, 40, 70, 120])
def test_a_file_that_ends_too_early_is_refused_with_its_name(path, size):
    path.write_bytes(small_file()[:size])

    with pytest.raises(Unavailable, match=r"weights\.bin"):
        WeightFile(path)


def test_a_file_of_another_format_is_refused(path):
    path.write_bytes(b"GGUF" + small_file()[4:])

    with pytest.raises(Unavailable, match="unknown format"):
        WeightFile(path)
