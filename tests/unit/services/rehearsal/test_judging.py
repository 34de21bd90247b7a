from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.facts import Fact, Facts
from bot.core.promise import Promise, PromiseState
from bot.core.record import RecordedHandoff, RecordedMessage
from bot.core.signals import Triage
from bot.services.rehearsal.judging import Verdict, judge
from bot.services.rehearsal.stage import Exchange
from tests.fakes import MONDAY_MORNING, a_case, a_signal
from tests.rehearsing import a_performance, heard, said, states

COMPLAINT = heard("il pacco non arriva")
ANSWER = said("Sono il bot di Casa Prova. Il pacco doveva essere lì: scusaci.")
HOUR = timedelta(hours=1)


def verdict(name: str, wanted: Any, *messages: RecordedMessage, score: int | None = None, **known: Any) -> Verdict:
    """How one expectation is judged."""
    performance = a_performance(*(messages or (COMPLAINT, ANSWER)), expect={name: wanted}, **known)
    return next(found for found in judge(performance, score=score) if found.name == name)


def a_promise(**changes: Any) -> Promise:
    values = {"kind": "k", "text": "t", "made": MONDAY_MORNING, "due": MONDAY_MORNING + 4 * HOUR, "id": 7, **changes}
    return Promise(**values)


def a_word(*, minute: int, promise: int = 7) -> RecordedMessage:
    return said("Non mi sono dimenticato.", minute=minute, meta={"promise": promise}, tone=None)


def test_every_turn_must_be_answered():
    verdicts = judge(a_performance(COMPLAINT, ANSWER, heard("ehi?", minute=1)), score=None)

    silence = next(found for found in verdicts if found.name == "every_turn_answered")
    assert silence.passed is False
    assert silence.seen == ["turn 2"]


def test_nothing_may_be_asked_twice():
    given = heard("ordine 48213", signals=states(order_number="48213"))
    verdicts = judge(a_performance(given, said("Mi dai il numero d'ordine?")), score=None)

    assert [(found.name, found.passed) for found in verdicts] == [
        ("every_turn_answered", True),
        ("nothing_asked_twice", False),
    ]


def test_the_triage_of_a_turn_is_that_of_its_whole_story():
    messages = (COMPLAINT, said("Ciao", verdict="troll"))

    assert verdict("triage", ("troll",), *messages).passed
    assert not verdict("triage", ("need",), *messages).passed
    assert not verdict("triage", ("troll", "troll"), *messages).passed


def test_the_triage_of_an_unanswered_turn_is_that_of_its_messages():
    nasty = heard("scemi", signals=a_signal(triage=Triage("troll", 0.1)))

    assert verdict("triage", ("troll",), nasty).passed


@pytest.mark.parametrize(
    ("wanted", "passed"),
    [
        (("complaint_delivery_delay",), True),
        ((), False),
        (("complaint_delivery_delay", "complaint_refund"), False),
        (("complaint_refund",), False),
    ],
)
def test_exactly_the_expected_cases_are_open(wanted: tuple[str, ...], passed: bool):
    assert verdict("cases", wanted, cases=(a_case(),)).passed is passed


@pytest.mark.parametrize(
    ("name", "value", "passed"),
    [
        ("order_number", "64218", True),
        ("order_number", "64281", False),  # corrected afterwards
        ("amount", "89", True),
        ("amount", "12.5", True),
        ("date", "2026-04-27", True),
        ("place", "MATERA", True),
        ("place", "Roma", False),
        ("iban", "IT60X", False),
    ],
)
def test_a_fact_is_known_as_it_was_said_last(name: str, value: str, passed: bool):
    said_so_far = [
        ("order_number", "64281"),
        ("order_number", "64218"),
        ("amount", "89.00"),
        ("amount", "12.50"),
        ("date", "2026-04-27T00:00:00"),
        ("place", "Matera"),
    ]
    facts = Facts(tuple(Fact(name, value, value) for name, value in said_so_far))

    assert verdict("facts", {name: (value,)}, facts=facts).passed is passed


def test_a_fact_that_must_not_be_asked_is_not_asked():
    asks = said("Mi dai la città?")

    assert verdict("never_asks", ("order_number",), COMPLAINT, asks).passed
    assert not verdict("never_asks", ("order_number", "place"), COMPLAINT, asks).passed


