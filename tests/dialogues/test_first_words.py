"""Who is new hears once that a bot is talking, and whoever asks hears the truth."""

from __future__ import annotations

import pytest

from tests.dialogues.customer import Customer


def test_the_bot_introduces_itself_once(customer: Customer):
    first, *others = customer.tells("ciao", "il pacco dell'ordine 48213 non arriva", "grazie", "ciao")

    assert first.responses[0] == "utter_intro"
    assert "bot" in first.text.casefold() or "digitale" in first.text
    assert customer.has_read("utter_intro") == 1
    assert all("utter_intro" not in answer.responses for answer in others)


@pytest.mark.parametrize("question", ["ma sei un bot?", "sto parlando con una persona vera o con una macchina?"])
def test_whoever_asks_hears_the_truth(customer: Customer, question: str):
    answer = customer.says(question)

    assert answer.responses == ("utter_bot_challenge",)
    assert "Prova" in answer.text


def test_the_truth_is_an_introduction(customer: Customer):
    customer.tells("ma sei un bot?", "ciao")

    assert customer.has_read("utter_intro") == 0


def test_the_truth_is_told_in_the_middle_of_a_problem_too(customer: Customer):
    customer.says("il pacco dell'ordine 48213 per Roma non è mai arrivato")

    assert customer.says("scusa ma sei un bot o una persona?").responses == ("utter_bot_challenge",)
