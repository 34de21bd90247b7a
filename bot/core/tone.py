"""How we say it: sober, warm or ironic. Irony is a spice with rules (PRODUCT, rule 5)."""

from __future__ import annotations

from collections.abc import Sequence

SOBER, WARM, IRONIC = "sober", "warm", "ironic"

_ANGRY = 3
_LIGHT = frozenset({"smalltalk", "provocation"})
_SMILES = frozenset({"praise", "thanks", "problem_solved", "chitchat"})


def choose_tone(
    *,
    temperature: int,
    course: Sequence[int] = (),
    serious: bool = False,
    moment: str = "problem",
    smiled: bool = False,
) -> str:
    """The tone of the next answer.

    `temperature` is the customer's now (0-4), `course` that of the earlier turns; `serious` means that something is at
    stake or threatened; `moment` is `smalltalk`, `provocation` or `problem`; `smiled` that the customer just smiled.
    After anger nothing is ironic until the customer smiles first.
    """
    if moment == "provocation" and not serious:
        return IRONIC
    if serious or temperature >= _ANGRY:
        return SOBER
    if moment not in _LIGHT or temperature > 1:
        return WARM
    was_upset = max(course, default=0) > 1
    return WARM if was_upset and not smiled else IRONIC


def smiles(intent: str, *, ironic: bool) -> bool:
    """Whether a message of this intent is a smile, and a sincere one."""
    return intent in _SMILES and not ironic
