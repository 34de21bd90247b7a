from __future__ import annotations

from bot.core.context import in_context
from bot.core.signals import Signals

DOUBTFUL = Signals(
    "complaint_broken_promise",
    0.26,
    ranking=(("complaint_broken_promise", 0.26), ("give_details", 0.11), ("ask_case_status", 0.1), ("affirm", 0.08)),
)


def heard(signals: Signals = DOUBTFUL, **situation) -> str:
    usual = {"words": 5, "open_category": None, "pending": None, "states_facts": False}
    return in_context(signals, **{**usual, **situation}).intent


def test_outside_any_context_the_words_decide():
    assert heard() == "complaint_broken_promise"


def test_facts_said_while_a_case_is_open_belong_to_it():
    assert heard(open_category="complaint_missed_appointment", states_facts=True) == "give_details"


def test_with_a_case_open_a_doubtful_question_asks_after_it():
    assert heard(open_category="complaint_refund") == "ask_case_status"


def test_a_short_answer_to_our_question_is_a_yes_or_a_no():
    assert heard(pending="human", words=2) == "affirm"


def test_a_long_story_is_not_an_answer():
    assert heard(pending="human", words=30) == "complaint_broken_promise"


def test_a_sure_intent_stays_whatever_stands_open():
    sure = Signals("praise", 0.8, ranking=(("praise", 0.8), ("ask_case_status", 0.2)))

    assert heard(sure, open_category="complaint_refund", states_facts=True) == "praise"


def test_probabilities_still_make_sense_after_weighing():
    weighed = in_context(DOUBTFUL, words=3, open_category="complaint_refund", pending=None, states_facts=True)

    assert 0 < weighed.confidence <= 1
    assert sum(score for _, score in weighed.ranking) <= 1.0001


def test_what_we_asked_for_is_an_answer_even_when_the_words_look_like_a_complaint():
    assert heard(open_category="complaint_refund", states_facts=True, answers_us=True, words=15) == "give_details"


def test_a_problem_wrapped_in_a_greeting_is_a_problem():
    polite = Signals("greet", 0.77, ranking=(("greet", 0.77), ("complaint_defective_product", 0.15)))

    assert heard(polite, words=12) == "complaint_defective_product"
    assert heard(polite, words=2) == "greet"


def test_with_nothing_said_before_there_is_nothing_to_correct():
    doubtful = Signals("correction", 0.36, ranking=(("correction", 0.36), ("complaint_delivery_delay", 0.33)))

    assert heard(doubtful, words=13) == "complaint_delivery_delay"
