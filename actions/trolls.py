"""Who needs nothing."""

from __future__ import annotations

from actions.base import CareAction
from bot.services.trolls import answer_troll


class Troll(CareAction):
    """One light line, then a full stop."""

    moment = staticmethod(answer_troll)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_troll"
