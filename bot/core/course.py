"""How a conversation heats up or cools down: the "furbetto" who becomes a "Bestia", and back."""

from __future__ import annotations

from collections.abc import Sequence

RISING, FALLING, STEADY = "rising", "falling", "steady"
ANGRY = 3
_LOOK_BACK = 4  # turns


def trend(course: Sequence[int]) -> str:
    """Where the temperatures (degrees 0-4, oldest first) are going over the last four turns.

    It rises when it is higher than it was and did not fall last, and falls the other way round.
    """
    recent = list(course[-_LOOK_BACK:])
    if len(recent) < 2:
        return STEADY
    *before, now = recent
    if now > min(before) and now >= before[-1]:
        return RISING
    return FALLING if now < max(before) and now <= before[-1] else STEADY


def boils_over(course: Sequence[int]) -> bool:
    """Whether a human should step in unasked: angry in two turns in a row, and not calming down."""
    return len(course) > 1 and min(course[-2:]) >= ANGRY and course[-1] >= course[-2]
