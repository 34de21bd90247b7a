"""How far each step of LATTE and LEARN was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.care_score import GivenPromise, OpenedCase, Step, score_care
from tests.unit.core.care_score.talking import MORNING, PROBLEM, answered, degree, judged, talk

CARING = (
    "O: Tre giorni con la cucina allagata: ti chiedo scusa. Ho avvisato il tecnico, entro domani alle 12 ti scrivo qui."
)


def step(name: str, *said: str) -> Step:
    return next(one for one in judged(*said).steps if one.name == name)


@pytest.mark.parametrize(
    "answer",
    [
        "Tre giorni con la cucina allagata e la lavastoviglie che perde: mi dispiace davvero.",
        "Acqua per terra da tre giorni, in cucina, con una macchina nuova: hai tutte le ragioni.",
        "La lavastoviglie dell'ordine 55120 perde e la cucina è sott'acqua: capisco che non si possa aspettare.",
        "Una lavastoviglie che allaga la cucina non può aspettare.",
    ],
)
def test_the_problem_is_acknowledged_when_it_is_called_by_its_name(answer: str):
    assert (degree(answered(answer), "acknowledge") or 0) >= 0.75


@pytest.mark.parametrize(
    "answer", ["Capisco benissimo la rabbia.", "Ha ragione, una cosa del genere non doveva succedere."]
)
def test_feeling_without_naming_anything_is_half_an_acknowledgement(answer: str):
    assert degree(answered(answer), "acknowledge") == 0.5


@pytest.mark.parametrize(
    "answer",
    [
        "Ci scusiamo per il disagio.",
        "Grazie per averci contattato.",
        "La sua segnalazione è importante per noi.",
        "Mi dà il numero dell'ordine della lavastoviglie?",
        "A noi la lavastoviglie risulta funzionante.",
        "Gentile cliente, sono l'assistente della lavastoviglie.",
    ],
)
def test_formulas_questions_and_denials_acknowledge_nothing(answer: str):
    assert degree(answered(answer), "acknowledge") == 0


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("La colpa è nostra: la lavastoviglie andava provata prima di spedirla.", 1.0),
        ("Ti chiedo scusa: tre giorni con la cucina allagata sono troppi.", 1.0),
        ("Abbiamo sbagliato noi, e me ne scuso.", 1.0),
        ("Ci scusiamo per il disagio.", 0.5),
        ("Siamo spiacenti per l'inconveniente.", 0.5),
        ("Mi dispiace.", 0.5),
        ("Mi dispiace, ma la garanzia è scaduta.", 0.0),
        ("Mi scusi, può ripetere il numero d'ordine?", 0.0),
        ("Scusi, con chi parlo?", 0.0),
        ("Ho letto il messaggio.", 0.0),
    ],
)
def test_an_apology_is_worth_what_it_names_and_nothing_when_taken_back(answer: str, expected: float):
    assert degree(answered(answer), "apologise") == expected


def test_an_apology_that_comes_late_is_worth_half():
    late = degree(
        judged(
            f"C: {PROBLEM}",
            "O: Buongiorno.",
            "C: allora?",
            "O: Vediamo.",
            "C: e quindi?",
            "O: Tre giorni con la cucina allagata: ti chiedo scusa.",
        ),
        "apologise",
    )

    assert late == 0.5


def test_no_apology_is_due_when_nobody_was_wronged():
    asked = talk("C: vorrei disdire l'abbonamento", "O: Fatto, ho annullato il rinnovo.")
    score = score_care(replace(asked, cases=(OpenedCase("T6QYJ5XIA", MORNING),)))

    assert degree(score, "apologise") is None
    assert score.score is not None


@pytest.mark.parametrize(
    "answer",
    [
        "Ho aperto la pratica e ho avvisato il tecnico.",
        "Le ho prenotato un tecnico per domani.",
        "Ti mando oggi stesso un idraulico.",
        "Abbiamo disposto la sostituzione della macchina.",
        "Sto già parlando con il tecnico di zona.",
        "Ne parte una nuova stasera.",
        "Ti rimborso i 40 euro del trasporto.",
        "Il rimborso è partito questa mattina.",
        "Chiamo io il tecnico.",
        "La sostituisco con una nuova.",
        "Il tecnico è stato avvisato e parte adesso.",
        "Sbloccata. Prova adesso.",
    ],
)
def test_doing_something_concrete_is_acting(answer: str):
    assert degree(answered(answer), "act") == 1


@pytest.mark.parametrize(
    "answer",
    [
        "Inoltro la segnalazione al reparto tecnico.",
        "Faccio una verifica.",
        "Abbiamo preso in carico la richiesta.",
        "Ho aperto una verifica con il corriere.",
        "Me ne occupo io.",
        "Ho girato tutto ai colleghi.",
    ],
)
def test_announcing_and_passing_on_is_half_an_act(answer: str):
    assert degree(answered(answer), "act") == 0.5


@pytest.mark.parametrize(
    "answer",
    [
        "Grazie per averci scritto.",
        "Non abbiamo ancora aperto la pratica.",
        "Non le ho ancora prenotato il tecnico.",
        "Vuole che apra una pratica?",
    ],
)
def test_what_was_not_done_or_only_asked_is_no_act(answer: str):
    assert degree(answered(answer), "act") == 0


def test_a_case_opened_beside_the_chat_is_an_act_with_its_code_for_evidence():
    told = talk(f"C: {PROBLEM}", "B: Ti leggo.", cases=(OpenedCase("T6QYJ5XIA", MORNING + timedelta(minutes=1)),))
    acted = next(one for one in score_care(told).steps if one.name == "act")

    assert acted.degree == 1
    assert "T6QYJ5XIA" in acted.evidence.sentence
    assert acted.evidence.message == 2


def test_acting_in_the_first_answer_is_reacting_now():
    assert degree(judged(f"C: {PROBLEM}", CARING), "react_now") == 1


def test_acting_after_one_reminder_is_half_and_after_two_not_at_all():
    slow = [f"C: {PROBLEM}", "O: Buongiorno, vedo.", "C: allora?"]
    slower = [*slow, "O: Vedo ancora.", "C: allora??"]

    assert degree(judged(*slow, CARING), "react_now") == 0.5
    assert degree(judged(*slower, CARING), "react_now") == 0


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Entro domani alle 12:00 ti scrivo chi viene.", 1.0),
        ("Il tecnico arriva mercoledì 25 tra le 9 e le 11.", 1.0),
        ("Entro le 17 di oggi le confermo l'orario.", 1.0),
        ("Il bonifico arriva il 26 novembre entro le 18:00.", 1.0),
        ("Il tecnico passa giovedì.", 0.5),
        ("Entro 48 ore avrai una risposta.", 0.5),
        ("Il rimborso arriva in 5 giorni lavorativi.", 0.5),
        ("Mercoledì alle 9 doveva venire il tecnico.", 0.0),
        ("Grazie.", 0.0),
        ("Chiami dal lunedì al venerdì dalle 9 alle 18.", 0.0),
    ],
)
def test_explaining_ends_with_a_day_and_an_hour(answer: str, expected: float):
    assert degree(answered(answer), "explain") == expected


def test_a_promise_in_the_book_is_an_explanation_too():
    promised = GivenPromise(MORNING, MORNING + timedelta(hours=4))

    assert degree(score_care(talk(f"C: {PROBLEM}", "B: Ti leggo.", promises=(promised,))), "explain") == 1


def test_what_was_done_at_once_and_works_needs_no_deadline():
    done = judged(f"C: {PROBLEM}", "O: Il tecnico passa oggi: l'ho avvisato adesso.", "C: venuto, adesso funziona!")

    assert degree(done, "explain") == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Grazie per avercelo detto.", 1.0),
        ("Ti ringrazio per la foto.", 1.0),
        ("Grazie per averci contattato.", 0.5),
        ("Grazie per la pazienza.", 0.0),
        ("La ringraziamo per la comprensione.", 0.0),
    ],
)
def test_thanks_count_for_what_was_given_not_for_patience(answer: str, expected: float):
    assert degree(answered(answer), "thank") == expected


def test_listening_is_the_share_of_turns_that_were_taken_up():
    heard = step(
        "listen", f"C: {PROBLEM}", CARING, "C: e il parquet della cucina è rovinato", "O: Certo, buona serata."
    )

    assert heard.degree == 0.5


def test_who_asks_twice_has_listened_half_at_most():
    assert degree(judged(f"C: {PROBLEM}", CARING + " Mi indica il numero d'ordine?"), "listen") == 0.5


def test_several_messages_in_a_row_are_one_story():
    heard = step("listen", "C: la lavastoviglie perde", "C: da tre giorni", "C: ho la cucina allagata", CARING)

    assert heard.degree == 1


@pytest.mark.parametrize(
    "answer",
    [
        "Tre giorni con la cucina allagata: le chiedo scusa. Ho avvisato il tecnico, entro domani alle 12 le scrivo.",
        "Tre giorni con la cucina allagata: vi chiedo scusa. Abbiamo avvisato il tecnico, domani alle 12 vi scriviamo.",
        CARING.removeprefix("O: "),
    ],
    ids=["lei", "voi", "tu"],
)
def test_the_form_of_address_makes_no_difference(answer: str):
    by_person, by_bot = judged(f"C: {PROBLEM}", f"O: {answer}"), judged(f"C: {PROBLEM}", f"B: {answer}")

    assert by_person.score == by_bot.score == 95
