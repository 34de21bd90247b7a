import string
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.entities.folding import fold
from bot.nlu.entities.mention import Mention, Passage, without_overlaps
from bot.nlu.entities.occurrences import occurrences
from tests.unit.nlu.entities.reading import NOW, mentions, waited

_PIECES = st.sampled_from(
    [
        "ordine ", "n° ", "48213", " e ", "alle ", "29,90", " euro", "€", "da ", "tre ", "settimane",
        "il ", "31", "/", "02", "T6QYJ5XIA",
        "lunedì ",
        "IT60", "@", ".", "+39 ", "347 ", "volo ", "AZ", "-", "mille", "mila",
        "e mezzo ", "fa ", "\n", "İ", "ß", "٣", "½", "１", "ﬁ",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map("".join)))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_rules_and_every_span_lies_inside_it(text):
    found = mentions(text)

    waited(text)
    occurrences(Passage.of(text, NOW))
    assert all(0 <= one.start < one.end <= len(text) and one.value for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(st.text(max_size=300))
def test_folding_never_moves_a_character(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1 ", "1.", "1,", "a", "a ", "1-", "1/", "aA1", "t 1", "da ", "e ", "il 1 ", "alle ", "€1 ", "@", "a.",
        "a@a.", "\n", "ordine n. ",
        "ordine numero ", "1 e 1 ",
        "mille ", "tre giorni ", "è ", "it60 x",
        "dal 3 al ", "333 ", "punto ", "a punto a ", "no ",
        "3 mesi e mezzo ", "#", "(1", "a-1",
    ],
)  # fmt: skip
def test_hostile_repetitions_take_no_catastrophic_time(piece):
    text = (piece * 15_000)[:15_000]
    started = time.process_time()

    mentions(text)

    assert time.process_time() - started < 3


def test_a_long_letter_takes_milliseconds():
    letter = (
        "Buongiorno, il 5 marzo ho pagato 29,90 euro per l'ordine 48213 e da tre settimane non arriva nulla alle 9. "
        * 95
    )[:10_000]
    mentions(letter)
    started = time.process_time()

    mentions(letter)

    assert time.process_time() - started < 0.3


def test_the_surer_mention_wins_an_overlap():
    surer, longer = Mention("iban", "x", 2, 6), Mention("product", "y", 0, 9)

    assert without_overlaps([longer, surer]) == [surer]


def test_of_two_alike_the_longer_wins():
    short, long = Mention("date", "x", 0, 3), Mention("date", "y", 0, 9)

    assert without_overlaps([short, long]) == [long]


def test_letters_fold_to_plain_ones():
    assert fold("È l’ÀNCORA – ３ª" + string.ascii_uppercase) == "e l'ancora - 3a" + string.ascii_lowercase
