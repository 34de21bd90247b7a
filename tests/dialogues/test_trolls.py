"""A troll gets one light line, then a courteous full stop; a need makes a customer of anybody."""

from __future__ import annotations

from bot.core.conversation import ConversationState
from tests.dialogues.customer import Customer

INSULT, MOCKERY = "siete dei poveracci", "ahahah siete ridicoli"


def test_a_troll_gets_one_light_line_and_then_the_full_stop(customer: Customer):
    first, second, third = customer.tells(INSULT, MOCKERY, "idioti")

    assert first.responses[-1] == "utter_troll_insult"
    assert second.responses == third.responses == ("utter_troll_stop",)
    assert second.text != third.text


def test_a_troll_opens_no_case_and_calls_nobody(customer: Customer):
    customer.tells(INSULT, MOCKERY)

    assert customer.cases == ()
    assert customer.state is ConversationState.BOT


def test_a_troll_with_a_need_is_a_customer_without_a_grudge(customer: Customer):
    customer.tells(INSULT, MOCKERY)

    answer = customer.says("comunque il mio ordine 48213 per Padova non è mai arrivato")

    assert answer.outcome.verdict == "need"
    assert answer.case.category == "complaint_delivery_delay"
    assert not [name for name in answer.responses if "troll" in name]


def test_an_insult_with_a_need_is_a_need(customer: Customer):
    answer = customer.says("siete dei ladri di merda, mi avete perso la valigia sul volo AZ1234!")

    assert answer.outcome.verdict == "need"
    assert answer.case.category == "complaint_lost_item"


def test_whoever_has_an_open_case_is_never_a_troll(customer: Customer):
    customer.says("il mio ordine 48213 per Padova non è mai arrivato")

    answer = customer.says("siete degli idioti")

    assert not [name for name in answer.responses if "troll" in name]
    assert customer.cases[0].code in answer.text


def test_a_polite_person_with_a_problem_is_not_taken_for_a_troll(customer: Customer):
    answer = customer.says("la lavatrice nuova perde acqua, cortesemente mi aiutate?")

    assert answer.outcome.verdict == "need"
    assert answer.case.category == "complaint_defective_product"
