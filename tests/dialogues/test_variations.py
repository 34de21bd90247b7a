"""In one conversation nothing is said twice before everything has been said once."""

from __future__ import annotations

from collections import Counter

from bot.brain.sentences import variation_address
from tests.dialogues.customer import Customer


def test_a_sentence_returns_only_when_all_have_been_said(customer: Customer, variations):
    many = sum(variation_address(variation) == "tu" for variation in variations["utter_empty"])

    first, second = ([customer.says("").text.split("\n")[-1] for _ in range(many)] for _ in range(2))

    assert len(set(first)) == len(set(second)) == many
    assert set(first) == set(second)
    assert first[-1] != second[0]


def test_a_long_conversation_does_not_repeat_itself(customer: Customer):
    customer.says("il pacco dell'ordine 48213 per Padova non è mai arrivato")
    customer.tells(*["a che punto è la mia pratica?", "grazie", "ciao", "il pacco non arriva", "sei un bot?"] * 2)

    said = Counter(answer.text for answer in customer.answers)
    assert [text for text, times in said.items() if times > 1] == []


def test_two_customers_have_their_own_variations(another):
    one, other = another(), another()
    one.says("")
    other.says("")

    assert len(one.answers[-1].outcome.memory.used["utter_empty"]) == 1
    assert len(other.answers[-1].outcome.memory.used["utter_empty"]) == 1
