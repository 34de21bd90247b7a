import pytest

from bot.console.catalogue import load_texts
from bot.console.presenting import (
    Piece,
    counted,
    course_dots,
    customer_label,
    excerpt,
    file_size,
    highlight,
    initials,
    language_name,
)
from bot.core.signals import Entity

ITALIAN = load_texts()["it"]
TEXT = "ordine 48213 da Bologna"


def test_facts_are_marked_where_they_stand():
    pieces = highlight(TEXT, [Entity("place", "Bologna", 16, 23, "Bologna"), Entity("order_number", "48213", 7, 12)])

    assert pieces == [Piece("ordine "), Piece("48213", "order_number"), Piece(" da "), Piece("Bologna", "place")]


@pytest.mark.parametrize(
    "entity",
    [
        Entity("place", "Roma", 16, 23, "Roma"),
        Entity("place", "x", 90, 95),
        Entity("place", "x", -5, 3),
        Entity("place", "x", 5, 5),
        Entity("place", "x", 9, 3),
    ],
)
def test_a_fact_that_is_not_where_it_says_leaves_the_text_as_it_is(entity):
    assert "".join(piece.text for piece in highlight(TEXT, [entity])) == TEXT
    assert all(not piece.mark for piece in highlight(TEXT, [entity]))


def test_of_overlapping_facts_the_longer_one_is_marked():
    pieces = highlight(TEXT, [Entity("time", "48", 7, 9), Entity("order_number", "48213", 7, 12)])

    assert [piece.mark for piece in pieces if piece.mark] == ["order_number"]
    assert "".join(piece.text for piece in pieces) == TEXT


def test_an_excerpt_begins_near_the_searched_word_and_marks_it():
    long = "parola " * 40 + "il Perché del rimborso"

    pieces = excerpt(long, words=("perche", "rimb"))

    assert pieces[0].text.startswith("…")
    assert [piece.text for piece in pieces if piece.mark] == ["Perché", "rimb"]


def test_an_excerpt_is_one_short_line():
    assert excerpt("uno\n\n  due", length=6) == [Piece("uno du…")]


def test_a_searched_word_is_never_read_as_a_pattern():
    assert "".join(piece.text for piece in excerpt("a.b (c", words=(".", "("))) == "a.b (c"


def test_somebody_without_a_name_is_called_the_same_each_time():
    first, again = (customer_label(ITALIAN, None, "7f3c") for _ in range(2))

    assert first == again
    assert first.startswith("Ospite ")
    assert customer_label(ITALIAN, "  ", "7f3c") == first
    assert customer_label(ITALIAN, "Anna", "7f3c") == "Anna"


def test_initials_are_of_the_first_and_last_name():
    assert [initials(name) for name in ("Sara De Luca", "Anna", "🙂")] == ["SL", "A", "?"]


def test_counts_beyond_a_thousand_are_not_counted_out():
    assert [counted(number) for number in (0, 999, 1000)] == ["0", "999", "999+"]


def test_the_course_runs_from_left_to_right_with_furious_on_top():
    dots = course_dots([0, 4, 2], width=100, height=40)

    assert [(dot.x, dot.y) for dot in dots] == [(0, 40), (50, 0), (100, 20)]


def test_a_language_is_called_by_its_name():
    assert [language_name(ITALIAN, code) for code in ("it", "en-GB", "zz!")] == ["italiano", "inglese", "zz!"]


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 kB"), (18_400, "18 kB"), (1024**2, "1 MB"), (2_516_582, "2,4 MB"), (1300 * 1024**2, "1.300 MB")],
)
def test_sizes_are_rounded_and_written_in_the_readers_language(size, words):
    assert file_size(ITALIAN, size) == words
