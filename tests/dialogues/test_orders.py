"""What the back office knows is told to who asks; when it is away the answer comes all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.errors import Unavailable
from tests.dialogues.customer import Customer
from tests.orders import FakeBackOffice, a_visit, an_order

if TYPE_CHECKING:
    from bot.brain.brain import Brain


@pytest.fixture
def office(brain: Brain, monkeypatch: pytest.MonkeyPatch) -> FakeBackOffice:
    """A back office with two orders, behind the brain that all tests share."""
    late = an_order("preparing", promised=-1, number="50012")
    office = FakeBackOffice(an_order(appointments=(a_visit(3),)), late)
    monkeypatch.setattr(brain, "_back_office", office)
    return office


def test_who_asks_about_an_order_hears_its_news(customer: Customer, office: FakeBackOffice):
    answer = customer.says("a che punto è il mio ordine 48213?")

    assert answer.responses[-1] == "utter_order_appointment"
    assert "giovedì 26, fra le 9 e le 11" in answer.text
    assert "48213" in answer.text


def test_news_that_are_our_fault_come_with_a_case_and_a_promise(customer: Customer, office: FakeBackOffice):
    answer = customer.says("a che punto è il mio ordine 50012?")

    assert "utter_order_late" in answer.responses
    assert answer.case.category == "complaint_delivery_delay"
    assert answer.promise.case_code == answer.case.code


@pytest.mark.parametrize("failure", [Unavailable("back_office_slow"), RuntimeError("broken")], ids=["slow", "broken"])
def test_a_back_office_that_fails_costs_the_news_and_nothing_else(
    customer: Customer, office: FakeBackOffice, failure: Exception
):
    office.failure = failure

    answer = customer.says("a che punto è il mio ordine 48213?")

    assert answer.responses[-1] == "utter_case_status_none"
    assert not answer.honest
