"""The sins that lie in the course of a conversation: silence, waiting, late action, and what undoes the spoken ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.care_score import GivenPromise, Message, OpenedCase, Transcript, score_care
from tests.unit.core.care_score.talking import MORNING, PROBLEM, answered, judged, sins, talk, the

CARING = (
    "O: Tre giorni con la cucina allagata: ti chiedo scusa. Ho avvisato il tecnico, entro domani alle 12 ti scrivo."
)


def committed(*said: str) -> set[str]:
    return sins(judged(f"C: {PROBLEM}", *said))


def test_nothing_is_found_in_a_caring_answer():
    assert committed(CARING, "C: va bene, grazie") == set()


def test_a_problem_that_nobody_answers_is_silence_and_worth_nothing():
    score = judged(f"C: {PROBLEM}")

    assert sins(score) == {"zittismo"}
    assert score.score == 0


@pytest.mark.parametrize("last", ["va bene, grazie mille", "ok", "va beh", "👍", "a domani"])
def test_a_farewell_needs_no_answer(last: str):
    assert "zittismo" not in committed(CARING, f"C: {last}")


def test_a_last_question_needs_one():
    silent = judged(f"C: {PROBLEM}", CARING, "C: e per il parquet rovinato?")

    assert the(silent, "zittismo").evidence.message == 3


@pytest.mark.parametrize(("hours", "silent"), [(20, False), (30, True)])
def test_more_than_a_day_without_an_answer_is_silence(hours: int, silent: bool):
    assert ("zittismo" in committed(f"+{hours}h {CARING}")) is silent


def test_a_weekend_does_not_count():
    friday = MORNING - timedelta(days=3) + timedelta(hours=8)
    messages = (
        Message(1, "customer", PROBLEM, friday),
        Message(2, "operator", CARING.removeprefix("O: "), MORNING + timedelta(hours=1)),
    )

    assert sins(score_care(Transcript(messages))) == set()


def test_who_has_to_write_again_within_hours_was_met_with_silence():
    silent = judged(f"C: {PROBLEM}", "+2h C: c'è qualcuno?", f"+3h {CARING}")

    assert the(silent, "zittismo").evidence.sentence.endswith("dopo 3 ore.")


def test_a_story_in_several_messages_is_not_writing_again():
    assert committed("C: ah, e il mio numero è 333 1234567", f"+30m {CARING}") == set()


def test_the_night_does_not_count_for_who_writes_again():
    evening = MORNING.replace(hour=22)
    times = (evening, evening + timedelta(minutes=20), evening + timedelta(hours=10))
    texts = ((PROBLEM, "customer"), ("c'è qualcuno?", "customer"), (CARING.removeprefix("O: "), "operator"))
    messages = tuple(
        Message(number, author, text, at)
        for number, ((text, author), at) in enumerate(zip(texts, times, strict=True), start=1)
    )

    assert "zittismo" not in sins(score_care(Transcript(messages)))


def test_acting_only_when_they_shout_is_late():
    late = judged(
        f"C: {PROBLEM}",
        "O: Buongiorno, ci dica pure.",
        "C: COME SAREBBE CI DICA PURE!! HO L'ACQUA IN CASA, VERGOGNATEVI",
        "O: Ho avvisato il tecnico, arriva oggi alle 15.",
    )

    assert the(late, "late_action").evidence.message == 4


def test_acting_only_after_two_reminders_is_late():
    said = ["O: Vedo.", "+5h C: novità?", "+6h O: Vedo ancora.", "+9h C: allora?", "+10h O: Ho prenotato il tecnico."]

    assert "late_action" in committed(*said)


def test_acting_before_they_get_angry_is_not_late():
    said = [CARING, "C: non vi credo più, VERGOGNA!!", "O: Hai ragione. Ho sentito il tecnico: passa oggi alle 15."]

    assert "late_action" not in committed(*said)


def test_never_acting_while_they_insist_is_late_for_ever():
    said = ["O: Vedo.", "+5h C: allora??", "+6h O: Vedo ancora.", "+9h C: ridicoli, mando tutto all'avvocato"]
    score = judged(f"C: {PROBLEM}", *said, "+10h O: Comprendiamo.")

    assert the(score, "late_action").evidence.message == 5


def test_what_was_heard_in_a_message_goes_before_what_we_guess():
    said = talk(f"C: {PROBLEM}", "O: Buongiorno.", "C: ma insomma.", "O: Ho prenotato il tecnico.")
    calm, furious = (
        tuple(
            Message(one.number, one.author, one.text, one.at, temperature=level if one.number == 3 else 0)
            for one in said.messages
        )
        for level in (0, 4)
    )

    assert "late_action" not in sins(score_care(Transcript(calm)))
    assert "late_action" in sins(score_care(Transcript(furious)))


def test_a_case_opened_in_time_is_action_in_time():
    said = talk(f"C: {PROBLEM}", "B: Ti leggo.", "C: VERGOGNA!! DOVE SIETE", "B: Ti leggo ancora.")
    early, late = MORNING + timedelta(minutes=1), MORNING + timedelta(minutes=9)
    scores = [score_care(Transcript(said.messages, cases=(OpenedCase("T6QYJ5XIA", at),))) for at in (early, late)]

    assert ["late_action" in sins(score) for score in scores] == [False, True]


def test_whoever_gets_no_deadline_and_asks_again_was_made_to_wait():
    said = ["O: Mi dispiace per la lavastoviglie che perde, la cucina allagata la vedo.", "+5h C: ci sono novità?"]
    score = judged(f"C: {PROBLEM}", *said, "+6h O: Sì: il tecnico arriva oggi alle 18.")

    assert the(score, "attesa").evidence.message == 3


def test_asking_again_before_the_promised_hour_is_nobodys_sin():
    assert committed(CARING, "+3h C: novità?", "+4h O: Sì: il tecnico arriva oggi alle 18.") == set()


def test_a_promised_hour_that_passes_in_silence_is_waiting():
    said = ["O: Le scrivo entro oggi alle 12:00.", "+6h C: sono le tre, avevate detto entro le 12"]
    score = judged(f"C: {PROBLEM}", *said, "+7h O: Mi scusi.")

    assert the(score, "attesa").evidence.message == 2


def test_a_promised_hour_that_is_kept_is_not():
    said = ["O: Le scrivo entro oggi alle 12:00.", "+2h O: Eccomi: il tecnico passa alle 18 di oggi.", "+6h C: allora?"]

    assert "attesa" not in committed(*said, "+6.1h O: Sta arrivando.")


def test_a_promise_that_the_book_calls_broken_is_waiting():
    broken = GivenPromise(MORNING, MORNING + timedelta(hours=2), "broken")
    score = score_care(talk(f"C: {PROBLEM}", CARING, promises=(broken,)))

    assert the(score, "attesa").evidence.message is None


def test_one_moment_that_lasts_a_moment_is_no_waiting():
    assert "attesa" not in committed("O: Un attimo che controllo.", "O: Il tecnico è libero, l'ho prenotato per le 17.")
    assert "attesa" in committed("O: Un attimo che controllo.", "+4h C: allora?", "+5h O: Eccomi.")


def test_a_vague_word_while_a_promise_stands_is_no_waiting():
    said = [CARING, "+3h O: Il tecnico è partito dalla sede, tra poco suona alla porta."]

    assert "attesa" not in committed(*said)


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Il pacco non è mai arrivato", "Il pacco è stato consegnato martedì."),
        ("Nessuno mi ha mai richiamato, è una settimana che aspetto", "Buongiorno, la abbiamo richiamata ieri."),
        ("Il rimborso di marzo non è mai stato accreditato", "Buongiorno, l'importo è stato accreditato il 3 aprile."),
    ],
)
def test_affirming_what_the_customer_has_just_denied_is_denial(problem: str, answer: str):
    assert "negazione" in sins(answered(answer, problem=problem))


@pytest.mark.parametrize(
    "answer",
    [
        "Il pacco è stato consegnato a un altro portone: lo recupero io, ho chiamato il corriere.",
        "Risulta consegnato, ma le credo.",
        "Risulta consegnato, e la colpa è nostra.",
        "Risulta consegnato: entro oggi alle 18:00 le scrivo dove.",
    ],
)
def test_a_denial_is_undone_by_belief_owning_up_an_act_or_a_promise(answer: str):
    assert "negazione" not in sins(answered(answer, problem="Il pacco non è mai arrivato"))


def test_news_that_the_customer_confirms_is_no_denial():
    said = [CARING, "O: Il guasto risulta risolto.", "C: sì, adesso funziona"]

    assert "negazione" not in committed(*said)


def test_an_emergency_number_sends_nobody_away():
    assert "sent_elsewhere" not in committed("O: Se esce fumo, esca e chiami il 112; il tecnico l'ho già avvisato.")


def test_other_peoples_words_in_quotation_marks_are_not_ours():
    assert committed("O: “Si rivolga al negozio”: così le hanno risposto, e aveva ragione a non farlo.") == set()
