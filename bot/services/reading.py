"""The first decision of a turn: who is talking to us, how they feel, and how we shall sound."""

from __future__ import annotations

from bot.core.address import asked_address
from bot.core.signals import TROLL
from bot.core.tone import choose_tone, smiles
from bot.core.turn import Turn

_SMALLTALK = frozenset(
    {"greet", "goodbye", "thanks", "praise", "chitchat", "bot_challenge", "out_of_scope", "problem_solved"}
)

_BRIEF = 10  # words of a message that asks for tu or lei and has no room for more


def read(turn: Turn) -> None:
    """Set the tone of the turn from what was heard and from what stands open, and how the customer is spoken to."""
    signals = turn.signals
    wanted = asked_address(turn.text)
    if wanted is not None:
        turn.remember(address=wanted)
    turn.tone = choose_tone(
        temperature=turn.temperature,
        course=turn.memory.course,
        serious=bool(signals.severity or signals.threats),
        moment=_moment(turn),
        smiled=smiles(signals.intent, ironic=signals.ironic),
    )


def asks_only_for_address(turn: Turn) -> bool:
    """Whether the message says how to speak to its author and nothing else."""
    wanted, words = asked_address(turn.text), len(turn.text.split())
    return wanted is not None and words <= _BRIEF and not turn.learned and not turn.signals.severity


def is_troll(turn: Turn) -> bool:
    """Whether nobody needs anything here: an open case is a need, whatever the manners."""
    return turn.signals.triage.verdict == TROLL and not turn.open_cases()


def _moment(turn: Turn) -> str:
    if is_troll(turn):
        return "provocation"
    light = turn.signals.intent in _SMALLTALK and not turn.signals.ironic
    return "smalltalk" if light and not turn.open_cases() else "problem"
