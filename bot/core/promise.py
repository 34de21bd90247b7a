"""Promises are debts: what we told a customer we would do, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum


class PromiseState(str, Enum):
    """Where a promise stands; `updated` means the customer heard from us before the deadline."""

    OPEN = "open"
    UPDATED = "updated"
    KEPT = "kept"
    BROKEN = "broken"


@dataclass(frozen=True)
class Promise:
    """Something we told a customer we would do, and by when (UTC)."""

    kind: str
    text: str
    due: datetime
    made: datetime
    case_code: str | None = None
    state: PromiseState = PromiseState.OPEN
    author: str = "bot"
    id: int | None = None

    @property
    def is_owed(self) -> bool:
        """Whether the customer is still waiting for it."""
        return self.state in (PromiseState.OPEN, PromiseState.UPDATED)

    def next_update(self, *, now: datetime, lead: timedelta) -> datetime:
        """When the customer must next hear from us: `lead` before the deadline, or at once if that has passed."""
        return max(now, self.due - lead)
