from __future__ import annotations

import pytest

from bot.core.article import with_article


@pytest.mark.parametrize(
    ("thing", "text", "said"),
    [
        ("divano", "il divano non arriva", "il divano"),
        ("divano", "che fine ha fatto il mio divano?", "il divano"),
        ("armadio", "dovevate montare l'armadio ieri", "l'armadio"),
        ("armadio", "un’anta dell’armadio è rotta", "l'armadio"),
        ("poltrona", "parlo della poltrona", "la poltrona"),
        ("specchio", "lo specchio è crepato", "lo specchio"),
        ("sedie", "le nostre sedie", "le sedie"),
        ("LAVATRICE", "LA LAVATRICE PERDE", "la lavatrice"),
        ("libreria Faggio", "la libreria Faggio (ordine 52609)", "la libreria Faggio"),
    ],
)
def test_the_article_is_the_customers(thing: str, text: str, said: str):
    assert with_article(thing, text) == said


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        ("divano", "divano mai arrivato"),
        ("divano", "tre divani"),
        ("forno", "il fornello"),
        ("x" * 60, "il " + "x" * 60),
    ],
)
def test_what_the_text_does_not_tell_is_not_guessed(thing: str, text: str):
    assert with_article(thing, text) is None
