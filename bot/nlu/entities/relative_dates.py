"""Days named from today: `ieri`, `l'altro ieri`, `venerdì prossimo`, `tre giorni fa`, `fine mese`, `Ferragosto`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.nlu.entities.calendar_rules import (
    FEASTS,
    WEEKDAYS,
    feast,
    month_first,
    month_span,
    months_off,
    week_span,
    weekday,
    weekend,
)
from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.spelled import number
from bot.nlu.entities.tense import looks_ahead

_IDIOM = re.compile(r"d'oggi$|\bnat[oaie] ieri$|dall'oggi al domani$")
_PART = r"(?:\s+(?P<part>mattin[ao]|matt|pomeriggio|pome|pom|sera|notte|a pranzo|a cena))?"
_DAYS = {
    "l'altro ieri": -2, "l' altro ieri": -2, "altro ieri": -2, "altroieri": -2,
    "l'altroieri": -2, "ier l'altro": -2, "avantieri": -2, "avant'ieri": -2,
    "ieri l'altro": -2,
    "ieri": -1, "jeri": -1, "oggi": 0, "ogg": 0, "stamattina": 0, "stamani": 0, "stamane": 0,
    "sta mattina": 0, "stasera": 0, "sta sera": 0, "stanotte": 0, "odierna": 0,
    "domani": 1, "domattina": 1, "domansera": 1, "dopodomani": 2, "dopo domani": 2,
}  # fmt: skip
_PARTS_IN_WORDS = {
    "stamattina": "morning",
    "stamani": "morning",
    "stamane": "morning",
    "sta mattina": "morning",
    "domattina": "morning",
    "stasera": "evening",
    "sta sera": "evening",
    "domansera": "evening",
    "stanotte": "night",
}
_PARTS = {"ma": "morning", "po": "afternoon", "a ": "", "se": "evening", "no": "night"}
_DAY = re.compile(rf"(?<![a-z0-9])(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})(?![a-z]){_PART}")
_WEEKDAY = re.compile(
    r"(?<![a-z0-9])(?P<before>(?:(?:lo\s|il\s|la\s)?scors[oa]\s|(?:il\s|la\s)?prossim[oa]\s|quest[oa]\s|"
    r"(?:l')?altr[oa]\s)?)"
    r"(?P<day>(?:luned|marted|mercoled|gioved|venerd)i'?|sabato|domenica)(?![a-z])"
    r"(?P<after>\s+(?:scors[oa]|passat[oa]|prossim[oa]|ultim[oa]|della (?:settimana|sett) (?:scorsa|prossima)|"
    r"della (?:scorsa|prossima) settimana))?(?:\s+(?P<part>mattin[ao]|pomeriggio|sera|notte))?"
)
_HABIT = re.compile(r"(?:\b(?:ogni|di|il|la|al|alla|i|le|tutti i|tutte le|dal|del|buona|buon|solo il)\s|l')$")
_MOVED_TO = re.compile(r"(?:\ba|ci vediamo|sara)\s$")
_OF_A_DAY = re.compile(r"(?:mattin[ao]|sera|pomeriggio|notte|giornata|prima|quell[ao]|[0-9])\s(?:di|del|della)\s$")
_PERIOD = re.compile(
    r"(?<![a-z])(?:(?P<first>scors[oa]|prossim[oa]|quest[oa]|quest'|l'altra|l'altro)\s?(?P<unit1>settimana|sett|"
    r"week|mese|anno|weekend|week end|fine settimana|estate)|"
    r"(?P<unit2>settimana|sett|mese|anno|weekend|week end|fine settimana)[.]?\s(?P<last>scors[oa]|passat[oa]|"
    r"prossim[oa]|entrante|corrente))(?![a-z])"
)
_WEEKEND = re.compile(r"(?<![a-z])(?:week ?end|fine ?settimana)(?![a-z])")
_EDGE = re.compile(
    r"(?<![a-z])(?P<edge>fine|inizio|primo|1°?|meta)\s(?:del\s|di\s|dell')?(?:questo\s)?(?P<unit>mese|anno|"
    r"settimana)(?P<tail>\s(?:scorso|passato|prossimo))?(?![a-z])"
)
_AGO = re.compile(
    r"(?<![a-z0-9])(?P<count>[0-9]{1,3}|un paio di|[a-z]{2,20})\s?(?P<unit>giorn[oi]|gg|settiman[ae]|sett|mes[ei]|"
    r"ann[oi])\.?(?P<half>\s+e\s+mezz[oa])?\s+(?P<way>fa|or sono|addietro|prima d'ora|orsono)(?![a-z])"
)
_IN = re.compile(
    r"(?<![a-z])(?P<way>tra|fra)\s(?P<count>[0-9]{1,3}|[a-z]{2,20})\s?(?P<unit>giorn[oi]|gg|settiman[ae]|sett|"
    r"mes[ei])(?P<half>\s+e\s+mezz[oa])?(?![a-z])"
)
_FEAST = re.compile(
    rf"(?<![a-z])(?:la\s)?(?P<feast>{'|'.join(FEASTS)})(?:\sdi natale)?(?P<tail>\s(?:scors[oa]|passat[oa]|"
    r"prossim[oa]))?(?![a-z])"
)
_NO_FEAST = re.compile(
    r"(?:babbo|albero di|alberi di|buon|buona|regal[oi] di|pacco di|lucine di|via|piazza|santa|ponte di|"
    r"uov[ao] di|canzone di|canzoni di|auguri di|come a|luci di)\s$"
)


def find(passage: Passage) -> Iterator[Mention]:
    """Relative days as ISO dates or spans `first/last`; `part` tells the part of the day."""
    for search in (_days, _weekdays, _periods, _edges, _distances, _feasts):
        yield from search(passage)


def _days(passage: Passage) -> Iterator[Mention]:
    for match in _DAY.finditer(passage.folded):
        if _IDIOM.search(passage.folded[max(0, match.start() - 14) : match.end()]):
            continue
        found = passage.now.date() + timedelta(days=_DAYS[match["day"]])
        part = _PARTS_IN_WORDS.get(match["day"]) or _PARTS.get((match["part"] or "")[:2], "")
        yield _mention(match, found, part=part)


def _weekdays(passage: Passage) -> Iterator[Mention]:
    for match in _WEEKDAY.finditer(passage.folded):
        words = match["before"] + (match["after"] or "")
        before = passage.folded[max(0, match.start() - 20) : match.start()]
        if not words and _HABIT.search(before) and not _OF_A_DAY.search(before):
            continue
        found = _weekday(match["day"].rstrip("'"), words, passage, match.start())
        yield _mention(match, found, part=_PARTS.get((match["part"] or "")[:2], ""))


def _weekday(name: str, words: str, passage: Passage, start: int) -> date:
    today = passage.now.date()
    if "sett" in words:
        return week_span(today, 1 if "prossima" in words else -1)[0] + timedelta(days=WEEKDAYS[name])
    if "prossim" in words or words.startswith("quest"):
        return weekday(WEEKDAYS[name], today, ahead=True)
    if "altr" in words:
        return weekday(WEEKDAYS[name], today, ahead=False) - timedelta(
            days=7 if today.weekday() > WEEKDAYS[name] else 0
        )
    moved = _MOVED_TO.search(passage.folded[max(0, start - 12) : start]) is not None
    return weekday(WEEKDAYS[name], today, ahead=not words and (moved or looks_ahead(passage.folded, start)))


def _periods(passage: Passage) -> Iterator[Mention]:
    for match in _PERIOD.finditer(passage.folded):
        unit, word = match["unit1"] or match["unit2"], match["first"] or match["last"]
        step = 1 if word.startswith(("pross", "entr")) else 0 if word.startswith(("quest", "corr")) else -1
        span = _period(unit, step, passage.now.date())
        if span:
            yield _mention(match, *span)
    for match in _WEEKEND.finditer(passage.folded):
        yield _mention(match, *weekend(passage.now.date(), ahead=looks_ahead(passage.folded, match.start())))


def _period(unit: str, step: int, today: date) -> tuple[date, date] | None:
    if unit.startswith("fine") or "end" in unit:
        return weekend(today + timedelta(days=7 * min(step, 0)), ahead=step > -1)
    if unit.startswith(("sett", "week")):
        return week_span(today, step)
    if unit == "mese":
        return month_span(month_first(today, step))
    if unit == "anno":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    return None


def _edges(passage: Passage) -> Iterator[Mention]:
    for match in _EDGE.finditer(passage.folded):
        tail, edge = match["tail"] or "", match["edge"]
        step = -1 if "s" in tail[:3] and "pro" not in tail else 1 if "pro" in tail else 0
        span = _period(match["unit"], step, passage.now.date())
        if span and not (edge == "fine" and match["unit"] == "settimana"):
            first, last = span
            yield _mention(match, last if edge == "fine" else first + (last - first) // 2 if edge == "meta" else first)


def _distances(passage: Passage) -> Iterator[Mention]:
    for pattern in (_AGO, _IN):
        for match in pattern.finditer(passage.folded):
            count = number(match["count"])
            if count is None or (pattern is _AGO and match["unit"].startswith("ann") and count > 20):
                continue
            sign = 1 if pattern is _IN else -1
            yield _mention(match, away(passage.now.date(), match["unit"], sign * count, half=bool(match["half"])))


def away(today: date, unit: str, count: int, *, half: bool = False) -> date:
    """The day so many units from today (negative: before); `half` adds half a unit in the same direction."""
    sign = -1 if count < 0 else 1
    if unit.startswith("mes"):
        return months_off(today, count) + timedelta(days=15 * sign * half)
    if unit.startswith("ann"):
        return months_off(today, 12 * count + 6 * sign * half)
    return today + timedelta(
        days=count * (7 if unit.startswith("sett") else 1) + 4 * sign * half * unit.startswith("sett")
    )


def _feasts(passage: Passage) -> Iterator[Mention]:
    for match in _FEAST.finditer(passage.folded):
        if _NO_FEAST.search(passage.folded[max(0, match.start() - 14) : match.start()]):
            continue
        ahead = "prossim" in (match["tail"] or "") or looks_ahead(passage.folded, match.start())
        found = feast(match["feast"], passage.now.date(), ahead=ahead)
        if found:
            yield _mention(match, found)


def _mention(match: re.Match[str], first: date, last: date | None = None, *, part: str = "") -> Mention:
    value = first.isoformat() if last is None else f"{first.isoformat()}/{last.isoformat()}"
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    return Mention("date", value, start, match.end(), extra={"part": part} if part else {})
