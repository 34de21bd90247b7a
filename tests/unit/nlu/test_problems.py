"""Where a message is cut, and when its parts are problems of their own."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.problems import bare, parts_of, problems_in, surer

INTENTS = ("complaint_delivery_delay", "complaint_wrong_charge", "praise")
PARTS = ("il divano non arriva", "mi avete addebitato il doppio")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Il divano non è ancora arrivato. E mi avete addebitato due volte la consegna.",
            ("Il divano non è ancora arrivato.", "E mi avete addebitato due volte la consegna."),
        ),
        (
            "il divano non arriva da settimane e inoltre mi avete addebitato il doppio",
            ("il divano non arriva da settimane", "inoltre mi avete addebitato il doppio"),
        ),
        ("il divano non arriva", ()),
        ("il divano dell'ordine che ho fatto a marzo non è ancora arrivato a casa mia", ()),
    ],
)
def test_a_message_is_cut_where_something_is_added(text: str, parts: tuple[str, ...]):
    assert parts_of(text) == parts


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("inoltre la lampada è rotta", "la lampada è rotta"),
        ("e poi, la lampada è rotta", "la lampada è rotta"),
        ("la lampada è rotta", "la lampada è rotta"),
        ("in più", "in più"),
    ],
)
def test_what_adds_a_problem_is_no_part_of_it(part: str, said: str):
    assert bare(part) == said


def test_of_two_readings_the_surer_counts_for_each_part():
    one, other = np.array([[0.9, 0.1], [0.5, 0.5]]), np.array([[0.6, 0.4], [0.2, 0.8]])

    assert surer(one, other).tolist() == [[0.9, 0.1], [0.2, 0.8]]


def rows(first: float, second: float) -> np.ndarray:
    return np.array([[first, 0.0, 1 - first], [0.0, second, 1 - second]], np.float32)


def told(first: float, second: float, *, whole: str = INTENTS[0], letter: bool = False) -> list[str]:
    found = problems_in(PARTS, rows(first, second), INTENTS, whole=whole, letter=letter)
    return [problem.intent for problem in found]


def test_two_sure_parts_are_two_problems():
    assert told(0.8, 0.7) == list(INTENTS[:2])


def test_in_a_letter_only_what_is_added_in_so_many_words_is_another_problem():
    assert told(0.95, 0.95, letter=True) == []

    parts = ("a marzo ho ordinato un divano", "inoltre mi avete addebitato il doppio")
    found = problems_in(parts, rows(0.95, 0.95), INTENTS, whole=INTENTS[0], letter=True)
    assert [problem.intent for problem in found] == list(INTENTS[:2])


def test_parts_that_miss_what_the_whole_is_about_were_misread():
    assert told(0.8, 0.7, whole="praise") == []
