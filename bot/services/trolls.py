"""Who needs nothing gets one light line, then a courteous full stop; the door stays open."""

from __future__ import annotations

from bot.core.turn import Part, Turn

_LINES = {"troll_insult": "utter_troll_insult", "spam": "utter_spam"}


def answer_troll(turn: Turn) -> list[Part]:
    """The first time a light line, afterwards the full stop."""
    lines = turn.memory.troll_turns
    turn.remember(troll_turns=lines + 1, pending=None)
    if lines:
        return [Part("utter_troll_stop")]
    return [Part(_LINES.get(turn.signals.intent, "utter_troll_provocation"))]
