"""Problems, and what follows from them."""

from __future__ import annotations

from actions.base import CareAction
from bot.services.care import answer_problem, mark_solved, reopen, take_correction, take_details


class Care(CareAction):
    """Answer a complaint: acknowledge, apologise, open or update its case, promise."""

    moment = staticmethod(answer_problem)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_care"


class Details(CareAction):
    """Take facts where they belong."""

    moment = staticmethod(take_details)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_details"


class Correction(CareAction):
    """Let what the customer puts right count."""

    moment = staticmethod(take_correction)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_correction"


class Solved(CareAction):
    """Mark the case as solved."""

    moment = staticmethod(mark_solved)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_solved"


class NotSolved(CareAction):
    """Open the case again."""

    moment = staticmethod(reopen)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_not_solved"
