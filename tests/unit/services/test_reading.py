"""How we shall sound, from what was heard and what stands open."""

from __future__ import annotations

import pytest

from bot.core.conversation import Memory
from bot.core.signals import Triage
from bot.services.reading import is_troll, read
from tests.fakes import a_case, a_signal, a_turn

TROLL = Triage("troll", 0.1)


def tone(intent: str, *, memory: Memory | None = None, cases: tuple = (), **heard: object) -> str:
    turn = a_turn(signals=a_signal(intent, **heard), memory=memory or Memory(), cases=cases)
    read(turn)
    return turn.tone


@pytest.mark.parametrize("intent", ["greet", "chitchat", "thanks"])
def test_small_talk_in_calm_may_be_ironic(intent: str):
    assert tone(intent) == "ironic"


def test_a_problem_is_never_ironic():
    assert tone("complaint_refund") == "warm"


def test_small_talk_beside_an_open_case_is_never_ironic():
    assert tone("greet", cases=(a_case(),)) == "warm"


def test_anger_is_answered_soberly():
    assert tone("complaint_refund", temperature=3) == "sober"


@pytest.mark.parametrize("heard", [{"severity": ("safety",)}, {"threats": ("legal",)}])
def test_what_is_serious_is_answered_soberly(heard: dict[str, object]):
    assert tone("greet", **heard) == "sober"


def test_ironic_praise_is_no_small_talk():
    assert tone("praise", irony=0.9) == "warm"


def test_after_anger_irony_waits_for_a_smile():
    assert tone("greet", memory=Memory(course=(3,))) == "warm"
    assert tone("thanks", memory=Memory(course=(3,))) == "ironic"


def test_a_troll_is_met_with_irony_unless_a_case_stands_open():
    assert tone("troll_insult", triage=TROLL, temperature=1) == "ironic"
    assert not is_troll(a_turn(signals=a_signal(triage=TROLL), cases=(a_case(),)))
