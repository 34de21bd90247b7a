from __future__ import annotations

from bot.nlu.italian import split_story


def test_sentences_end_at_marks_and_line_breaks():
    assert split_story("Ho ordinato un divano. È arrivato rotto!\nVoglio il rimborso") == [
        "Ho ordinato un divano.",
        "È arrivato rotto!",
        "Voglio il rimborso",
    ]


def test_abbreviations_initials_and_numbers_do_not_end_a_sentence():
    assert split_story("Il sig. Rossi e la dott. A. Bianchi vengono alle 12.40 di oggi.") == [
        "Il sig. Rossi e la dott. A. Bianchi vengono alle 12.40 di oggi."
    ]


def test_a_scrap_joins_the_sentence_before_it():
    assert split_story("Il tecnico non è venuto. Di nuovo. Sono stanco di aspettare.") == [
        "Il tecnico non è venuto. Di nuovo.",
        "Sono stanco di aspettare.",
    ]


def test_what_was_dictated_without_a_full_stop_is_cut_into_readable_pieces():
    story = "ho chiamato ieri, mi hanno detto di aspettare e poi nessuno ha richiamato " * 12

    pieces = split_story(story)

    assert len(pieces) > 3
    assert max(len(piece.split()) for piece in pieces) <= 40
    assert " ".join(pieces).split() == story.split()


def test_an_empty_text_has_no_sentences():
    assert split_story("  \n ") == []