@pytest.mark.parametrize("wanted", [True, False])
def test_a_promise_or_none_was_made(wanted: bool):
    assert verdict("promise", wanted, promises=(a_promise(),)).passed is wanted
    assert verdict("promise", wanted).passed is not wanted


def test_no_update_is_expected_where_the_pauses_were_skipped():
    performance = a_performance(COMPLAINT, ANSWER, expect={"update_before_deadline": True}, promises=(a_promise(),))

    assert judge(replace(performance, waited=False), score=None)[-1].passed is None
    assert judge(performance, score=None)[-1].passed is False


def test_a_word_before_the_deadline_is_an_update():
    messages = (COMPLAINT, ANSWER, a_word(minute=180), said("Ciao", minute=300))

    assert verdict("update_before_deadline", True, *messages, promises=(a_promise(),)).passed


@pytest.mark.parametrize("minute", [240, 250])
def test_a_word_at_the_deadline_or_later_comes_too_late(minute: int):
    messages = (COMPLAINT, ANSWER, a_word(minute=minute))

    assert not verdict("update_before_deadline", True, *messages, promises=(a_promise(),)).passed


def test_one_update_does_not_make_up_for_another_deadline_that_passed_in_silence():
    messages = (COMPLAINT, ANSWER, a_word(minute=180), said("Ciao", minute=300))
    both = (a_promise(), a_promise(id=8))

    found = verdict("update_before_deadline", True, *messages, promises=both)

    assert not found.passed
    assert found.seen == {"heard_in_time": 1, "not_heard_in_time": 1}


def test_a_promise_kept_in_time_needs_no_update():
    messages = (COMPLAINT, ANSWER, a_word(minute=180), said("Ciao", minute=300))
    kept = a_promise(id=8, state=PromiseState.KEPT)

    assert verdict("update_before_deadline", True, *messages, promises=(a_promise(), kept)).passed


def test_a_handoff_is_told_with_its_reason():
    found = verdict("handoff", True, handoffs=(RecordedHandoff("asked", MONDAY_MORNING),))

    assert found.passed
    assert found.seen == ["asked"]
    assert verdict("handoff", False).passed


@pytest.mark.parametrize(("wanted", "passed"), [(2, True), (3, True), (4, False)])
def test_the_temperature_is_the_highest_of_the_conversation(wanted: int, passed: bool):
    hot, mild = heard("!!!", signals=a_signal(temperature=3)), heard("ok", minute=1, signals=a_signal(temperature=0))

    assert verdict("temperature_at_least", wanted, hot, mild).passed is passed


@pytest.mark.parametrize(
    ("wanted", "passed"),
    [((("warm",),), True), ((("sober", "warm"),), True), ((("sober",),), False), ((("warm",), ("warm",)), False)],
)
def test_each_answer_has_one_of_the_tones_that_will_do(wanted: Any, passed: bool):
    assert verdict("tones", wanted).passed is passed


def test_the_bot_says_what_it_is_in_its_first_words():
    assert verdict("says_bot", True).passed
    assert not verdict("says_bot", True, COMPLAINT, said("Buongiorno!"), said("Sono un bot.", minute=1)).passed


@pytest.mark.parametrize(("score", "passed"), [(70, True), (69, False), (None, None)])
def test_a_score_that_is_not_known_is_not_judged(score: int | None, passed: bool | None):
    assert verdict("score_at_least", 70, score=score).passed is passed


def test_where_only_messages_are_known_the_rest_is_not_judged():
    known = {"complete": False}

    assert verdict("promise", True, **known).passed is None
    assert verdict("tones", (("warm",),), **known).passed is None
    assert verdict("says_bot", True, **known).passed is True
    assert verdict("never_asks", ("place",), **known).passed is True


def test_the_last_answer_of_a_turn_counts():
    performance = a_performance(
        COMPLAINT, ANSWER, said("E ora?", minute=1, tone="sober"), expect={"tones": (("sober",),)}
    )
    both = replace(performance, exchanges=(Exchange(("c0",), ("b0", "b1")),))

    assert judge(both, score=None)[-1].passed
