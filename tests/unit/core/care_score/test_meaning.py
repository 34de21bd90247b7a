"""What words are about."""

from __future__ import annotations

import pytest

from bot.core.care_score.lexicon import fold
from bot.core.care_score.meaning import is_fact, named, stem, topics


@pytest.mark.parametrize(
    "family", ["consegnato consegna consegne", "cucina cucine", "tavolo tavoli", "rimborso rimborsato rimborsare"]
)
def test_relatives_share_a_stem(family: str):
    assert len({stem(word) for word in family.split()}) == 1


def test_a_fact_is_the_same_however_it_is_written():
    assert topics("64,90") == topics("64.90") == {"#6490"}
    assert all(map(is_fact, topics("ordine 48213") & topics("n. 48213")))


def test_small_words_and_words_of_every_complaint_are_about_nothing():
    assert topics("buongiorno, avrei un problema con la vostra assistenza") == frozenset()


def test_a_thing_may_be_named_by_another_of_its_words():
    assert named("la spedizione", topics("il pacco"))
    assert not named("la fattura", topics("il pacco"))


def test_folding_keeps_places():
    text = "PERCHÉ l’Òrto è già «İ» ß ﬁne?"

    assert len(fold(text)) == len(text)
    assert fold("PERCHÉ l’orto") == "perche l'orto"
