from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.core.facts import Fact, Facts
from bot.services import wording
from tests.fakes import MONDAY_MORNING, ROME, a_turn, fake_phrases


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 23, 13, 0, tzinfo=timezone.utc), "today|14:00"),
        (datetime(2026, 11, 23, 22, 59, tzinfo=timezone.utc), "today|23:59"),
        (datetime(2026, 11, 23, 23, 0, tzinfo=timezone.utc), "tomorrow|0:00"),
        (datetime(2026, 11, 24, 8, 5, tzinfo=timezone.utc), "tomorrow|9:05"),
        (datetime(2026, 11, 25, 8, 0, tzinfo=timezone.utc), "day|mercoledì 25 novembre|9:00"),
        (datetime(2027, 1, 1, 8, 0, tzinfo=timezone.utc), "day|venerdì 1 gennaio|9:00"),
    ],
)
def test_an_instant_is_said_as_people_say_it(at: datetime, words: str):
    assert wording.instant(fake_phrases, at, now=MONDAY_MORNING, zone=ROME) == words


def test_today_is_the_customers_today():
    """Half past eleven in the evening of Sunday in UTC is Monday in Rome."""
    night = datetime(2026, 11, 22, 23, 30, tzinfo=timezone.utc)

    assert wording.instant(fake_phrases, MONDAY_MORNING, now=night, zone=ROME) == "today|10:00"


def test_an_hour_after_summer_time_ends_is_said_right():
    at = datetime(2026, 10, 25, 8, 0, tzinfo=timezone.utc)

    assert wording.instant(fake_phrases, at, now=at - timedelta(days=1), zone=ROME) == "tomorrow|9:00"


@pytest.mark.parametrize(("minute", "rounded"), [(0, 0), (1, 30), (29, 30), (30, 30), (31, 60), (59, 60)])
def test_deadlines_are_rounded_up_to_the_half_hour(minute: int, rounded: int):
    assert wording.rounded(MONDAY_MORNING + timedelta(minutes=minute)) == MONDAY_MORNING + timedelta(minutes=rounded)


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("P1D", "1 giorno"),
        ("P45D", "45 giorni"),
        ("P3W", "3 settimane"),
        ("P2M", "2 mesi"),
        ("P1Y", "1 anno"),
        ("PT3H", ""),
        ("", ""),
    ],
)
def test_a_duration_in_words(iso: str, words: str):
    assert wording.duration(iso) == words


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a e b"), (["a", "b", "c"], "a, b e c")]
)
def test_a_list_in_italian(items: list[str], words: str):
    assert wording.listed(a_turn(), items) == words


def test_facts_are_read_back_as_they_were_said_and_once():
    facts = [Fact("place", "Padova", "padova"), Fact("place", "Padova", "padova"), Fact("amount", "12.50", "12,50 €")]

    assert wording.facts_line(a_turn(), facts) == "fact_place|padova, fact_amount|12,50 €"


def test_missing_facts_are_one_question():
    line = wording.missing_line(a_turn(), ["order_number|flight_or_train", "date"])

    assert line == "missing_order_number o missing_flight_or_train e missing_date"


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (Fact("order_number", "48213", "48213"), "about_order|48213"),
        (Fact("flight_or_train", "AZ1234", "az 1234"), "about_flight|AZ1234"),
        (Fact("flight_or_train", "W43120", "w4 3120"), "about_flight|W43120"),
        (Fact("flight_or_train", "Volo 61", "volo 61"), "about_flight|61"),
        (Fact("flight_or_train", "Frecciarossa 9412", "freccia rossa 9412"), "about_train|Frecciarossa 9412"),
        (Fact("flight_or_train", "IC 583", "ic 583"), "about_train|IC 583"),
        (Fact("flight_or_train", "Treno 9613", "treno 9613"), "about_train|9613"),
    ],
)
def test_what_it_is_about_follows_a_noun(fact: Fact, words: str):
    assert wording.about(a_turn(), Facts((fact,))) == words


def test_the_one_thing_named_now_says_it_best():
    turn = a_turn("il mio divano non arriva")
    turn.learn([Fact("product", "divano", "divano", 1)])
    order = Facts((Fact("order_number", "48213", "48213"),))

    thing = wording.the_thing(turn)
    assert thing == "il divano"
    assert wording.about(turn, Facts(), thing=thing) == "about_thing|il divano|"
    assert wording.about(turn, order, thing=thing) == "about_thing_of_order|il divano|48213"


def test_of_two_things_none_is_chosen():
    turn = a_turn("il divano e la sedia")
    turn.learn([Fact("product", "divano", "divano", 1), Fact("product", "sedia", "sedia", 1)])

    assert wording.the_thing(turn) is None


def test_nothing_known_is_about_nothing():
    assert wording.about(a_turn(), Facts((Fact("place", "Padova", "Padova"),))) == ""
