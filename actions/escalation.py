"""Threats."""

from __future__ import annotations

from actions.base import CareAction
from bot.services.care import answer_threat


class Threat(CareAction):
    """Take a threat seriously, without arguing."""

    moment = staticmethod(answer_threat)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_threat"
