from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.core.facts import FACT_NAMES
from bot.services.rehearsal.asking import asked_twice, facts_asked, questions_in
from tests.rehearsing import heard, said, states

SHARED = yaml.safe_load(Path("nlu_data/shared/responses.yml").read_text(encoding="utf-8"))["responses"]


@pytest.mark.parametrize("name", FACT_NAMES)
def test_a_fact_is_recognised_in_the_words_we_ask_for_it_with(name: str):
    for variation in SHARED[f"utter_part_missing_{name}"]:
        assert list(questions_in(f"Mi dai {variation['text']}?")) == [name]


def test_only_the_sentence_that_asks_counts():
    text = "La data di consegna è passata e l'importo è partito. Hai per caso il numero d'ordine? Ci penso io."

    assert questions_in(text) == {"order_number": "Hai per caso il numero d'ordine?"}


def test_a_response_that_asks_for_details_asks_however_it_is_worded():
    message = said("Un'ultima cortesia: la data e la città.", response="utter_ask_details")

    assert facts_asked([message]) == ("date", "place")
    assert facts_asked([said("Un'ultima cortesia: la data e la città.", response="utter_greet")]) == ()


def test_asking_for_what_the_customer_has_said_is_asking_twice():
    story = [
        heard("ordine 48213, il pacco non arriva", signals=states(order_number="48213")),
        said("Mi dai il numero d'ordine e la città?", minute=1),
    ]

    (found,) = asked_twice(story)

    assert (found.fact, found.because, found.earlier) == ("order_number", "given", "ordine 48213, il pacco non arriva")
    assert found.at == story[1].at


def test_asking_again_for_what_we_have_asked_for_is_asking_twice():
    story = [
        said("Mi dai la data?"),
        heard("boh", minute=1),
        said("Di che ordine parliamo? E qual è la data?", minute=2),
    ]

    (found,) = asked_twice(story)

    assert (found.fact, found.because, found.earlier) == ("date", "asked", "Mi dai la data?")


def test_asking_once_before_it_is_said_is_fair():
    story = [said("Mi dai la data?"), heard("il 3 maggio", minute=1, signals=states(date="2026-05-03"))]

    assert list(asked_twice(story)) == []
