"""Asking for what was known already."""

from __future__ import annotations

import pytest

from tests.unit.core.care_score.talking import PROBLEM, judged, sins, the

BROKEN = "Il tavolo è arrivato rotto"


@pytest.mark.parametrize(
    ("given", "question"),
    [
        ("l'ordine è il 7781209", "Mi indica il numero d'ordine?"),
        ("ordine n. 55-B", "Ci può fornire il codice dell'ordine?"),
        ("contratto CM-20457", "Mi conferma il numero di contratto?"),
        ("sono al 347 1234567", "Ci lascia un recapito telefonico?"),
        ("mail anna@posta.example", "Può indicarmi la sua email?"),
        ("abito in via Verdi 12 a Lecco", "Mi dà l'indirizzo di consegna?"),
        ("è successo lunedì 16", "Che giorno era?"),
        ("ho pagato 349 euro", "Quanto ha pagato?"),
        ("IT60X0542811101000000123456", "Le chiediamo di indicarci l'IBAN."),
        ("RSSMRA80A01H501U", "Serve il codice fiscale."),
        ("mi chiamo Teresa Lupi", "Mi dice nome e cognome?"),
    ],
)
def test_a_fact_given_once_may_not_be_asked_for(given: str, question: str):
    assert "asked_twice" in sins(judged(f"C: {BROKEN}, {given}", f"O: {question}"))
    assert "asked_twice" not in sins(judged(f"C: {BROKEN}", f"O: {question}"))


def test_the_answer_to_a_question_is_remembered_by_whoever_comes_next():
    said = [f"C: {BROKEN}", "B: Mi dici il numero d'ordine?", "C: eccolo: 7781", "O: Mi fornisce il numero d'ordine?"]

    assert the(judged(*said), "asked_twice").evidence.message == 4


def test_asking_for_something_else_is_no_sin():
    said = [f"C: {BROKEN}", "B: Mi dici il numero d'ordine?", "C: eccolo: 7781", "O: Grazie. E l'indirizzo qual è?"]

    assert "asked_twice" not in sins(judged(*said))


def test_repeating_a_fact_to_be_sure_is_not_asking_for_it():
    said = [f"C: {BROKEN}, sono al 347 1234567", "O: Ti chiamo al 347 1234567, va bene?"]

    assert "asked_twice" not in sins(judged(*said))


@pytest.mark.parametrize("question", ["Mi spieghi il problema.", "Salve, come posso aiutarla?", "Di cosa si tratta?"])
def test_the_story_may_not_be_asked_for_once_it_is_told(question: str):
    assert "asked_twice" in sins(judged(f"C: {PROBLEM}", f"O: {question}"))
    assert "asked_twice" not in sins(judged("C: buongiorno", f"O: {question}", f"C: {PROBLEM}"))


def test_asking_for_anything_else_at_the_end_is_courtesy():
    said = [
        f"C: {PROBLEM}",
        "O: Ho avvisato il tecnico: arriva oggi alle 15.",
        "C: grazie",
        "O: Posso aiutarti in altro?",
    ]

    assert "asked_twice" not in sins(judged(*said))


def test_whoever_says_that_they_told_us_is_believed():
    said = [f"C: {PROBLEM}. Il modello è X200", "O: Che modello è la macchina?", "C: ve l'ho già scritto", "O: Scusi."]

    assert the(judged(*said), "asked_twice").evidence.message == 3
