"""Where a case stands is told from what is known, and a code that leads nowhere is said to."""

from __future__ import annotations

import pytest

from tests.dialogues.customer import Customer

UNKNOWN, MISTYPED = "T6QYJ5XIA", "T6QYJ5XIB"


@pytest.fixture
def waiting(customer: Customer) -> Customer:
    """A customer with an open case."""
    customer.says("il pacco dell'ordine 48213 per Padova non è ancora arrivato")
    return customer


def test_the_status_names_code_and_deadline(waiting: Customer):
    (case,) = waiting.cases

    answer = waiting.says("a che punto è la mia pratica?")

    assert answer.responses == ("utter_case_status_open",)
    assert case.code in answer.text
    assert "14:00" in answer.text


def test_the_status_of_a_named_code_is_found(waiting: Customer):
    (case,) = waiting.cases

    assert waiting.says(f"novità sulla pratica {case.code}?").responses == ("utter_case_status_open",)


def test_an_unknown_code_is_said_to_be_unknown(waiting: Customer):
    answer = waiting.says(f"a che punto è la pratica {UNKNOWN}?")

    assert answer.responses == ("utter_case_status_unknown_code",)
    assert UNKNOWN in answer.text


def test_a_mistyped_code_is_said_to_be_mistyped(waiting: Customer):
    answer = waiting.says(f"a che punto è la pratica {MISTYPED}?")

    assert answer.responses == ("utter_case_status_mistyped_code",)


def test_nobody_sees_the_case_of_somebody_else(waiting: Customer, another):
    (case,) = waiting.cases

    answer = another().says(f"a che punto è la pratica {case.code}?")

    assert answer.responses[-1] == "utter_case_status_unknown_code"
    assert "48213" not in answer.text


def test_without_a_case_there_is_nothing_to_tell(customer: Customer):
    assert customer.says("a che punto è la mia pratica?").responses[-1] == "utter_case_status_none"


def test_asking_makes_no_new_promise(waiting: Customer):
    assert waiting.says("a che punto è la mia pratica?").outcome.promises == ()
