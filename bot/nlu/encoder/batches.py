"""Lays training texts out in batches of similar length, as arrays of piece numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int32]
PADDING = -1
# batches sorted together: long enough to waste little padding, short enough that every epoch mixes anew
_WINDOW = 32


def pad(rows: Sequence[Sequence[int]]) -> Integers:
    """Return the rows as one array (rows, longest), filled with -1."""
    padded = np.full((len(rows), max(map(len, rows))), PADDING, np.int32)
    for at, row in enumerate(rows):
        padded[at, : len(row)] = row
    return padded


@dataclass(frozen=True)
class Example:
    """One training text and the number of its intent."""

    text: str
    intent: int


def epoch_batches(
    examples: Sequence[Example], cut: Callable[[str], list[int]], *, rewrite: Callable[[str], str], size: int, seed: int
) -> Iterator[tuple[Integers, Integers]]:
    """Yield pieces (size, length) and intents (size,) of every example once, in an order drawn from `seed`."""
    order = random.Random(seed)
    shuffled = order.sample(list(examples), len(examples))
    batches: list[list[tuple[list[int], int]]] = []
    for start in range(0, len(shuffled), size * _WINDOW):
        window = [(cut(rewrite(example.text)), example.intent) for example in shuffled[start : start + size * _WINDOW]]
        window.sort(key=lambda row: len(row[0]))
        batches += [window[at : at + size] for at in range(0, len(window), size)]
    for batch in order.sample(batches, len(batches)):
        yield pad([row for row, _ in batch]), np.array([intent for _, intent in batch], np.int32)


def steps_per_epoch(examples: int, *, size: int) -> int:
    """Return how many batches `epoch_batches` yields: windows are whole numbers of batches."""
    return -(-examples // size)
