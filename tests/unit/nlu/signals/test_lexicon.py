from __future__ import annotations

import time

import pytest

from bot.nlu.signals.lexicon import Hit, Lexicon, italian_lexicon
from bot.nlu.signals.words import read_words

PHRASES = [
    ("gas", "odore|puzza di gas"),
    ("gas", "fuga ... gas"),
    ("gas", "! fuga ... cervelli"),
    ("rude", "cretin*"),
    ("rude", "testa di _"),
    ("rude", "! testa di serie"),
    ("wait", "aspetto"),
    ("wait", "aspetto da giorni"),
]


@pytest.mark.parametrize(
    ("message", "hits"),
    [
        ("sento odore di gas", [Hit("gas", 1, 4)]),
        ("sento puzza di gas", [Hit("gas", 1, 4)]),
        ("l'odore di pane", []),
        ("che cretinata", [Hit("rude", 1, 2)]),
        ("testa di rapa", [Hit("rude", 0, 3)]),
        ("testa di serie", []),
        ("una fuga di molto gas", [Hit("gas", 1, 5)]),
        ("una fuga di uno due tre quattro gas", []),
        ("fuga di cervelli e gas", []),
        ("aspetto da giorni", [Hit("wait", 0, 3)]),
        ("aspetto", [Hit("wait", 0, 1)]),
        ("", []),
    ],
)
def test_phrases_are_found(message: str, hits: list[Hit]):
    assert Lexicon(PHRASES).find(read_words(message)) == hits


@pytest.mark.parametrize("worst", ["non mi " * 1500, "sei " * 2500, "mi avete " * 1200, "fuga di " * 1250])
def test_the_time_to_read_grows_with_the_length_and_no_faster(worst: str):
    lexicon = italian_lexicon()

    def seconds(message: str) -> float:
        words = read_words(message)
        started = time.process_time()
        lexicon.find(words)
        return time.process_time() - started

    assert seconds(worst) < 40 * seconds(worst[: len(worst) // 10]) + 0.05


def test_every_line_of_the_lexicons_is_written_as_words_are_read():
    from bot.nlu.signals.lexicon import _DATA, _phrases

    odd = [
        (path.stem, phrase)
        for path in _DATA.glob("*.txt")
        for phrase in _phrases(path)
        if phrase != phrase.lower() or any(sign in phrase for sign in "àèéìòù'\",;?")
    ]

    assert odd == []
