import pytest

from bot.nlu.encoder.spelling import ChatSpelling, with_apostrophes, without_accents, without_punctuation

LETTER = "Buongiorno, perché non mi avete ancora richiamato? È la terza volta che telefono al vostro numero."


def test_equal_seeds_give_equal_rewritings():
    assert [ChatSpelling(seed=3)(LETTER) for _ in range(5)] == [ChatSpelling(seed=3)(LETTER) for _ in range(5)]


def test_rewritings_of_one_text_differ():
    spelling = ChatSpelling(seed=1)

    assert len({spelling(LETTER) for _ in range(40)}) > 20


def test_a_rewriting_keeps_the_number_of_words():
    spelling = ChatSpelling(seed=1)

    assert {len(spelling(LETTER).split()) for _ in range(60)} == {len(LETTER.split())}


def test_chat_abbreviations_appear_among_the_rewritings():
    spelling = ChatSpelling(seed=1)

    assert any({"nn", "n"} & set(spelling(LETTER).lower().split()) for _ in range(60))


@pytest.mark.parametrize("text", ["", "sì", "no", "ok!", "👍"])
def test_very_short_texts_survive(text):
    spelling = ChatSpelling(seed=1)

    assert all(bool(spelling(text).strip(".!")) == bool(text.strip(".!")) for _ in range(60))


def test_accents_go_with_or_without_an_apostrophe():
    assert without_accents("perché è così") == "perche e cosi"
    assert with_apostrophes("perché è così") == "perche' e' cosi'"


def test_marks_inside_numbers_stay_when_punctuation_goes():
    assert without_punctuation("Costa 12,50 euro, alle 9.30... capito?") == "Costa 12,50 euro alle 9.30 capito"
