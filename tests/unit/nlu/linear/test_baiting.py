"""Need or troll by a model of its own."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.linear.baiting import Baiting

NEEDS = [
    "il pacco non arriva",
    "la valigia è sparita",
    "il frigo non va",
    "rivoglio i soldi",
    "il tecnico non viene",
] * 4
TROLLS = ["sei scemo", "che buffoni", "puzzi di bot", "scemi e buffoni", "buffone di un bot"] * 4


def hashed(texts: Sequence[str]) -> np.ndarray:
    """Vectors of words, in place of the sentence encoder."""
    rows = np.zeros((len(texts), 32), np.float32)
    for at, text in enumerate(texts):
        for word in text.lower().split():
            rows[at, zlib.crc32(word.encode()) % 32] += 1
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.fixture(scope="module")
def baiting() -> Baiting:
    taught = Baiting.train([*NEEDS, *TROLLS], ["complaint_refund"] * 20 + ["troll_insult"] * 20, encoder=hashed)
    assert taught is not None
    return taught


def test_trolls_are_told_from_people_in_need(baiting: Baiting):
    need, troll = baiting.judge(["il frigo non va", "sei scemo"], encoder=hashed)

    assert need < 0.5 < troll


def test_it_is_the_same_after_saving(baiting: Baiting, tmp_path: Path):
    baiting.save(tmp_path)

    assert Baiting.load(tmp_path).judge(["che buffoni"], encoder=hashed) == baiting.judge(
        ["che buffoni"], encoder=hashed
    )


def test_nothing_is_learnt_from_one_side_alone():
    assert Baiting.train(NEEDS, ["complaint_refund"] * 20, encoder=hashed) is None


def test_no_messages_are_no_trouble(baiting: Baiting):
    assert baiting.judge([], encoder=hashed) == []
