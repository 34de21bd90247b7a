"""The gate through which every answer passes."""

from __future__ import annotations

import pytest

from bot.core.conversation import ConversationState, Memory
from bot.core.facts import Fact
from bot.core.signals import Triage
from bot.core.turn import Part, Turn
from bot.services.dialogue import answer
from tests.fakes import a_case, a_signal, a_turn

TROLL = Triage("troll", 0.1)
KNOWN = Memory(introduced=True)
SAID = [Part("utter_said")]


def moment(_: Turn) -> list[Part]:
    return SAID


def said(turn: Turn) -> list[str]:
    return [part.response for part in answer(turn, moment)]


def test_who_is_new_hears_first_that_a_bot_is_talking():
    turn = a_turn()

    assert answer(turn, moment)[0] == Part("utter_intro", {"bot_name": "Prova", "brand": "Casa Prova"})
    assert turn.memory.introduced


def test_who_has_been_told_is_not_told_again():
    assert said(a_turn(memory=KNOWN)) == ["utter_said"]


def test_the_truth_about_being_a_bot_is_an_introduction():
    turn = a_turn()

    assert answer(turn, lambda _: [Part("utter_bot_challenge")]) == [Part("utter_bot_challenge")]
    assert turn.memory.introduced


def test_a_flood_is_remarked_upon():
    assert said(a_turn(*["ciao"] * 6, memory=KNOWN))[0] == "utter_flood"
    assert said(a_turn(*["ciao"] * 5, memory=KNOWN)) == ["utter_said"]


def test_a_troll_never_reaches_the_moment():
    turn = a_turn(memory=KNOWN, signals=a_signal("complaint_refund", triage=TROLL))

    assert said(turn) == ["utter_troll_provocation"]


def test_whoever_has_an_open_case_is_no_troll():
    turn = a_turn(memory=KNOWN, cases=(a_case(),), signals=a_signal("complaint_refund", triage=TROLL))

    assert said(turn) == ["utter_said"]


@pytest.mark.parametrize("kind", ["empty", "emoji", "gibberish", "other_language"])
def test_what_is_no_sentence_never_reaches_the_moment(kind: str):
    assert said(a_turn(memory=KNOWN, signals=a_signal(kind=kind))) == [f"utter_{kind}"]


def test_an_insult_beside_an_open_case_is_answered_with_the_case():
    turn = a_turn(memory=KNOWN, cases=(a_case(),), signals=a_signal("troll_insult"))

    assert answer(turn, moment) == [Part("utter_still_on_it", {"case_code": a_case().code})]


def test_the_complaint_behind_an_insult_is_taken_at_its_word():
    ranking = (("troll_insult", 0.6), ("complaint_lost_item", 0.3))
    turn = a_turn(memory=KNOWN, signals=a_signal("troll_insult", ranking=ranking))

    assert said(turn)[0] == "utter_ack_complaint_lost_item"
    assert [case.category for case in turn.changed.values()] == ["complaint_lost_item"]


def test_facts_behind_an_insult_are_taken():
    turn = a_turn(memory=KNOWN, signals=a_signal("troll_insult"))
    turn.learn([Fact("order_number", "48213", "48213", 1)])

    assert said(turn) == ["utter_details_without_case"]


def test_a_need_behind_an_insult_that_nobody_can_tell_is_asked_for():
    assert said(a_turn(memory=KNOWN, signals=a_signal("troll_insult"))) == ["utter_tell_me_more"]


@pytest.mark.parametrize("intent", ["thanks", "affirm", "greet", "nlu_fallback"])
def test_while_a_human_is_awaited_idle_words_get_one_line(intent: str):
    turn = a_turn(memory=KNOWN, state=ConversationState.WAITING, signals=a_signal(intent))

    assert said(turn) == ["utter_waiting"]


@pytest.mark.parametrize("intent", ["complaint_refund", "ask_case_status", "ask_human"])
def test_while_a_human_is_awaited_what_matters_is_still_answered(intent: str):
    turn = a_turn(memory=KNOWN, state=ConversationState.WAITING, signals=a_signal(intent))

    assert said(turn) == ["utter_said"]


def test_what_counts_in_a_row_ends_with_the_row():
    turn = a_turn(memory=Memory(introduced=True, troll_turns=2, not_understood=1, pending="human"))

    answer(turn, moment)

    assert (turn.memory.troll_turns, turn.memory.not_understood, turn.memory.pending) == (0, 0, None)


def test_a_question_asked_in_this_turn_stays_open_for_the_next():
    turn = a_turn(memory=KNOWN)

    def asks(asking: Turn) -> list[Part]:
        asking.remember(pending="human")
        return SAID

    answer(turn, asks)

    assert turn.memory.pending == "human"


def test_who_stays_angry_gets_a_human_unasked():
    turn = a_turn(memory=Memory(introduced=True, course=(3,)), signals=a_signal("complaint_refund", temperature=4))

    assert said(turn) == ["utter_said", "utter_human_open"]
    assert turn.handoff.reason == "anger"


def test_who_calms_down_keeps_the_bot():
    turn = a_turn(memory=Memory(introduced=True, course=(4,)), signals=a_signal("complaint_refund", temperature=1))

    assert said(turn) == ["utter_said"]
    assert turn.handoff is None


def test_an_angry_troll_gets_no_human():
    turn = a_turn(
        memory=Memory(introduced=True, course=(4,)), signals=a_signal("troll_insult", temperature=4, triage=TROLL)
    )

    assert "utter_human_open" not in said(turn)


def test_danger_goes_before_any_question():
    turn = a_turn(memory=KNOWN, signals=a_signal("ask_information", severity=("health",)))

    parts = said(turn)

    assert {"utter_stake_health", "utter_case_opened"} <= set(parts)
    assert "utter_said" not in parts


def test_who_asks_for_lei_and_nothing_else_is_told_so():
    turn = a_turn("mi dia del lei per cortesia", memory=KNOWN)

    assert said(turn) == ["utter_address"]


def test_who_asks_for_lei_beside_a_problem_gets_the_problem_answered():
    turn = a_turn("mi dia del lei, e comunque il divano che ho ordinato a marzo non è mai arrivato", memory=KNOWN)

    assert said(turn) == ["utter_said"]
