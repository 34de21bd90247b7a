"""A clock that moves when told to, so that days pass in a second."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.core.opening_hours import OpeningHours
from bot.services.rehearsal.scenario import Scenario

_TEN = 10


class SimulatedClock:
    """`Clock` that stands still between moves; it never runs backwards."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The simulated instant in UTC."""
        return self._now

    def move_to(self, at: datetime) -> None:
        """Go on to an instant; one that has passed changes nothing."""
        self._now = max(self._now, at)


def beginning_of(scenario: Scenario, hours: OpeningHours) -> datetime:
    """When a scenario begins (UTC): as it says, else at ten of the first day from today on which the company works."""
    if scenario.starts is not None:
        starts = scenario.starts
        return (starts if starts.tzinfo else starts.replace(tzinfo=hours.zone)).astimezone(timezone.utc)
    midnight = datetime.now(hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    opening = hours.next_opening(midnight).astimezone(hours.zone)
    return opening.replace(hour=_TEN, minute=0).astimezone(timezone.utc)
