from __future__ import annotations

import time

import pytest

from bot.nlu.italian import normalise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xké nn rispondete", "perché non rispondete"),
        ("cmq sn 3 gg ke aspetto", "comunque sono 3 giorni che aspetto"),
        ("grz x tt", "grazie per tutto"),
        ("xfavore", "per favore"),
        ("graaaazie milleee", "grazie mille"),
        ("bellllo", "bello"),
        ("perche la citta e' piu bella", "perché la città è più bella"),
        ("nn ce la faccio +", "non ce la faccio più"),
    ],
)
def test_chat_spelling_is_written_in_full(typed, meant):
    assert normalise(typed).text == meant


@pytest.mark.parametrize("word", ["pacco", "mamma", "oggi", "anno", "bolletta", "zoo"])
def test_double_letters_that_belong_there_stay(word):
    assert normalise(word).text == word


def test_x_between_numbers_is_not_a_word():
    assert normalise("tavolo 120x80").text == "tavolo 120x80"


def test_html_and_markdown_leave_only_what_a_reader_would_see():
    text = "<b>Ciao</b> **guardate** [qui](https://example.org/a) <script>alert('x')</script>"

    assert normalise(text).clean == "Ciao guardate qui"


def test_a_smaller_sign_in_a_sentence_is_not_taken_for_markup():
    assert "3 < 5" in normalise("pago se 3 < 5 euro").clean


def test_invisible_characters_and_fancy_letters_become_plain_text():
    assert normalise("𝓬𝓲𝓪𝓸\u200b\u202e mon\u00addo\x00").text == "ciao mondo"


def test_emoji_stay_as_words_of_their_own_even_when_joined():
    found = normalise("pacco perso😡😡 👨‍👩‍👧")

    assert found.text.split()[-3:-1] == ["😡", "😡"]
    assert found.seen.emoji == ("😡", "😡", "👨‍👩‍👧")


def test_capitals_marks_and_stretched_letters_are_counted_before_they_are_evened_out():
    seen = normalise("BASTAAAA!!! ma perché???").seen

    assert (seen.exclamations, seen.questions, seen.stretched) == (3, 3, 1)
    assert seen.caps_ratio == 0.5


def test_a_text_without_letters_has_no_capitals():
    assert normalise("12345 !").seen.caps_ratio == 0.0


def test_normalising_twice_changes_nothing_more():
    once = normalise("Xké nn MI rispondeteee??? sn 3 gg!!!").text

    assert normalise(once).text == once


def test_a_hundred_thousand_brackets_take_no_time():
    started = time.monotonic()
    normalise("<" * 50_000 + "*" * 50_000 + "a" * 50_000)

    assert time.monotonic() - started < 5.0
