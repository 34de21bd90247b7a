from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

import pytest

from bot.core.opening_hours import OpeningHours
from tests.fakes import ROME, a_brand, is_holiday

HOURS = a_brand().hours


def rome(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ROME)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (rome(23, 10), 4, rome(23, 14)),  # Monday morning: the same day
        (rome(23, 16), 4, rome(24, 11)),  # what is left of Monday, then Tuesday
        (rome(27, 17), 4, rome(30, 12)),  # Friday evening: Monday
        (rome(28, 12), 1, rome(30, 10)),  # Saturday: Monday
        (rome(7, 17, month=12), 2, rome(9, 10, month=12)),  # the 8th of December is a holiday
        (rome(23, 7), 9, rome(23, 18)),  # before opening, exactly one day
    ],
)
def test_deadlines_are_counted_in_opening_time(start: datetime, hours: int, due: datetime):
    assert HOURS.add_working_time(start, timedelta(hours=hours)) == due


def test_deadlines_come_back_in_utc():
    assert HOURS.add_working_time(rome(23, 10), timedelta(hours=1)).tzinfo is timezone.utc


def test_a_day_with_a_clock_change_keeps_its_opening_hour():
    always = OpeningHours(week=dict.fromkeys(range(7), ((time(9), time(18)),)), zone=ROME, is_holiday=is_holiday)

    assert always.next_opening(datetime(2026, 10, 25, 0, tzinfo=timezone.utc)).astimezone(ROME).hour == 9


def test_open_begins_at_the_minute_and_ends_before_closing():
    assert HOURS.is_open(rome(23, 9))
    assert not HOURS.is_open(rome(23, 18))


def test_a_company_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="never opens"):
        OpeningHours(week={}, zone=ROME, is_holiday=is_holiday)
