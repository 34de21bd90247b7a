"""A problem is acknowledged by its name, apologised for, written down and promised an answer."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.core.brand import Brand
from bot.core.case import is_case_code
from bot.core.conversation import ConversationState
from tests.dialogues.customer import Customer
from tests.fakes import FakeClock

LATE = "il pacco dell'ordine 48213 doveva arrivare a Padova lunedì scorso e non è mai arrivato"


def test_a_problem_opens_one_case_with_a_valid_code(customer: Customer):
    answer = customer.says(LATE)

    assert answer.case.category == "complaint_delivery_delay"
    assert is_case_code(answer.case.code)
    assert answer.case.code in answer.text


def test_a_problem_is_acknowledged_with_its_order_and_apologised_for(customer: Customer):
    answer = customer.says(LATE)

    acknowledgement, apology = (
        answer.responses.index(name) for name in ("utter_ack_complaint_delivery_delay", "utter_apology")
    )
    assert acknowledgement < apology < answer.responses.index("utter_case_opened")
    assert "48213" in answer.text


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc),
        datetime(2026, 11, 27, 16, 40, tzinfo=timezone.utc),
        datetime(2026, 11, 28, 22, 0, tzinfo=timezone.utc),
        datetime(2026, 12, 7, 15, 0, tzinfo=timezone.utc),
        datetime(2026, 3, 27, 16, 30, tzinfo=timezone.utc),
    ],
    ids=["monday morning", "friday evening", "saturday night", "before a holiday", "before summer time"],
)
def test_the_deadline_lies_ahead_inside_opening_hours_and_is_said(
    customer: Customer, clock: FakeClock, brand: Brand, now: datetime
):
    clock.time = now

    answer = customer.says(LATE)

    due = answer.promise.due
    assert due > now
    assert brand.hours.is_open(due - timedelta(seconds=1))
    local = due.astimezone(brand.hours.zone)
    assert f"{local.hour}:{local.minute:02d}" in answer.text


def test_a_promise_belongs_to_its_case_and_speaks_before_it_falls_due(customer: Customer):
    answer = customer.says(LATE)
    ((promise, next_update),) = answer.outcome.promises

    assert promise.case_code == answer.case.code
    assert promise.made < next_update < promise.due


def test_the_same_problem_again_is_the_same_case_and_the_same_promise(customer: Customer):
    first = customer.says(LATE)
    again = customer.says("insomma il mio pacco non arriva!")

    assert [case.code for case in customer.cases] == [first.case.code]
    assert again.outcome.promises == ()
    assert first.case.code in again.text


def test_two_different_problems_are_two_cases_with_a_promise_each(customer: Customer):
    customer.says(LATE)
    customer.says("e mi avete anche addebitato due volte 120 euro sulla carta")

    assert {case.category for case in customer.cases} == {"complaint_delivery_delay", "complaint_wrong_charge"}
    assert sum(len(answer.outcome.promises) for answer in customer.answers) == 2


def test_what_the_customer_said_how_often_is_acknowledged(customer: Customer):
    answer = customer.says("è la terza volta che il tecnico non si presenta, ordine 48213")

    assert answer.case.category == "complaint_missed_appointment"
    assert "utter_ack_repeated" in answer.responses
    assert "3" in answer.text


def test_an_ironic_compliment_is_a_complaint(customer: Customer):
    answer = customer.says("bravissimi, altri tre giorni senza telefono, complimenti davvero")

    assert answer.case.category.startswith("complaint_")
    assert "utter_praise" not in answer.responses


def test_a_solved_problem_is_closed_and_opens_again_with_a_human(customer: Customer):
    opened = customer.says(LATE)
    solved = customer.says("risolto tutto, potete chiudere la pratica")
    back = customer.says("no scusate, il problema c'è ancora, non è cambiato niente")

    assert solved.case.code == back.case.code == opened.case.code
    assert not solved.case.is_open
    assert back.case.is_open
    assert back.outcome.state is ConversationState.WAITING


def test_goodbye_remembers_what_is_owed(customer: Customer):
    opened = customer.says(LATE)

    assert opened.case.code in customer.says("va bene, arrivederci").text


def test_a_threat_reaches_a_human_and_is_not_argued_with(customer: Customer):
    customer.says(LATE)

    answer = customer.says("basta, domani mi rivolgo al mio avvocato e vi denuncio")

    assert "utter_threat_legal" in answer.responses
    assert answer.outcome.state is ConversationState.WAITING
    assert answer.handoff is not None
