"""What the care score says of a conversation: steps done, sins committed, a number, and the evidence for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

STEPS = ("listen", "acknowledge", "apologise", "act", "react_now", "explain", "thank")
"""LATTE is listen, acknowledge, act (take action), thank, explain; LEARN is listen, acknowledge (empathise), apologise,
react_now (respond), explain (notify)."""
LATTE = ("listen", "acknowledge", "act", "thank", "explain")
LEARN = ("listen", "acknowledge", "apologise", "react_now", "explain")
SINS = ("paraculismo", "attesa", "negazione", "zittismo", "late_action", "asked_twice", "sent_elsewhere")


@dataclass(frozen=True)
class Evidence:
    """Why: the message's number (None when it is about something that nobody said), its words, one Italian sentence."""

    sentence: str
    message: int | None = None
    quote: str = ""


@dataclass(frozen=True)
class Step:
    """How far a step was done, 0 to 1; None when the conversation did not call for it."""

    name: str
    degree: float | None
    evidence: Evidence

    @property
    def done(self) -> bool:
        """Whether most of it was done."""
        return self.degree is not None and self.degree >= 0.75


@dataclass(frozen=True)
class Sin:
    """One sin, committed in one place."""

    name: str
    evidence: Evidence


@dataclass(frozen=True)
class CareScore:
    """0 (nobody cared) to 100; without a score, `note` says why in Italian."""

    score: int | None
    note: str = ""
    steps: tuple[Step, ...] = ()
    sins: tuple[Sin, ...] = ()

    def done(self, steps: tuple[str, ...]) -> tuple[str, ...]:
        """Which of these steps (`LATTE`, `LEARN`) were done."""
        return tuple(step.name for step in self.steps if step.done and step.name in steps)

    def as_dict(self) -> dict[str, Any]:
        """The score as JSON."""
        return {**asdict(self), "latte": list(self.done(LATTE)), "learn": list(self.done(LEARN))}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> CareScore:
        """The score read back from its JSON."""
        steps = tuple(Step(one["name"], one["degree"], Evidence(**one["evidence"])) for one in data.get("steps", ()))
        sins = tuple(Sin(one["name"], Evidence(**one["evidence"])) for one in data.get("sins", ()))
        return cls(data.get("score"), data.get("note", ""), steps, sins)
