"""How the encoder is trained: every setting, and the learning rate over time."""

from __future__ import annotations

from dataclasses import dataclass

from bot.nlu.encoder.pieces import LIMIT


@dataclass(frozen=True)
class Recipe:
    """Every setting of a training.

    Rates are Adam's (4e-4 was found too high); `layer_decay` multiplies the rate once for every layer below the top.
    `frozen` is the number of lowest layers left as they are: four save a third of every step. `rewritten` is the share
    of texts shown in chat spelling. `averaged` is the share of steps, at the end, whose weights are averaged, one in
    `snapshot_every`; the rate stays above `floor` of the full one, so that these snapshots differ.
    """

    epochs: int = 6
    batch: int = 16
    rate: float = 1e-4
    head_rate: float = 3e-3
    layer_decay: float = 0.95
    warmup: float = 0.1
    floor: float = 0.1
    smoothing: float = 0.1
    dropout: float = 0.1
    frozen: int = 0
    rewritten: float = 0.3
    averaged: float = 0.25
    snapshot_every: int = 10
    limit: int = LIMIT


def learning_rate(step: int, steps: int, *, warmup: float, floor: float) -> float:
    """Return the share of the full rate at a step: up over the first `warmup` of the steps, then down to `floor`."""
    rising = max(1.0, warmup * steps)
    falling = 1.0 - (step - rising) / max(1.0, steps - rising)
    return min((step + 1) / rising, max(floor, falling))
