"""The care method, step by step: Starbucks' LATTE and Marriott's LEARN (PRODUCT, rule 3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.core.case import Case

LISTEN, ACKNOWLEDGE, APOLOGISE, ACT, THANK, EXPLAIN = STEPS = (
    "listen",
    "acknowledge",
    "apologise",
    "act",
    "thank",
    "explain",
)
_EVENT = "care"
_UPSET = 2


def steps_taken(case: Case) -> tuple[str, ...]:
    """The steps that the customer of this case has seen, in the order of the method."""
    taken = {step for event in case.history if event.kind == _EVENT for step in event.note.split()}
    return tuple(step for step in STEPS if step in taken)


def with_steps(case: Case, steps: Iterable[str], *, at: datetime) -> Case:
    """The case after these steps; its history tells each one once, when it was taken first."""
    known = steps_taken(case)
    fresh = [step for step in STEPS if step in set(steps) and step not in known]
    return case.with_event(_EVENT, at=at, note=" ".join(fresh)) if fresh else case


def owes_apology(case: Case, *, temperature: int, before: int) -> bool:
    """Whether to apologise: once for each problem, and again when the customer is hotter than before, and upset.

    Temperatures are degrees (0-4), now and in the turn before.
    """
    return APOLOGISE not in steps_taken(case) or (temperature > before and temperature >= _UPSET)
