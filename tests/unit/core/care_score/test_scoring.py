"""What makes a score, and what has none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.care_score import SINS, STEPS, CareScore, OpenedCase, Transcript, score_care
from bot.core.care_score.scoring import POINTS, SHARES, earned, left
from bot.core.care_score.verdict import Evidence, Sin, Step
from tests.unit.core.care_score.talking import MORNING, PROBLEM, judged, talk

EVIDENCE = Evidence("perché sì")
ANSWER = "B: Tre giorni con la cucina allagata: scusaci. Ho avvisato il tecnico, entro domani alle 12 ti scrivo."


def steps(**degrees: float | None) -> list[Step]:
    return [Step(name, degrees.get(name, 0.0), EVIDENCE) for name in STEPS]


def test_the_points_of_all_steps_make_a_hundred():
    assert sum(POINTS.values()) == 100
    assert set(POINTS) == set(STEPS)
    assert set(SHARES) == set(SINS)


def test_a_step_that_was_not_called_for_leaves_its_points_to_the_others():
    assert earned(steps(act=1.0)) == pytest.approx(0.25)
    assert earned(steps(act=1.0, apologise=None)) == pytest.approx(25 / 85)


def test_a_sin_takes_its_share_and_half_of_it_when_committed_again():
    once, twice = [Sin("negazione", EVIDENCE)], [Sin("negazione", EVIDENCE)] * 2

    assert left([]) == 1
    assert left(once) == pytest.approx(0.75)
    assert left(twice) == pytest.approx(0.75 * 0.875)


def test_sins_beyond_the_fourth_of_a_kind_add_nothing():
    assert left([Sin("attesa", EVIDENCE)] * 4) == left([Sin("attesa", EVIDENCE)] * 9) > 0


def test_the_answer_that_the_product_holds_up_as_good_scores_high():
    score = judged(
        "C: È LA TERZA VOLTA CHE IL TECNICO NON SI PRESENTA, ordine 48213!!!",
        "B: Tre appuntamenti saltati per l'ordine 48213: tre mezze giornate buttate. Hai ragione, e ti chiedo scusa.\n"
        "Ho aperto la pratica T6QYJ5XIA e la seguo io fino in fondo: non dovrai raccontarla di nuovo a nessuno.\n"
        "Entro domani alle 12:00 ti scrivo qui la nuova data. Se non ce l'avessi ancora, te lo dico lo stesso.",
    )

    assert score.score == 95
    assert score.done(STEPS) == tuple(name for name in STEPS if name != "thank")
    assert score.sins == ()


@pytest.mark.parametrize(
    "text",
    [
        "ciao!",
        "che tempo fa da voi?",
        "siete chiusi a Ferragosto?",
        "grazie di tutto, siete stati gentilissimi",
        "oh che bella mail mi avete mandato, awesome!",
        "sei un bot?",
        "vendete anche a Malta?",
    ],
)
def test_small_talk_and_plain_questions_have_no_score_but_a_note(text: str):
    score = judged(f"C: {text}", "B: Ciao! Certo, siamo qui.")

    assert score.score is None
    assert score.note.startswith("Nessun problema")
    assert score.steps == score.sins == ()


@pytest.mark.parametrize(
    "text",
    [
        "mi avete fregato 30 euro",
        "la connessione è lentissima da stamattina",
        "ho la carta bloccata all'estero",
        "il volo è stato cancellato e siamo a terra",
        "aspetto il rimborso da due mesi",
        "mi è arrivato un colore diverso da quello ordinato",
        "il vostro fattorino è stato maleducato",
        "non riesco a disdire l'abbonamento",
        "vi ho scritto tre mail e niente",
        "sul sito diceva 19 euro e me ne avete presi 29",
        "manca il telecomando nella scatola",
        "mi hanno perso la bici",
        "la caldaia fa un rumore strano e non scalda",
    ],
)
def test_a_problem_told_in_any_words_has_a_score(text: str):
    assert judged(f"C: {text}", "B: Buongiorno.").score is not None


def test_a_problem_in_words_we_do_not_know_shows_in_how_it_is_answered():
    assert judged("C: la gelatiera fa le bizze", "B: Ti chiedo scusa, ne parte una nuova stasera.").score is not None


def test_where_messages_were_understood_their_intents_decide():
    said = talk("C: non funziona niente oggi, nemmeno io", "B: Capita.", "C: eh sì", "B: Un caffè?")
    heard = [replace(one, intent="chitchat" if one.is_customers else "") for one in said.messages]
    complaint = [replace(heard[0], intent="complaint_service_outage"), *heard[1:]]

    assert score_care(Transcript(tuple(heard))).score is None
    assert score_care(Transcript(tuple(complaint))).score is not None


def test_trolls_are_not_a_measure_of_care_unless_a_case_was_opened():
    said = talk("C: siete dei pagliacci, non funziona niente", "B: Che bello sentirti.")
    trolled = tuple(replace(one, verdict="troll" if one.is_customers else "") for one in said.messages)

    assert "provocazioni" in score_care(Transcript(trolled)).note
    assert score_care(Transcript(trolled, cases=(OpenedCase("T6QYJ5XIA", MORNING),))).score is not None


def test_a_conversation_in_which_no_customer_speaks_has_no_score():
    assert judged("B: Ciao!").note == "Il cliente non ha scritto niente."
    assert score_care(Transcript(())).score is None


def test_a_score_survives_its_json():
    score = judged(f"C: {PROBLEM}", "O: A noi risulta funzionante. Chiami il numero verde.")

    assert CareScore.from_dict(json.loads(json.dumps(score.as_dict()))) == score


def test_the_json_names_the_steps_of_both_methods():
    told = judged(f"C: {PROBLEM}", ANSWER).as_dict()

    assert told["latte"] == ["listen", "acknowledge", "act", "explain"]
    assert told["learn"] == ["listen", "acknowledge", "apologise", "react_now", "explain"]


def test_a_plain_transcript_may_have_times_without_a_zone():
    rows = [{"at": "2026-11-23T09:00", "author": "customer", "text": PROBLEM}]

    assert Transcript.of(rows).messages[0].at == MORNING


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "?", "!!!", "🙂", "." * 3000, "a" * 10_000, "non " * 2000, '«"“' * 500]
)
def test_any_text_can_be_judged_on_both_sides(text: str):
    assert judged(f"C: {PROBLEM}", f"O: {text}", f"C: {text}", f"O: {text}").score is not None
