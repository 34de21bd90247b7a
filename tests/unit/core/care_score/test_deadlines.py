"""When the deadlines that a company names fall."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.core.care_score.deadlines import deadlines
from tests.unit.core.care_score.talking import reading


def named(text: str) -> list[tuple[str, bool]]:
    """Deadlines said on Monday 23 November 2026 at 9:02, as `month-day hour:minute`."""
    return [(f"{one.due:%m-%d %H:%M}", one.exact) for one in deadlines(reading(text))]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Entro domani alle 12:00 ti scrivo.", "11-24 12:00"),
        ("Le scrivo dopodomani entro le 18.", "11-25 18:00"),
        ("Il tecnico arriva giovedì tra le 9 e le 11.", "11-26 11:00"),
        ("Entro mezzogiorno di domani la chiamo.", "11-24 12:00"),
        ("La consegna è fissata per il 2 dicembre alle ore 10.", "12-02 10:00"),
        ("Arriva il 27/11 alle 8.30.", "11-27 08:30"),
        ("Entro le 17 ti confermo tutto.", "11-23 17:00"),
        ("Domani vengono a cambiare la scheda. Se alle 9:00 non va te lo dico.", "11-24 09:00"),
        ("Il bonifico arriva il 4 gennaio entro le 24.", "01-04 23:59"),
    ],
)
def test_day_and_hour_make_an_exact_deadline(text: str, due: str):
    assert named(text)[-1] == (due, True)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Ti scrivo entro domani.", "11-24 23:59"),
        ("Entro 48 ore avrà una risposta.", "11-25 09:02"),
        ("Dacci mezz'ora.", "11-23 09:32"),
        ("Il rimborso arriva in 5 giorni lavorativi.", "11-30 09:02"),
        ("Passa lunedì.", "11-30 23:59"),
    ],
)
def test_a_day_or_a_span_alone_is_half_a_deadline(text: str, due: str):
    assert named(text) == [(due, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Il tecnico doveva venire mercoledì alle 9.",
        "Ieri alle 11:32 il corriere è passato.",
        "Preferisce domani alle 9 o alle 15?",
        "Siamo aperti dal lunedì al venerdì.",
        "Le 3 scatole sono in magazzino.",
        "Chiami domani alle 9 il numero verde.",
        "Buona giornata.",
    ],
)
def test_recollections_questions_and_orders_commit_to_nothing(text: str):
    assert named(text) == []


def test_a_date_that_cannot_be_is_no_reason_to_fail():
    assert isinstance(deadlines(reading("Arriva il 31 febbraio alle 10."))[0].due, datetime)
