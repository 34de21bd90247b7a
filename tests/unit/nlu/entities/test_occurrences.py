import pytest

from bot.nlu.entities.mention import Passage
from bot.nlu.entities.occurrences import occurrences
from bot.nlu.entities.spelled import number, ordinal
from tests.unit.nlu.entities.reading import NOW


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("è la terza volta", 3),
        ("la 3ª volta che chiamo", 3),
        ("3 volte", 3),
        ("4 chiamate senza risposta", 4),
        ("quinta mail", 5),
        ("telefonato diciannove volte", 19),
        ("rimpallo n. 5", 5),
        ("due volte lui, tre volte l'altro", 3),
        ("una volta sola", None),
        ("la prima volta", None),
        ("tre volte al giorno", None),
        ("3 volte la settimana", None),
        ("ogni volta", None),
    ],
)
def test_how_often_it_happened(text, count):
    assert occurrences(Passage.of(text, NOW)) == count


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("zero", 0), ("un", 1), ("ventuno", 21), ("ventitre", 23), ("quarantotto", 48), ("cento", 100),
        ("trecentoquarantuno", 341), ("mille", 1000), ("duemilatrecento", 2300), ("centomila", 100_000),
        ("48213", 48213), ("gatto", None), ("centocinquantapercento", None),
    ],
)  # fmt: skip
def test_numbers_in_words(word, value):
    assert number(word) == value


def test_ordinals_in_words():
    assert [ordinal(word) for word in ("prima", "terza", "decimo", "undicesima", "ventesimo", "volta")] == [
        1,
        3,
        10,
        11,
        20,
        None,
    ]
