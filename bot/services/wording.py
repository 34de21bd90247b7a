"""Instants, durations and facts in words, from fragments of the response catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta

from bot.core.article import with_article
from bot.core.facts import Fact, Facts
from bot.core.turn import Phrases, Turn

_LOCALE = "it"
_HALF_HOUR = 1800
_UNITS: Mapping[str, tuple[Literal["day", "week", "month", "year"], int]] = {
    "D": ("day", 1),
    "W": ("week", 7),
    "M": ("month", 30),
    "Y": ("year", 365),
}
"""By the letter of ISO 8601: Babel's name, and how many days Babel takes it to have."""
_AS_SAID = float("inf")  # in the unit that the customer used: 45 days stay days
_DURATION = re.compile(r"P(\d+)([DWMY])")
_ABOUT = ("order_number", "flight_or_train")
_ANY_FLIGHT, _ANY_TRAIN = "Volo", "Treno"  # what nlu/entities writes before a number that came without a name
_FLIGHT = re.compile(r"[A-Z0-9]{2}\d+")


def when(turn: Turn, at: datetime) -> str:
    """A future instant in the words of this turn."""
    return instant(turn.phrases, at, now=turn.now, zone=turn.brand.hours.zone)


def instant(phrases: Phrases, at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """A future instant as people say it: today, tomorrow or the day, and the hour, in the customer's time zone."""
    local = at.astimezone(zone)
    hour = f"{local.hour}:{local.minute:02d}"
    days = (local.date() - now.astimezone(zone).date()).days
    if days in (0, 1):
        return phrases("utter_part_today" if days == 0 else "utter_part_tomorrow", time=hour)
    return phrases("utter_part_day", day=_day(local), time=hour)


def day(turn: Turn, at: datetime) -> str:
    """A day as people say it, without the year: "martedì 17 novembre"."""
    return _day(at.astimezone(turn.brand.hours.zone))


def rounded(due: datetime) -> datetime:
    """Up to the next half hour: nobody promises an answer at 11:37."""
    return due + timedelta(seconds=-due.timestamp() % _HALF_HOUR)


def _day(local: datetime) -> str:
    return format_date(local.date(), "EEEE d MMMM", locale=_LOCALE)


def duration(iso: str) -> str:
    """An ISO 8601 duration of one unit in words: P3W is "3 settimane"; anything else is empty."""
    found = _DURATION.fullmatch(iso)
    if not found:
        return ""
    unit, days = _UNITS[found[2]]
    length = timedelta(days=int(found[1]) * days)
    return format_timedelta(length, unit, threshold=_AS_SAID, locale=_LOCALE)


def listed(turn: Turn, items: Sequence[str]) -> str:
    """Items as an Italian list: "a, b e c"."""
    if len(items) < 2:
        return "".join(items)
    comma, conjunction = turn.phrases("utter_part_comma"), turn.phrases("utter_part_and")
    return comma.join(items[:-1]) + conjunction + items[-1]


def facts_line(turn: Turn, facts: Iterable[Fact]) -> str:
    """Facts read back to the customer, each as they said it: "ordine 48213, lavatrice, Padova"."""
    said = [turn.phrases(f"utter_part_fact_{fact.name}", value=fact.text) for fact in facts]
    return turn.phrases("utter_part_comma").join(dict.fromkeys(said))


def missing_line(turn: Turn, names: Iterable[str]) -> str:
    """The facts still wanted, as one question: "il numero d'ordine e la data"."""
    return listed(turn, [_missing(turn, name) for name in names])


def about(turn: Turn, facts: Facts, *, thing: str | None = None) -> str:
    """What says which thing, order or journey it is about, ready to follow a noun; empty when nothing is known.

    `thing` is the one thing that the customer named now, with its article ("il divano").
    """
    if thing is not None:
        order = facts.latest("order_number")
        name = "thing_of_order" if order else "thing"
        return turn.phrases(f"utter_part_about_{name}", value=thing, order=order.text if order else "")
    for name in _ABOUT:
        fact = facts.latest(name)
        if fact is not None:
            noun, called = _named(fact)
            return turn.phrases(f"utter_part_about_{noun}", value=called)
    return ""


def the_thing(turn: Turn) -> str | None:
    """The one product that the customer named in this turn, with the article they used; None for none or several."""
    things = {fact.text for fact in turn.learned if fact.name == "product"}
    return with_article(things.pop(), turn.text) if len(things) == 1 else None


def is_named_in_about(fact: Fact) -> bool:
    """Whether `about` already says this fact."""
    return fact.name in _ABOUT


def _missing(turn: Turn, name: str) -> str:
    options = [turn.phrases(f"utter_part_missing_{option}") for option in name.split("|")]
    return turn.phrases("utter_part_or").join(options)


def _named(fact: Fact) -> tuple[str, str]:
    """What an order or a journey is, and its name without that word: ("train", "Frecciarossa 9528")."""
    if fact.name == "order_number":
        return "order", fact.text
    kind, _, number = fact.value.partition(" ")
    if kind == _ANY_FLIGHT or _FLIGHT.fullmatch(fact.value):
        return "flight", number or fact.value
    return "train", number if kind == _ANY_TRAIN else fact.value
