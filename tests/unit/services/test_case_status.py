"""Where a case stands, with what the back office knows of its order and what has been done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.back_office import Order
from bot.core.case import Case, CaseState
from bot.core.conversation import ConversationState
from bot.core.errors import Unavailable
from bot.core.facts import Fact
from bot.core.turn import Part, Turn
from bot.services.back_office import SEARCH
from bot.services.requests import tell_case_status
from tests.fakes import MONDAY_MORNING, a_case, a_signal, a_turn
from tests.orders import NUMBER, FakeBackOffice, a_visit, an_order

ORDER = Fact("order_number", NUMBER, NUMBER, 1)
OTHER = Fact("order_number", "50012", "50012", 2)
THURSDAY = MONDAY_MORNING - timedelta(days=4)


def asks(*said: Fact, office: FakeBackOffice | None = None, **dossier: object) -> Turn:
    """A turn in which somebody asks where things stand, giving facts."""
    turn = a_turn("a che punto siamo?", signals=a_signal("ask_case_status"), **dossier)
    turn.back_office = office or FakeBackOffice()
    turn.learn(said)
    return turn


def a_case_about(order: Fact, *, code: str = "TSVZ79SS5", **changes: object) -> Case:
    return a_case(code, opened=THURSDAY, **changes).with_facts((order,), at=THURSDAY)


def names(parts: list[Part]) -> list[str]:
    return [part.response for part in parts]


def test_the_news_of_its_order_comes_with_the_status():
    turn = asks(cases=(a_case_about(ORDER),), office=FakeBackOffice(an_order()))

    assert names(tell_case_status(turn)) == ["utter_order_shipped", "utter_case_status_open"]


def test_who_waits_for_a_human_hears_the_news_too():
    office = FakeBackOffice(an_order())
    turn = asks(cases=(a_case_about(ORDER),), office=office, state=ConversationState.WAITING)

    assert names(tell_case_status(turn)) == ["utter_order_shipped", "utter_case_status_waiting_human"]


def test_a_solved_case_needs_no_news():
    office = FakeBackOffice(an_order())
    turn = asks(cases=(a_case_about(ORDER, state=CaseState.SOLVED),), office=office)

    assert names(tell_case_status(turn)) == ["utter_case_status_solved"]
    assert office.asked == []


def test_a_back_office_that_fails_takes_nothing_else_away():
    office = FakeBackOffice(an_order(), failure=Unavailable("back_office_slow"))

    assert names(tell_case_status(asks(cases=(a_case_about(ORDER),), office=office))) == ["utter_case_status_open"]


def test_without_a_case_the_order_is_told():
    assert names(tell_case_status(asks(ORDER, office=FakeBackOffice(an_order())))) == ["utter_order_shipped"]


def test_without_a_case_an_order_told_earlier_counts():
    turn = asks(ORDER, office=FakeBackOffice(an_order()))
    turn.learned = ()

    assert names(tell_case_status(turn)) == ["utter_order_shipped"]


@pytest.mark.parametrize(
    ("order", "category"),
    [
        (an_order("shipped", promised=-1), "complaint_delivery_delay"),
        (an_order("delivered", appointments=(a_visit(-1, "missed"),)), "complaint_missed_appointment"),
    ],
)
def test_what_is_our_fault_becomes_a_case_with_a_promise_unasked(order: Order, category: str):
    turn = asks(ORDER, office=FakeBackOffice(order))

    parts = tell_case_status(turn)

    (case,) = turn.changed.values()
    assert names(parts)[1:] == ["utter_apology", "utter_case_opened", f"utter_promise_{category}"]
    assert (case.category, tuple(case.facts), turn.memory.category) == (category, (ORDER,), category)
    assert [promise.case_code for promise, _ in turn.promises] == [case.code]


def test_who_asks_again_hears_of_the_same_case():
    office = FakeBackOffice(an_order("shipped", promised=-1))
    turn = asks(ORDER, office=office)
    tell_case_status(turn)

    assert names(tell_case_status(turn)) == ["utter_order_late", "utter_case_status_open"]
    assert len(turn.changed) == len(turn.promises) == 1


def test_another_order_than_the_cases_is_answered_for_itself():
    office = FakeBackOffice(an_order(), an_order("delivered", number="50012"))
    turn = asks(OTHER, cases=(a_case_about(ORDER),), office=office)

    (part,) = tell_case_status(turn)

    assert (part.response, part.values["order"]) == ("utter_order_delivered", "50012")


def test_an_order_that_nobody_knows_leads_back_to_the_case_with_one_question_asked():
    office = FakeBackOffice(an_order())
    turn = asks(OTHER, cases=(a_case_about(ORDER),), office=office)

    assert names(tell_case_status(turn)) == ["utter_case_status_open"]
    assert office.asked == ["50012"]


def test_the_case_of_the_order_they_name_counts_more_than_the_one_spoken_of():
    spoken_of = a_case_about(OTHER, code="TKVQ97QR6", category="complaint_refund")
    turn = asks(ORDER, cases=(a_case_about(ORDER), spoken_of))
    turn.remember(category="complaint_refund")

    (part,) = tell_case_status(turn)

    assert part.values["case_code"] == "TSVZ79SS5"


@pytest.mark.parametrize(("changed", "news"), [(-5, "utter_order_delivered_disputed"), (-1, "utter_order_delivered")])
def test_a_delivery_counts_as_disputed_when_the_case_is_younger(changed: float, news: str):
    """The case is of Thursday: who said then that nothing had come did not get what was delivered before."""
    office = FakeBackOffice(an_order("delivered", changed=changed))

    assert names(tell_case_status(asks(cases=(a_case_about(ORDER),), office=office)))[0] == news


def test_what_has_been_done_since_is_told_with_its_days():
    case = (
        a_case_about(ORDER)
        .with_facts((Fact("place", "Padova", "Padova"),), at=MONDAY_MORNING - timedelta(days=2))
        .with_event("attachments", at=MONDAY_MORNING - timedelta(days=1))
        .with_event("threat", at=MONDAY_MORNING - timedelta(days=1))
        .with_event(SEARCH, at=MONDAY_MORNING)
    )

    status, done = tell_case_status(asks(cases=(case,)))

    assert (status.response, done.response, done.goes_on) == ("utter_case_status_open", "utter_status_done", True)
    assert done.values == {"done": "done_facts|sabato 21, done_attachments|near_yesterday e done_search|near_today"}


def test_a_case_to_which_nothing_was_added_has_no_list():
    assert names(tell_case_status(asks(cases=(a_case_about(ORDER),)))) == ["utter_case_status_open"]


def test_a_search_that_began_when_the_case_was_opened_is_told():
    case = a_case_about(ORDER).with_event(SEARCH, at=THURSDAY, note=NUMBER)
    delivered: Order = an_order("delivered", changed=-6)

    parts = tell_case_status(asks(cases=(case,), office=FakeBackOffice(delivered)))

    assert names(parts) == ["utter_case_status_open", "utter_status_done"]
    assert parts[-1].values == {"done": "done_search|giovedì 19"}
