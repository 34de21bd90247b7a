from __future__ import annotations

import pytest

from bot.nlu.signals.words import MASKED, plain, read_words


def texts(message: str) -> list[str]:
    return [word.text for word in read_words(message)]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Perché non c'è?", ["perche", "non", "c", "e"]),
        ("che schifoooo", ["che", "schifo"]),
        ("ottimo 👏👏", ["ottimo", "👏", "👏"]),
        ("sei un cogl1one", ["sei", "un", "coglione"]),
        ("ordine 48213 e FR1727", ["ordine", "48213", "e", "fr1727"]),
        ("che c***o fate", ["che", MASKED, "fate"]),
        ("", []),
        ("...!!!", []),
    ],
)
def test_words_are_plain(message: str, words: list[str]):
    assert texts(message) == words


def test_punctuation_and_lines_end_clauses():
    assert [word.clause for word in read_words("no, grazie. basta\nciao")] == [0, 1, 2, 3]


def test_words_in_quotes_know_it_and_a_quote_left_open_ends_with_its_line():
    assert [word.quoted for word in read_words('disse "sei scemo" ridendo')] == [False, True, True, False]
    assert [word.quoted for word in read_words("«basta» dico")] == [True, False]
    assert not read_words('aperta "e mai chiusa\nnuova riga')[-1].quoted


def test_doubled_letters_stay():
    assert plain("Bellissimo") == "bellissimo"
