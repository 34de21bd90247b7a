"""Numbers out of samples, and how they are shown."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0-1) of the values lie, interpolated; ValueError when there are none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below, above = math.floor(place), math.ceil(place)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return percentile(values, 0.5)


def around(times: Sequence[float], turn: int, *, width: int) -> Sequence[float]:
    """The `width` turns around a turn (counted from 1), or the first ones where the conversation begins."""
    begin = max(0, turn - width // 2)
    return times[begin if turn > width else 0 :][:width]


def milliseconds(seconds: float) -> str:
    """A duration as `12.3 ms`, from 100 ms on without decimals."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms"


def duration(seconds: float) -> str:
    """A duration of seconds and minutes as `8.4 s` or `21 min`."""
    return f"{seconds / 60:.0f} min" if seconds >= 600 else f"{seconds:.1f} s"


def times(factor: float) -> str:
    """How many times as much, as `1.05 ×`."""
    return f"{factor:.2f} ×"


def megabytes(size: float) -> str:
    """Bytes as `512 MB`."""
    return f"{size / 1_000_000:.0f} MB"
