from __future__ import annotations

import pytest

from bot.core.conversation import ConversationState, Memory
from bot.core.turn import Part
from bot.services.trolls import answer_troll
from bot.services.unclear import answer_kind, answer_not_understood, answer_out_of_scope
from tests.fakes import a_signal, a_turn

COMPLAINING = (("nlu_fallback", 0.1), ("complaint_refund", 0.35), ("complaint_no_reply", 0.3))


@pytest.mark.parametrize(
    ("intent", "line"),
    [("troll_insult", "utter_troll_insult"), ("spam", "utter_spam"), ("greet", "utter_troll_provocation")],
)
def test_the_first_time_a_troll_gets_a_light_line(intent: str, line: str):
    turn = a_turn(signals=a_signal(intent))

    assert answer_troll(turn) == [Part(line)]
    assert turn.memory.troll_turns == 1


def test_afterwards_a_troll_gets_the_full_stop():
    turn = a_turn(signals=a_signal("troll_insult"), memory=Memory(troll_turns=1))

    assert answer_troll(turn) == [Part("utter_troll_stop")]


def test_a_troll_leaves_no_question_open():
    turn = a_turn(signals=a_signal("troll_insult"), memory=Memory(pending="human"))

    answer_troll(turn)

    assert turn.memory.pending is None


@pytest.mark.parametrize("kind", ["empty", "emoji", "gibberish", "other_language"])
def test_what_is_no_sentence_is_answered_as_what_it_is(kind: str):
    assert answer_kind(a_turn(signals=a_signal(kind=kind))) == [Part(f"utter_{kind}")]


def test_a_sentence_is_not_unusual():
    assert answer_kind(a_turn(signals=a_signal(kind="text"))) == []


@pytest.mark.parametrize(("intent", "understood"), [("affirm", True), ("deny", True), ("praise", False)])
def test_a_thumb_answers_the_question_that_we_asked(intent: str, understood: bool):
    turn = a_turn(signals=a_signal(intent, kind="emoji"), memory=Memory(pending="human"))

    assert (answer_kind(turn) == []) is understood


def test_a_thumb_without_a_question_is_an_emoji():
    assert answer_kind(a_turn(signals=a_signal("affirm", kind="emoji"))) == [Part("utter_emoji")]


def test_the_first_time_we_admit_that_we_did_not_understand():
    turn = a_turn(signals=a_signal("nlu_fallback"))

    assert answer_not_understood(turn) == [Part("utter_not_understood")]
    assert turn.memory.not_understood == 1


def test_what_sounds_like_a_complaint_is_asked_about():
    turn = a_turn(signals=a_signal("nlu_fallback", ranking=COMPLAINING))

    assert answer_not_understood(turn) == [Part("utter_tell_me_more")]


def test_the_second_time_in_a_row_we_offer_a_human():
    turn = a_turn(signals=a_signal("nlu_fallback"), memory=Memory(not_understood=1))

    assert answer_not_understood(turn) == [Part("utter_offer_human")]
    assert turn.memory.pending == "human"


def test_who_waits_for_a_human_is_not_offered_another():
    turn = a_turn(signals=a_signal("nlu_fallback"), memory=Memory(not_understood=1), state=ConversationState.WAITING)

    assert answer_not_understood(turn) == [Part("utter_not_understood")]


def test_what_is_not_our_business_is_said_kindly():
    assert answer_out_of_scope(a_turn()) == [Part("utter_out_of_scope")]
