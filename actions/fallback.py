"""What is not clear, or not for us."""

from __future__ import annotations

from actions.base import CareAction
from bot.services.unclear import answer_not_understood, answer_out_of_scope


class NotUnderstood(CareAction):
    """Say honestly that it was not understood."""

    moment = staticmethod(answer_not_understood)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_not_understood"


class OutOfScope(CareAction):
    """Answer what a customer care has nothing to do with."""

    moment = staticmethod(answer_out_of_scope)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_out_of_scope"
