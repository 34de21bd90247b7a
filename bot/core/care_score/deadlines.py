"""The deadlines that a company names: when they fall, and whether a customer can look at a clock for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.core.care_score.reading import Reading, Span

_WEEKDAYS = ("lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica")
_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
    "novembre", "dicembre",
)  # fmt: skip
_DAYS_AHEAD = {"domani": 1, "domattina": 1, "dopodomani": 2}
_NUMBERS = {
    "mezz": 0.5, "un": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8,
    "dieci": 10, "dodici": 12, "quindici": 15, "venti": 20, "ventiquattro": 24, "quarantotto": 48,
}  # fmt: skip
_UNITS = {
    "minut": timedelta(minutes=1),
    "or": timedelta(hours=1),
    "giorn": timedelta(days=1),
    "settiman": timedelta(weeks=1),
}
_WEEKENDS = 1.4  # days for each working day
_DAY = re.compile(
    r"\b(?:(?P<near>dopodomani|domattina|domani|oggi|stasera|stamattina|stamani|(?:questo|il) pomeriggio"
    r"|(?:in|questa) (?:giornata|sera))"
    rf"|(?P<weekday>{'|'.join(_WEEKDAYS)})|(?P<day>\d{{1,2}}|primo) (?P<month>{'|'.join(_MONTHS)})"
    r"|(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/\d{2,4})?)\b"
)
_HOUR = re.compile(
    r"\b(?:(?:alle|dalle|per le|entro le|le|ore|verso le|tra le|fra le|delle|prima delle)(?: ore)? "
    r"(?P<hour>[01]?\d|2[0-4])(?:[:.,](?P<minute>[0-5]\d))?"
    r"(?![\d/])(?! (?:giorn|settiman|or[ae]\b|mes|volt|pezz|rat|anni|euro|cop|scatol))"
    r"|(?P<clock>[01]?\d|2[0-3])[:.](?P<clock_minute>[0-5]\d)\b|(?P<noon>mezzogiorno)|(?P<one>all'una))"
)
_SPAN = re.compile(
    r"\b(?:entro|in|tra|fra|nelle|nei|al massimo|massimo|non oltre|le|i|dacci|dammi|mi dia|ci dia)"
    rf"(?: le| i| gli)?(?: prossim[ie])? (?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})'? ?"
    r"(?P<unit>minut|or|giorn|settiman)[aeiou]+\b(?P<working> lavorativ)?"
)
_WEEKLY = re.compile(rf"\bdal? (?:{'|'.join(_WEEKDAYS)}) (?:al?|e) (?:{'|'.join(_WEEKDAYS)})")
_BY = re.compile(r"\b(?:entro|per|prima|al massimo|al piu tardi)\b")
# what makes a time a commitment: a word for a deadline, or what somebody will do then
_COMMITS = re.compile(
    r"\b(?:entro|dacci|dammi|mi dia|ci dia|al massimo|non oltre|al piu tardi|appuntamento|fissat\w|prenotat\w"
    r"|confermat\w|slot|fascia|hai la mia|e da (?:te|lei|voi)"
    r"|(?:ti|le|vi|la|lo|te l[oaie]|gliel[oa]|ve l[oa]) (?:ri)?(?:scriv|chiam|telefon|aggiorn|rispond|contatt|conferm"
    r"|mand|invi|dic|d[oi]\b|diamo|port|consegn|propo|raccont|spieg|sped|rimbors|accredit|avvis|sent|far)\w*"
    r"|(?:scriv|chiam|telefon|aggiorn|ricontroll|pass|ripass)(?:o|iamo|ero|eremo|er[oa]) "
    r"|(?:arriv|verr|ripart|consegn|ritir|rispond|ricever|trover)\w+|vien\w*|pass(?:a|ano|era|eranno)|parte|partono"
    r"|partir(?:a|anno)|torn(?:a|ano|era|eranno)|rientra|apr(?:e|ono)|esc(?:e|ono)|sar(?:a|anno|emo)|avr(?:ai|a|ete)"
    r"|vol(?:a|ano))"
)
_PAST = re.compile(
    r"\b(?:dovev\w+|era\b|erano|avev\w+|non si (?:e|sono)|saltat\w|mancat\w|ieri|scors[oa]|passat[oa]|aspettav\w+"
    r"|avremmo|(?:e|sono|stat[oaie]) (?:arrivat|partit|consegnat|rientrat|uscit)\w*)\b"
)
_OF_OTHERS = frozenset({"elsewhere", "blame", "rules", "story_again"})  # times at which we do nothing
_DAY_ENDS = time(23, 59)


@dataclass(frozen=True)
class Deadline:
    """Where it is named, the instant it falls, and whether both day and hour were named."""

    hit: Span
    due: datetime
    exact: bool


def deadlines(reading: Reading) -> tuple[Deadline, ...]:
    """The deadlines that a message of the company commits to, in the zone of its `at`."""
    return tuple(one for sentence in reading.sentences for one in _named(reading, sentence))


def _named(reading: Reading, sentence: Span) -> Iterator[Deadline]:
    words = _WEEKLY.sub(lambda match: " " * len(match[0]), reading.words(sentence))
    if not _commits(words) or reading.kinds_in(sentence) & _OF_OTHERS:
        return
    earlier = reading.folded[: sentence.start]
    found = _dated(words, earlier, reading.message.at) or _spanned(words, reading.message.at)
    if found:
        due, exact = found
        yield Deadline(Span(sentence.start, sentence.end, "deadline"), due, exact)


def _commits(words: str) -> bool:
    """Whether a sentence says what will be: a recollection and a question do not."""
    looks_back = _PAST.search(words) and not _BY.search(words)
    return bool(_COMMITS.search(words)) and not looks_back and not words.rstrip().endswith("?")


def _dated(words: str, earlier: str, said: datetime) -> tuple[datetime, bool] | None:
    """A day, an hour or both; an hour alone belongs to the day named before, or with "entro" to today."""
    hour = _last(_HOUR, words)
    day = _last(_DAY, words) or (_last(_DAY, earlier) if hour else None)
    if day is None and (hour is None or not _BY.search(words)):
        return None
    date = _date(day, said) if day else said
    return datetime.combine(date.date(), _time(hour) if hour else _DAY_ENDS, said.tzinfo), hour is not None


def _spanned(words: str, said: datetime) -> tuple[datetime, bool] | None:
    match = _SPAN.search(words)
    if match is None:
        return None
    count = _NUMBERS[match["count"]] if match["count"] in _NUMBERS else float(match["count"])
    return said + count * _UNITS[match["unit"]] * (_WEEKENDS if match["working"] else 1), False


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    found = list(pattern.finditer(words))
    return found[-1] if found else None


def _date(match: re.Match[str], said: datetime) -> datetime:
    if match["near"]:
        return said + timedelta(days=_DAYS_AHEAD.get(match["near"], 0))
    if match["weekday"]:
        return said + timedelta(days=(_WEEKDAYS.index(match["weekday"]) - said.weekday()) % 7 or 7)
    month = _MONTHS.index(match["month"]) + 1 if match["month"] else int(match["m"])
    number = match["day"] or match["d"]
    try:
        date = said.replace(month=month, day=1 if number == "primo" else int(number))
    except ValueError:
        return said
    return date if date.date() >= said.date() else date.replace(year=said.year + 1)


def _time(match: re.Match[str]) -> time:
    if match["noon"]:
        return time(12)
    if match["one"]:
        return time(13)
    hour, minute = int(match["hour"] or match["clock"]), int(match["minute"] or match["clock_minute"] or 0)
    return time(hour, minute) if hour < 24 else _DAY_ENDS
