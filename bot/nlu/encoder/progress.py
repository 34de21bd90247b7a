"""What a training tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EncoderProgress:
    """How far a training is: epochs count from 1, steps over all epochs; the loss is that of the last batch."""

    epoch: int
    step: int
    steps: int
    loss: float
    seconds_left: float
