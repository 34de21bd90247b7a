from __future__ import annotations

from bot.core.care_method import owes_apology, steps_taken, with_steps
from tests.fakes import MONDAY_MORNING, a_case


def test_steps_are_kept_in_the_history_each_once():
    case = with_steps(a_case(), ["act", "acknowledge"], at=MONDAY_MORNING)
    again = with_steps(case, ["acknowledge", "thank"], at=MONDAY_MORNING)

    assert steps_taken(again) == ("acknowledge", "act", "thank")
    assert [event.note for event in again.history if event.kind == "care"] == ["acknowledge act", "thank"]


def test_nothing_new_leaves_no_trace():
    case = with_steps(a_case(), ["thank"], at=MONDAY_MORNING)

    assert with_steps(case, ["thank"], at=MONDAY_MORNING) is case


def test_an_apology_is_owed_once_and_again_when_it_gets_hotter():
    fresh = a_case()
    done = with_steps(fresh, ["apologise"], at=MONDAY_MORNING)

    assert owes_apology(fresh, temperature=0, before=0)
    assert not owes_apology(done, temperature=3, before=3)
    assert not owes_apology(done, temperature=1, before=0)
    assert owes_apology(done, temperature=3, before=1)
