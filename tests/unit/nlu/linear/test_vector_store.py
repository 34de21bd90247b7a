from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.linear import vector_store
from bot.nlu.linear.vector_store import VectorStore


@pytest.fixture
def asked(monkeypatch):
    """What the encoder was asked to encode."""
    texts: list[str] = []

    def encode(wanted):
        texts.extend(wanted)
        return np.array([[len(text)] * 512 for text in wanted], np.float32).reshape(len(wanted), 512)

    monkeypatch.setattr(vector_store, "encode", encode)
    return texts


def test_only_new_texts_are_encoded(asked, tmp_path):
    VectorStore(tmp_path / "v.npz").encode(["uno", "quattro"])
    asked.clear()

    vectors = VectorStore(tmp_path / "v.npz").encode(["quattro", "due!", "uno"])

    assert asked == ["due!"]
    assert vectors[:, 0].tolist() == [7, 4, 3]


def test_a_damaged_file_only_costs_time(asked, tmp_path):
    (tmp_path / "v.npz").write_bytes(b"not an archive")

    assert VectorStore(tmp_path / "v.npz").encode(["uno"]).shape == (1, 512)
    assert asked == ["uno"]


def test_no_texts_give_no_vectors(asked, tmp_path):
    assert VectorStore(tmp_path / "v.npz").encode([]).shape == (0, 512)
