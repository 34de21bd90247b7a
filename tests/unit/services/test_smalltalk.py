from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.conversation import ConversationState, Memory
from bot.core.facts import Fact
from bot.core.promise import Promise
from bot.core.turn import Part, Turn
from bot.services import smalltalk
from tests.fakes import MONDAY_MORNING, a_case, a_turn

OFFERED = Memory(pending=smalltalk.HUMAN)


def with_a_promise() -> Turn:
    """Somebody who has an open case, and was promised an answer by noon."""
    due = MONDAY_MORNING + timedelta(hours=2)
    return a_turn(cases=(a_case(),), promises=(Promise("complaint_refund", "", due, MONDAY_MORNING, a_case().code),))


def only(parts: list[Part]) -> Part:
    (part,) = parts
    return part


def test_a_greeting_uses_the_name_that_we_know():
    assert only(smalltalk.greet(a_turn(customer_name="Giulia"))) == Part("utter_greet_name", {"name": "Giulia"})
    assert only(smalltalk.greet(a_turn())) == Part("utter_greet")


def test_a_number_that_comes_with_a_greeting_is_taken_up():
    turn = a_turn("salve, ordine 70344")
    turn.learn([Fact("order_number", "70344", "70344", 1)])

    assert only(smalltalk.greet(turn)).response == "utter_details_without_case"


def test_goodbye_does_not_forget_what_stands_open():
    assert only(smalltalk.say_goodbye(with_a_promise())).values == {
        "case_code": a_case().code,
        "deadline": "today|12:00",
    }
    assert only(smalltalk.say_goodbye(a_turn())).response == "utter_goodbye"


def test_thanks_remember_the_promise():
    assert only(smalltalk.take_thanks(with_a_promise())) == Part("utter_thanks_open_case", {"deadline": "today|12:00"})
    assert only(smalltalk.take_thanks(a_turn())).response == "utter_thanks"


def test_the_bot_says_its_name_when_it_is_challenged():
    assert only(smalltalk.admit_bot(a_turn())) == Part("utter_bot_challenge", {"bot_name": "Prova"})


@pytest.mark.parametrize("accept", [smalltalk.take_yes, smalltalk.take_thanks])
def test_yes_and_thanks_accept_the_offer_of_a_human(accept):
    turn = a_turn(memory=OFFERED)

    assert only(accept(turn)).response == "utter_human_open"
    assert turn.state is ConversationState.WAITING


def test_no_declines_the_offer_of_a_human():
    turn = a_turn(memory=OFFERED)

    assert only(smalltalk.take_no(turn)).response == "utter_deny_human"
    assert turn.state is ConversationState.BOT


def test_yes_and_no_to_nothing_are_just_heard():
    assert only(smalltalk.take_yes(a_turn())).response == "utter_affirm"
    assert only(smalltalk.take_no(a_turn())).response == "utter_deny"


def test_praise_and_chatter_have_a_line():
    assert only(smalltalk.take_praise(a_turn())).response == "utter_praise"
    assert only(smalltalk.chat(a_turn())).response == "utter_chitchat"
