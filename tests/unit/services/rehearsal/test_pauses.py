from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.rehearsal.pauses import parse_pause

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("2 days", 2 * DAY),
        ("2d", 2 * DAY),
        ("2 giorni", 2 * DAY),
        ("1 day", DAY),
        ("+3 days", 3 * DAY),
        ("un giorno", DAY),
        ("tre giorni", 3 * DAY),
        ("10 gg", 10 * DAY),
        ("a week", 7 * DAY),
        ("1 settimana", 7 * DAY),
        ("P2D", 2 * DAY),
        ("P1W", 7 * DAY),
        ("P1DT12H", 36 * HOUR),
        ("PT90M", 90 * MINUTE),
        ("26 hours", 26 * HOUR),
        ("36h", 36 * HOUR),
        ("1h30", 90 * MINUTE),
        ("1h 30m", 90 * MINUTE),
        ("2 days and 3 hours", 2 * DAY + 3 * HOUR),
        ("2 giorni e 3 ore", 2 * DAY + 3 * HOUR),
        ("un'ora", HOUR),
        ("mezz'ora", 30 * MINUTE),
        ("half an hour", 30 * MINUTE),
        ("un giorno e mezzo", 36 * HOUR),
        ("1,5 giorni", 36 * HOUR),
        ("1.5 hours", 90 * MINUTE),
        ("40 minutes", 40 * MINUTE),
        ("30 sec", timedelta(seconds=30)),
        ("36:00", 36 * HOUR),
        ("40", 40 * MINUTE),
        (40, 40 * MINUTE),
        ("0", timedelta(0)),
        ({"days": "2"}, 2 * DAY),
        ({"giorni": "1", "ore": "6"}, 30 * HOUR),
    ],
)
def test_a_pause_is_understood_as_people_write_it(written: object, length: timedelta):
    assert parse_pause(written) == length


@pytest.mark.parametrize(
    "written", ["", "soon", "2 bananas", "-3 days", "days", "P", "2 days tomorrow", {}, {"bananas": "2"}, {"days": "x"}]
)
def test_what_is_no_pause_is_refused(written: object):
    with pytest.raises(ValueError, match=r"pause|number"):
        parse_pause(written)


def test_nobody_waits_longer_than_a_year():
    with pytest.raises(ValueError, match="longer than a year"):
        parse_pause("400 days")
