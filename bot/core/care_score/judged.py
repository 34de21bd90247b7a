"""A conversation with the care score it got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.care_score.verdict import CareScore


@dataclass(frozen=True)
class JudgedConversation:
    """A conversation by its public id, when it last changed, its score and when it was judged (UTC)."""

    public_id: str
    channel: str
    changed: datetime
    care: CareScore
    at: datetime
