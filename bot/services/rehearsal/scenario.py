"""A scripted customer: what they write, where, and how much time passes in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

WEB, TELEGRAM = "web", "telegram"
CHANNELS = (WEB, TELEGRAM)


@dataclass(frozen=True)
class Move:
    """Something the customer does: lets `pause` pass, then writes `texts` in one go; either may be empty."""

    texts: tuple[str, ...]
    channel: str
    pause: timedelta = timedelta(0)


@dataclass(frozen=True)
class Scenario:
    """One scripted customer; `starts` without a zone is the company's local time, None leaves it to the stage.

    `expect` holds the expectations by name (see expectations.py).
    """

    id: str
    channel: str
    moves: tuple[Move, ...]
    title: str = ""
    starts: datetime | None = None
    expect: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_bursts(self) -> bool:
        """Whether the customer writes several messages in a row somewhere."""
        return any(len(move.texts) > 1 for move in self.moves)


@dataclass(frozen=True)
class Script:
    """The scenarios of a file, and what in it was not understood and left out, a sentence each."""

    scenarios: tuple[Scenario, ...]
    warnings: tuple[str, ...] = ()
