from __future__ import annotations

import pytest

from bot.core.address import asked_address

LEI = [
    "Buongiorno, mi dia del lei per cortesia",
    "non mi dia del tu, non ci conosciamo",
    "Preferirei che mi desse del Lei",
    "da quando siamo passati al tu? da quando in qua mi date del tu",
    "gradirei il lei, grazie",
    "non abbiamo mai mangiato insieme io e lei",
    "NON MI DARE DEL TU",
]
TU = ["dammi pure del tu!", "diamoci del tu dai", "puoi darmi del tu", "non mi dare del lei che mi sento vecchia"]
NEITHER = [
    "lei è un maleducato",
    "il tecnico mi ha dato del cretino",
    "tu che dici?",
    "ne ho parlato con lei ieri",
    "vorrei parlare con lei di persona",
    "il tuo collega non risponde",
    "preferisco il divano grigio",
]


@pytest.mark.parametrize("text", LEI)
def test_who_wants_lei_is_heard(text: str):
    assert asked_address(text) == "lei"


@pytest.mark.parametrize("text", TU)
def test_who_wants_tu_is_heard(text: str):
    assert asked_address(text) == "tu"


@pytest.mark.parametrize("text", NEITHER)
def test_whoever_just_says_the_words_asks_for_nothing(text: str):
    assert asked_address(text) is None
