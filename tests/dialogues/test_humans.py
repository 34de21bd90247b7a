"""A human is one sentence away, and what is said about when they come is true."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.core.conversation import ConversationState
from tests.dialogues.customer import Customer
from tests.fakes import FakeClock

SUNDAY_NIGHT = datetime(2026, 11, 22, 21, 0, tzinfo=timezone.utc)
ASK = "voglio parlare con un operatore"
PUZZLES = [
    "'; DROP TABLE customers; --",
    "../../etc/passwd",
    "il coso del coso",
    "il coso del coso del coso",
    "grep -r pippo . | wc -l",
    "il lampione cammina sotto la minestra del martedì",
    "la zeta sopra il ponte quando il verde tace",
    "la rava e la fava",
    "se il ma del però fosse anche un forse",
    "eh ma allora la zia",
    "mah, un po' e un po'",
]


def test_a_human_is_called_at_once_during_opening_hours(customer: Customer):
    answer = customer.says(ASK)

    assert answer.responses[-1] == "utter_human_open"
    assert answer.outcome.state is ConversationState.WAITING
    assert answer.handoff == "asked"


def test_out_of_hours_the_bot_says_when_somebody_is_back(customer: Customer, clock: FakeClock):
    clock.time = SUNDAY_NIGHT

    answer = customer.says(ASK)

    assert answer.responses[-1] == "utter_human_closed"
    assert "domani alle 9:00" in answer.text
    assert answer.outcome.state is ConversationState.WAITING


def test_asking_again_does_not_queue_twice(customer: Customer):
    _, again = customer.tells(ASK, ASK)

    assert again.responses == ("utter_human_already",)
    assert again.handoff is None


def test_while_waiting_a_problem_is_still_written_down(customer: Customer):
    customer.says(ASK)
    answer = customer.says("intanto ve lo scrivo: il pacco dell'ordine 48213 per Padova non è arrivato")

    assert answer.case.category == "complaint_delivery_delay"
    assert answer.outcome.state is ConversationState.WAITING


@pytest.fixture
def puzzles(brain) -> list[str]:
    """Two messages that the model honestly does not understand."""
    parses = {text: brain.parse(text) for text in PUZZLES}
    found = [
        text
        for text, parse in parses.items()
        if parse["intent"]["name"] == "nlu_fallback"
        and parse["kind"] == "text"
        and parse["triage"]["verdict"] == "need"
    ]
    assert len(found) >= 2, "the model understands every puzzle: write harder ones"
    return found[:2]


def test_not_understood_twice_offers_a_human_and_yes_calls_one(customer: Customer, puzzles: list[str]):
    once, twice = customer.tells(*puzzles)
    yes = customer.says("sì grazie")

    assert once.responses[-1] == "utter_not_understood"
    assert twice.responses == ("utter_offer_human",)
    assert [button["payload"] for button in twice.outcome.replies[0].buttons] == ["sì", "no"]
    assert yes.responses == ("utter_human_open",)
    assert yes.handoff == "asked"


def test_no_to_the_offer_stays_with_the_bot(customer: Customer, puzzles: list[str]):
    customer.tells(*puzzles)

    answer = customer.says("no")

    assert answer.responses == ("utter_deny_human",)
    assert answer.outcome.state is ConversationState.BOT


def test_a_yes_to_nothing_calls_nobody(customer: Customer):
    assert customer.says("sì").responses[-1] == "utter_affirm"
    assert customer.state is ConversationState.BOT
