import pytest

from bot.nlu.encoder.pieces import SPACE, Cutter, Vocabulary, italian_pieces
from tests.unit.nlu.encoder.tiny import vocabulary


def spelled(text: str, *, limit: int = 64) -> list[str]:
    """The pieces of a text without the marks and the prefix."""
    known = vocabulary()
    pieces = [known.pieces[number] for number in Cutter(known, limit=limit)(text)]
    prefix = pieces.index(":") + 1
    assert pieces[0] == "<s>"
    assert pieces[-1] == "</s>"
    return pieces[prefix:-1]


def test_a_word_of_the_vocabulary_is_one_piece():
    assert spelled("il pacco") == [SPACE + "il", SPACE + "pacco"]


def test_the_most_probable_cut_wins_over_the_longest_beginning():
    assert spelled("riconsegna") == [SPACE + "ri", "consegna"]


def test_an_unknown_word_is_spelled_with_letters():
    assert spelled("fax") == [SPACE, "f", "a", "<unk>"]


def test_a_character_nobody_knows_is_the_unknown_piece():
    assert spelled("漢") == [SPACE, "<unk>"]


@pytest.mark.parametrize("text", ["il\tpacco", "  il \n\n pacco ", "il\u200b pacco"])
def test_blanks_of_every_kind_separate_words_and_nothing_else(text):
    assert spelled(text) == spelled("il pacco")


def test_an_accent_typed_as_a_mark_of_its_own_is_the_same_letter():
    assert spelled("dov'e\u0300") == spelled("dov'è")


def test_nothing_but_blanks_has_no_pieces():
    assert spelled(" \n ") == []


def test_of_a_long_text_the_beginning_and_the_end_are_kept():
    words = ["voglio", *["il"] * 500, "rimborso"]

    pieces = spelled(" ".join(words), limit=24)

    assert len(pieces) == 24 - 4
    assert pieces[0] == SPACE + "voglio"
    assert pieces[-1] == SPACE + "rimborso"


def test_a_very_long_word_does_not_take_all_the_time_there_is():
    assert len(Cutter(vocabulary())("a" * 100_000)) == 64


def test_a_smaller_vocabulary_cuts_the_same_words_into_renumbered_pieces():
    known = vocabulary()
    letters = [number for number, piece in enumerate(known.pieces) if len(piece) == 1]
    smaller, kept = known.keep([*letters, known.pieces.index(SPACE + "pacco"), known.pieces.index(SPACE + "query")])

    numbers = Cutter(smaller)("pacco")

    assert [known.pieces[kept[number]] for number in numbers] == ["<s>", SPACE + "query", ":", SPACE + "pacco", "</s>"]
    assert smaller.pieces[smaller.unknown] == "<unk>"
    assert "consegna" not in smaller.pieces


def test_a_saved_vocabulary_is_read_back_equal(tmp_path):
    vocabulary().save(tmp_path / "pieces.json")

    assert Vocabulary.read(tmp_path / "pieces.json") == vocabulary()


def test_a_vocabulary_whose_parts_do_not_fit_is_refused(tmp_path):
    vocabulary().save(tmp_path / "pieces.json")
    text = (tmp_path / "pieces.json").read_text(encoding="utf-8")
    (tmp_path / "pieces.json").write_text(text.replace('"<pad>", ', ""), encoding="utf-8")

    with pytest.raises(ValueError, match="number"):
        Vocabulary.read(tmp_path / "pieces.json")


def test_pieces_of_other_languages_are_left_out_and_characters_kept():
    pieces = ("<s>", "</s>", "<unk>", "é", "漢", SPACE + "x", "nsegn", SPACE + "con", "straße", SPACE + "the", "egnò")
    known = Vocabulary(pieces, (0.0,) * len(pieces), {}, begin=0, end=1, unknown=2, unknown_score=-1.0)

    chosen = {pieces[number] for number in italian_pieces(known, ["Consegna"])}

    assert chosen == {"é", "漢", SPACE + "x", "nsegn", SPACE + "con"}
