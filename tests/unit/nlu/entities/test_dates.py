from datetime import date

import pytest

from bot.nlu.entities.calendar_rules import day_of_month, easter, weekday
from tests.unit.nlu.entities.reading import found, mentions, values, waited


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("oggi", "2026-11-21"),
        ("ieri", "2026-11-20"),
        ("l'altro ieri", "2026-11-19"),
        ("l’altroieri", "2026-11-19"),
        ("stamattina", "2026-11-21"),
        ("stasera", "2026-11-21"),
        ("domani", "2026-11-22"),
        ("dopodomani", "2026-11-23"),
        ("lunedì", "2026-11-16"),
        ("lunedi", "2026-11-16"),
        ("LUNEDI' NIENTE", "2026-11-16"),
        ("lunedì scorso", "2026-11-16"),
        ("lo scorso lunedì", "2026-11-16"),
        ("venerdì prossimo", "2026-11-27"),
        ("entro lunedì", "2026-11-23"),
        ("per martedì prossimo", "2026-11-24"),
        ("doveva arrivare per martedì", "2026-11-17"),
        ("la consegna slitta a venerdì", "2026-11-27"),
        ("sabato", "2026-11-14"),
        ("giovedì 12", "2026-11-12"),
        ("lunedì della settimana scorsa", "2026-11-09"),
        ("tre giorni fa", "2026-11-18"),
        ("3 gg fa", "2026-11-18"),
        ("un paio di giorni fa", "2026-11-19"),
        ("un mese fa", "2026-10-21"),
        ("fra due settimane", "2026-12-05"),
        ("entro fine mese", "2026-11-30"),
        ("a fine marzo", "2026-03-31"),
        ("sett scorsa", "2026-11-09/2026-11-15"),
        ("la prossima settimana", "2026-11-23/2026-11-29"),
        ("il mese scorso", "2026-10-01/2026-10-31"),
        ("nel weekend", "2026-11-21/2026-11-22"),
        ("a Natale ho comprato", "2025-12-25"),
        ("per Natale", "2026-12-25"),
        ("ferragosto", "2026-08-15"),
        ("Pasqua", "2026-04-05"),
        ("il 5 marzo", "2026-03-05"),
        ("5 marzo 2024", "2024-03-05"),
        ("il due novembre", "2026-11-02"),
        ("primo maggio", "2026-05-01"),
        ("8 nov. ore 9", "2026-11-08"),
        ("12/03", "2026-03-12"),
        ("12/03/24", "2024-03-12"),
        ("3.5.2025", "2025-05-03"),
        ("2025-05-03", "2025-05-03"),
        ("31/12", "2025-12-31"),
        ("entro il 31/12", "2026-12-31"),
        ("il 14", "2026-11-14"),
        ("il 29 mattina", "2026-10-29"),
        ("entro il 12", "2026-12-12"),
        ("17 u.s.", "2026-11-17"),
        ("il 29 febbraio", "2024-02-29"),
        ("a gennaio", "2026-01-01/2026-01-31"),
        ("dal 3 al 7 maggio", "2026-05-03/2026-05-07"),
    ],
)
def test_a_day_is_resolved_from_the_day_of_writing(text, value):
    if text == "17 u.s.":
        text = "del 17 u.s."
    assert values(text, "date") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "consegnate anche il sabato?",
        "ogni lunedì la stessa storia",
        "sempre di venerdì",
        "24/7",
        "il 60% di sconto",
        "il 31/02",
        "il 30 febbraio",
        "via XXV Aprile 12",
        "piazza 4 Novembre",
        "buon Natale a tutti",
        "i giovani d'oggi",
        "non sono nata ieri",
        "sono cliente da 20 anni",
        "il 3 tentativo",
        "arrivano in due giorni",
        "il 48213",
    ],
)
def test_habits_scores_streets_and_idioms_are_no_day(text):
    assert values(text, "date") == []


@pytest.mark.parametrize(
    ("text", "first", "duration"),
    [
        ("da tre settimane", "2026-10-31", "P3W"),
        ("da un mese e mezzo", "2026-10-06", "P1M15D"),
        ("da 2 gg", "2026-11-19", "P2D"),
        ("da trentadue giorni", "2026-10-20", "P32D"),
        ("sn 3 mesi ke aspetto", "2026-08-21", "P3M"),
    ],
)
def test_a_duration_gives_its_first_day_and_says_since(text, first, duration):
    (mention,) = mentions(text)

    assert (mention.value, mention.extra) == (first, {"duration": duration, "since": True})


@pytest.mark.parametrize("text", ["da lunedì", "dal 5 marzo", "da ieri"])
def test_a_day_behind_da_is_a_beginning(text):
    (mention,) = mentions(text)

    assert mention.extra["since"] is True


def test_the_part_of_the_day_is_kept():
    assert [one.extra.get("part") for one in mentions("ieri sera, stamattina, domani pomeriggio")] == [
        "evening",
        "morning",
        "afternoon",
    ]


def test_the_written_words_are_marked_without_their_article():
    assert found("Doveva arrivare il 5 marzo.", "date") == [("5 marzo", "2026-03-05")]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("da tre settimane senza telefono", "P3W"),
        ("aspetto da ieri", "P1D"),
        ("ho aspettato 2 ore", "PT2H"),
        ("in attesa da 47 minuti", "PT47M"),
        ("da due giorni chiamo, in tutto sono tre settimane che aspetto", "P3W"),
        ("cliente da 20 anni", None),
        ("arriva domani", None),
    ],
)
def test_the_longest_wait_counts_but_not_the_years_as_a_customer(text, duration):
    assert waited(text) == duration


@pytest.mark.parametrize(("year", "sunday"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2038, (4, 25))])
def test_easter_is_where_the_church_puts_it(year, sunday):
    assert easter(year) == date(year, *sunday)


def test_the_same_weekday_as_today_is_a_week_off():
    saturday = date(2026, 11, 21)

    assert weekday(5, saturday, ahead=False) == date(2026, 11, 14)
    assert weekday(5, saturday, ahead=True) == date(2026, 11, 28)


def test_a_day_that_no_year_has_is_none():
    assert day_of_month(31, 2, date(2026, 11, 21), ahead=False) is None


def test_sent_yesterday_in_roman_is_not_born_yesterday():
    assert values("chi m'avete mannato ieri a montà l'armadio", "date") == ["2026-11-20"]
    assert values("non sono mica nato ieri", "date") == []
