"""Questions about the company: answered when they were asked before in other words, else honestly not."""

from __future__ import annotations

import pytest

from bot.core.brand import Answer
from bot.nlu.answers import AnswerFinder

ANSWERS = (
    Answer("rate", ("si può pagare a rate?", "fate finanziamenti?", "posso dividere il pagamento"), "A rate sì."),
    Answer("resi", ("quanti giorni ho per il reso?", "come restituisco un articolo"), "Trenta giorni."),
    Answer("fattura", ("mi fate la fattura?", "mi serve fattura con partita iva"), "Fattura sì."),
)


@pytest.fixture(scope="module")
def finder() -> AnswerFinder:
    return AnswerFinder(ANSWERS)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("posso pagare a rate?", "A rate sì."),
        ("quanti giorni ho x il reso", "Trenta giorni."),
        ("Buongiorno, mi fate anche la fattura?", "Fattura sì."),
    ],
)
def test_a_question_asked_before_is_answered(finder: AnswerFinder, question: str, answer: str):
    assert finder.best(question) == answer


@pytest.mark.parametrize("question", ["quanto costa un biglietto per Roma?", "che tempo fa domani", "", "😂"])
def test_any_other_question_is_honestly_unknown(finder: AnswerFinder, question: str):
    assert finder.best(question) is None


def test_a_company_that_wrote_nothing_down_knows_nothing():
    assert AnswerFinder(()).best("si può pagare a rate?") is None
