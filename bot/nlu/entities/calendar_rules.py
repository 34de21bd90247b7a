"""Which day a customer means: pure arithmetic on the day the message was written."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS = {
    "gennaio": 1, "febbraio": 2, "marzo": 3, "aprile": 4, "maggio": 5, "giugno": 6, "luglio": 7, "agosto": 8,
    "settembre": 9, "ottobre": 10, "novembre": 11, "dicembre": 12,
    "genn": 1, "gen": 1, "febbr": 2, "febb": 2, "feb": 2, "mar": 3, "apr": 4, "mag": 5, "giu": 6, "lug": 7, "ago": 8,
    "sett": 9, "set": 9, "ott": 10, "nov": 11, "dic": 12,
}  # fmt: skip
WEEKDAYS = {
    "lunedi": 0, "martedi": 1, "mercoledi": 2, "giovedi": 3, "venerdi": 4, "sabato": 5, "domenica": 6,
    "lun": 0, "mart": 1, "merc": 2, "mer": 2, "giov": 3, "gio": 3, "ven": 4, "sab": 5, "dom": 6,
}  # fmt: skip
_WEEK = timedelta(days=7)


def day(year: int, month: int, number: int) -> date | None:
    """The date, or None if the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def day_of_month(number: int, month: int, today: date, *, ahead: bool) -> date | None:
    """The last such day up to today, or the next one from today if `ahead`; 29 February looks up to four years off."""
    for distance in range(5):
        found = day(today.year + (distance if ahead else -distance), month, number)
        if found and (found >= today if ahead else found <= today):
            return found
    return None


def day_number(number: int, today: date, *, ahead: bool) -> date | None:
    """The last day with this number up to today, or the next from today if `ahead`."""
    for distance in range(3):
        first = month_first(today, distance if ahead else -distance)
        found = day(first.year, first.month, number)
        if found and (found >= today if ahead else found <= today):
            return found
    return None


def weekday(number: int, today: date, *, ahead: bool) -> date:
    """The last such weekday before today, or the next one after it if `ahead` (0 is Monday)."""
    if ahead:
        return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - number - 1) % 7 + 1)


def month_first(today: date, months: int) -> date:
    """The first of the month so many months from today's."""
    index = today.year * 12 + today.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def months_off(today: date, months: int) -> date:
    """The same day of another month, or its last day."""
    first = month_first(today, months)
    return first.replace(day=min(today.day, month_length(first)))


def month_length(first: date) -> int:
    """Days in the month of a date."""
    return calendar.monthrange(first.year, first.month)[1]


def month_span(first: date) -> tuple[date, date]:
    """First and last day of the month of a date."""
    return first.replace(day=1), first.replace(day=month_length(first))


def week_span(today: date, weeks: int) -> tuple[date, date]:
    """Monday and Sunday of the week so many weeks from today's."""
    monday = today - timedelta(days=today.weekday()) + weeks * _WEEK
    return monday, monday + timedelta(days=6)


def weekend(today: date, *, ahead: bool) -> tuple[date, date]:
    """Saturday and Sunday: the ones that are on now or were last, or the coming ones if `ahead`."""
    saturday = today - timedelta(days=(today.weekday() - 5) % 7)
    if ahead and today.weekday() < 5:
        saturday += _WEEK
    return saturday, saturday + timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday (Gregorian; the anonymous algorithm of Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


_FEASTS = {
    "capodanno": (1, 1), "epifania": (1, 6), "befana": (1, 6), "san valentino": (2, 14),
    "festa della donna": (3, 8),
    "ferragosto": (8, 15), "ognissanti": (11, 1), "immacolata": (12, 8), "santa lucia": (12, 13),
    "san martino": (11, 11), "vigilia": (12, 24), "natale": (12, 25),
    "santo stefano": (12, 26), "san silvestro": (12, 31),
    "halloween": (10, 31),
}  # fmt: skip
_FROM_EASTER = {"pasqua": 0, "pasquetta": 1, "mercoledi delle ceneri": -46}
FEASTS = (*_FEASTS, *_FROM_EASTER)


def feast(name: str, today: date, *, ahead: bool) -> date | None:
    """The last feast of this name up to today, or the next from today if `ahead`."""
    if name in _FEASTS:
        month, number = _FEASTS[name]
        return day_of_month(number, month, today, ahead=ahead)
    for distance in (0, 1):
        year = today.year + (distance if ahead else -distance)
        found = easter(year) + timedelta(days=_FROM_EASTER[name])
        if found >= today if ahead else found <= today:
            return found
    return None
