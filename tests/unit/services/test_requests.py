from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.core.case import CaseState
from bot.core.conversation import ConversationState
from bot.core.facts import Fact
from bot.core.promise import Promise
from bot.core.turn import Part, Turn
from bot.services import requests
from tests.fakes import MONDAY_MORNING, FakeAnswers, a_case, a_signal, a_turn

UNKNOWN, MISTYPED = "T6QYJ5XIA", "T6QYJ5XIB"
SUNDAY = datetime(2026, 11, 22, 21, 0, tzinfo=timezone.utc)


def asks_status(*codes: str, **dossier: object) -> Turn:
    """A turn in which somebody asks where their case stands, naming codes."""
    turn = a_turn("a che punto siamo?", signals=a_signal("ask_case_status"), **dossier)
    turn.learn(Fact("case_code", code, code, 1) for code in codes)
    return turn


def only(parts: list[Part]) -> Part:
    (part,) = parts
    return part


def test_the_status_tells_code_day_and_deadline():
    part = only(requests.tell_case_status(asks_status(cases=(a_case(),))))

    assert part.response == "utter_case_status_open"
    assert part.values == {"case_code": a_case().code, "opened": "lunedì 23 novembre", "deadline": "today|14:00"}


def test_the_status_keeps_the_promise_that_stands():
    standing = Promise("complaint_refund", "", MONDAY_MORNING + timedelta(hours=1), MONDAY_MORNING, a_case().code)
    turn = asks_status(cases=(a_case(),), promises=(standing,))

    assert only(requests.tell_case_status(turn)).values["deadline"] == "today|11:00"
    assert turn.promises == []


def test_a_named_code_counts_more_than_the_case_spoken_of():
    named, other = a_case(), a_case(code="TKVQ97QR6", category="complaint_refund")
    turn = asks_status(named.code, cases=(named, other))

    assert only(requests.tell_case_status(turn)).values["case_code"] == named.code


@pytest.mark.parametrize(
    ("code", "response"),
    [(UNKNOWN, "utter_case_status_unknown_code"), (MISTYPED, "utter_case_status_mistyped_code")],
)
def test_a_code_that_leads_nowhere_is_said_to(code: str, response: str):
    part = only(requests.tell_case_status(asks_status(code, cases=(a_case(),))))

    assert (part.response, part.values) == (response, {"case_code": code})


def test_a_solved_case_is_said_to_be_solved():
    solved = replace(a_case(), state=CaseState.SOLVED)

    assert only(requests.tell_case_status(asks_status(cases=(solved,)))).response == "utter_case_status_solved"


def test_an_open_case_counts_more_than_a_solved_one_touched_later():
    solved = replace(a_case(code="TKVQ97QR6"), state=CaseState.SOLVED)
    turn = asks_status(cases=(a_case(), solved))

    assert only(requests.tell_case_status(turn)).values["case_code"] == a_case().code


def test_a_case_that_waits_for_a_human_is_said_to():
    turn = asks_status(cases=(a_case(),), state=ConversationState.WAITING)

    assert only(requests.tell_case_status(turn)).response == "utter_case_status_waiting_human"


def test_without_a_case_there_is_no_status():
    assert only(requests.tell_case_status(asks_status())).response == "utter_case_status_none"


def test_a_human_is_called_during_opening_hours():
    turn = a_turn()

    assert only(requests.call_human(turn)).response == "utter_human_open"
    assert (turn.state, turn.handoff.reason) == (ConversationState.WAITING, "asked")


def test_out_of_hours_the_next_opening_is_named():
    turn = a_turn()
    turn.now = SUNDAY

    part = only(requests.call_human(turn))

    assert (part.response, part.values) == ("utter_human_closed", {"opening": "tomorrow|9:00"})


@pytest.mark.parametrize("state", [ConversationState.WAITING, ConversationState.HUMAN])
def test_a_human_who_is_called_already_is_not_called_again(state: ConversationState):
    turn = a_turn(state=state)

    assert only(requests.call_human(turn)).response == "utter_human_already"
    assert turn.handoff is None


def test_a_question_that_the_company_answers_is_answered():
    turn = a_turn("quanti giorni ho per il reso?", signals=a_signal("ask_information"))
    turn.answers = FakeAnswers({"quanti giorni ho per il reso?": "Trenta giorni."})

    assert only(requests.answer_question(turn)) == Part("utter_information", {"answer": "Trenta giorni."})
    assert not turn.changed


def test_any_other_question_is_a_case_with_a_promise():
    turn = a_turn("fate sconti ai Klingon?", signals=a_signal("ask_information"))

    part = only(requests.answer_question(turn))

    assert (part.response, part.values) == ("utter_information_unknown", {"deadline": "today|14:00"})
    assert [case.category for case in turn.changed.values()] == ["ask_information"]
    assert len(turn.promises) == 1


def test_a_second_question_joins_the_first():
    case = a_case(category="ask_information")
    turn = a_turn("e quanto costa?", signals=a_signal("ask_information"), cases=(case,))

    requests.answer_question(turn)

    assert list(turn.changed) == [case.code]


def test_a_privacy_request_is_a_case_with_a_deadline():
    turn = a_turn("cancellate i miei dati", signals=a_signal("privacy_request"))

    part = only(requests.take_privacy_request(turn))

    (case,) = turn.changed.values()
    assert (case.category, part.values["case_code"]) == ("privacy_request", case.code)
    assert [promise.case_code for promise, _ in turn.promises] == [case.code]


def test_a_privacy_request_made_twice_is_one_case_with_one_promise():
    case = a_case(category="privacy_request")
    standing = Promise("privacy_request", "", MONDAY_MORNING + timedelta(hours=1), MONDAY_MORNING, case.code)
    turn = a_turn(signals=a_signal("privacy_request"), cases=(case,), promises=(standing,))

    requests.take_privacy_request(turn)

    assert (list(turn.changed), turn.promises) == ([case.code], [])
