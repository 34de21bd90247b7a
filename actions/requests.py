"""What customers ask for."""

from __future__ import annotations

from actions.base import CareAction
from bot.services.requests import answer_question, call_human, take_privacy_request, tell_case_status


class CaseStatus(CareAction):
    """Tell where the case stands."""

    moment = staticmethod(tell_case_status)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_case_status"


class Human(CareAction):
    """Call a human."""

    moment = staticmethod(call_human)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_human"


class Information(CareAction):
    """Answer a question about the company."""

    moment = staticmethod(answer_question)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_information"


class Privacy(CareAction):
    """Register a request about personal data."""

    moment = staticmethod(take_privacy_request)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_privacy"
