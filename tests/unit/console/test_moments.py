from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.console.catalogue import load_texts
from bot.console.moments import Moments

NOW = datetime(2026, 11, 20, 23, 30, tzinfo=timezone.utc)  # already the 21st in Rome


def moments(language: str = "it") -> Moments:
    return Moments(load_texts()[language], ZoneInfo("Europe/Rome"), NOW)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=20), "adesso"),
        (timedelta(minutes=5), "5 minuti fa"),
        (timedelta(hours=3), "3 ore fa"),
        (timedelta(days=2), "2 giorni fa"),
        (timedelta(days=30), "22 ott"),
        (timedelta(days=400), "17 ott 2025"),
        (timedelta(seconds=-30), "adesso"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(passed, said):
    assert moments().ago(NOW - passed) == said


def test_days_change_at_the_brands_midnight():
    before_midnight_in_rome = datetime(2026, 11, 20, 22, 59, tzinfo=timezone.utc)

    assert moments().short(before_midnight_in_rome) == "ieri 23:59"
    assert moments().short(before_midnight_in_rome + timedelta(minutes=1)) == "oggi 00:00"
    assert not moments().same_day(before_midnight_in_rome, before_midnight_in_rome + timedelta(minutes=1))


def test_a_deadline_tomorrow_is_called_so():
    assert moments().short(NOW + timedelta(hours=36)) == "domani 12:30"


def test_english_readers_get_english_words():
    assert moments("en").ago(NOW - timedelta(minutes=5)) == "5 minutes ago"
    assert moments("en").day(NOW) == "today"


def test_a_wait_shorter_than_a_minute_is_not_zero_seconds():
    assert moments().waited(NOW) == "meno di un minuto"
