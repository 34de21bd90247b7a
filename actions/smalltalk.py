"""Greetings and chatter."""

from __future__ import annotations

from actions.base import CareAction
from bot.services.smalltalk import admit_bot, chat, greet, say_goodbye, take_no, take_praise, take_thanks, take_yes


class Greet(CareAction):
    """Greet back."""

    moment = staticmethod(greet)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_greet"


class Goodbye(CareAction):
    """Say goodbye."""

    moment = staticmethod(say_goodbye)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_goodbye"


class Thanks(CareAction):
    """Answer thanks."""

    moment = staticmethod(take_thanks)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_thanks"


class Praise(CareAction):
    """Share the joy."""

    moment = staticmethod(take_praise)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_praise"


class Chitchat(CareAction):
    """Play along in one line."""

    moment = staticmethod(chat)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_chitchat"


class BotChallenge(CareAction):
    """Tell the truth about being a bot."""

    moment = staticmethod(admit_bot)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_bot_challenge"


class Affirm(CareAction):
    """Take a yes."""

    moment = staticmethod(take_yes)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_affirm"


class Deny(CareAction):
    """Take a no."""

    moment = staticmethod(take_no)

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_deny"
