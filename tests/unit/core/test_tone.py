from __future__ import annotations

import pytest

from bot.core.tone import choose_tone

SMALLTALK = "smalltalk"


@pytest.mark.parametrize(
    ("situation", "tone"),
    [
        ({"temperature": 0, "moment": SMALLTALK}, "ironic"),
        ({"temperature": 1, "moment": SMALLTALK}, "ironic"),
        ({"temperature": 2, "moment": SMALLTALK}, "warm"),
        ({"temperature": 0}, "warm"),  # never about the customer's problem
        ({"temperature": 2}, "warm"),
        ({"temperature": 3}, "sober"),
        ({"temperature": 4, "moment": SMALLTALK}, "sober"),
        ({"temperature": 0, "moment": SMALLTALK, "serious": True}, "sober"),
        ({"temperature": 0, "moment": "provocation"}, "ironic"),
        ({"temperature": 0, "moment": "provocation", "serious": True}, "sober"),
        ({"temperature": 0, "course": (3, 1), "moment": SMALLTALK}, "warm"),  # no irony after anger ...
        ({"temperature": 0, "course": (3, 1), "moment": SMALLTALK, "smiled": True}, "ironic"),  # ... until they smile
    ],
)
def test_the_tone_follows_the_customer(situation: dict, tone: str):
    assert choose_tone(**situation) == tone
