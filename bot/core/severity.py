"""What is at stake for a customer, whatever the tone: safety, health, money, being stranded, personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.signals import SEVERITIES

_LIKELY = 0.25
_MONEY_MATTERS_FROM = 150.0


@dataclass(frozen=True)
class Stakes:
    """Phrases found for each stake and what gives them weight.

    `amounts` are in euro; `money_mass` and `travel_mass` are the probabilities (0-1) of the intents about money taken
    or withheld and about journeys, `idle_mass` that of intents without a problem; `hard` counts what makes being stuck
    worse: night, cold, children, old people.
    """

    safety: int = 0
    health: int = 0
    money: int = 0
    stranded: int = 0
    data: int = 0
    amounts: Sequence[float] = ()
    money_mass: float = 0.0
    travel_mass: float = 0.0
    idle_mass: float = 0.0
    hard: int = 0


def severities(stakes: Stakes) -> tuple[str, ...]:
    """The stakes of a message in the order of `SEVERITIES`; nothing is at stake in idle talk."""
    if stakes.idle_mass > 1 - _LIKELY:
        return ()
    at_stake = {
        "safety": stakes.safety > 0,
        "health": stakes.health > 0,
        "money": _money(stakes),
        "stranded": stakes.stranded > 0 or (stakes.travel_mass > _LIKELY and stakes.hard > 1),
        "data": stakes.data > 0,
    }
    return tuple(name for name in SEVERITIES if at_stake[name])


def _money(stakes: Stakes) -> bool:
    """Money a person needs, or a sum that hurts in a message about money gone."""
    hurts = max(stakes.amounts, default=0.0) >= _MONEY_MATTERS_FROM
    return stakes.money > 0 or (hurts and stakes.money_mass >= _LIKELY)
