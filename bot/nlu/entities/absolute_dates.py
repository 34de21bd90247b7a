"""Days named by number: `12/03`, `5 marzo 2024`, `il 14`, `dal 24 al 28 dicembre`, `marzo`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.nlu.entities.calendar_rules import MONTHS, WEEKDAYS, day, day_number, day_of_month, month_span
from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.spelled import number
from bot.nlu.entities.tense import looks_ahead
from bot.nlu.entities.units import counts_something

_DAY = (
    r"(?:[0-2]?[0-9]|3[01]|primo|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|"
    r"quattordici|quindici|"
    r"sedici|diciassette|diciotto|diciannove|venti\w{0,9}|trenta|trentuno|trentun)"
)
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_WEEKDAY = r"(?:(?:luned|marted|mercoled|gioved|venerd)i'?|sabato|domenica|lun|mart?|merc?|giov?|ven|sab|dom)"
_YEAR = (
    r"(?:\s+(?:del\s+|dell'anno\s+)?(?P<year>20[0-9]{2}|19[0-9]{2}|'[0-9]{2}(?![0-9])|[2-3][0-9](?=\s*(?:$|"
    r"[.,;:!?)\n]))))?"
)
_DAY_MONTH = re.compile(
    rf"(?<![a-z0-9/.,\-])(?:{_WEEKDAY}[.]?,?\s+)?(?:(?P<first>{_DAY})\s?(?:al|all'|-|e il|e l'|o|e|"
    rf"/)\s?)?(?P<day>{_DAY})(?:°|\^)?"
    rf"(?:\s+(?:di|del mese di)\s+|\s*[\-]?\s*)(?P<month>{_MONTH})(?![a-z]){_YEAR}"
)
_NUMERIC = re.compile(
    r"(?<![a-z0-9/.,:\-])(?P<day>[0-2]?[0-9]|3[01])(?P<sign>[/.\-])(?P<month>1[0-2]|"
    r"0?[1-9])(?:(?P=sign)(?P<year>(?:19|20)[0-9]{2}|[0-9]{2}))?(?![0-9a-z/])(?![.,\-:][0-9])"
)
_ISO = re.compile(r"(?<![0-9\-/])(?P<year>20[0-9]{2})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9\-/])")
_MONTH_ALONE = re.compile(
    r"(?<![a-z0-9'])(?:(?P<part>fine|inizio|meta|fin da|fine di|inizi di|"
    rf"meta di)\s+)?(?P<month>{'|'.join(name for name in MONTHS if len(name) > 4)})(?![a-z']){_YEAR}(?P<last>\s+sco"
    r"rso|\s+passato|\s+prossimo)?"
)
_WITH_ARTICLE = re.compile(
    rf"(?<![a-z0-9])(?:(?P<weekday>{_WEEKDAY})\s+(?:il\s+)?|(?P<article>(?:(?:per |entro |x |verso )?il|dal|del|"
    r"nel|al|giorno|l'|dall'|dell'|all'|gg)\s?(?:giorno\s)?))"
    r"(?P<day>[0-2]?[0-9]|3[01])(?P<ordinal>°)?(?![0-9a-z°'^])(?![.,:/\-][0-9])(?P<tail>\s?(?:u\.?s\.?|c\.?m\.?|"
    r"p\.?v\.?|corrente mese|corrente|del mese|di questo mese|del mese scorso|del mese prossimo|scorso|"
    r"prossimo)(?![a-z]))?"
)
_SEQUENCE = re.compile(
    r"(?<![a-z0-9])(?:dal|tra il|fra il)\s(?P<first>[0-2]?[0-9]|3[01])\s(?:al|e il)\s(?P<day>[0-2]?[0-9]|"
    r"3[01])(?![0-9a-z])(?![.,:/\-][0-9])(?!\s[a-z]{3})"
)
_OF_ITS_DAY = re.compile(rf"(?<![a-z0-9]){_DAY}\s(?:di\s)?$")
_STREET = re.compile(
    r"(?:\bvia|viale|v\.le|piazza|p\.zza|p\.za|piazzale|corso|c\.so|largo|vicolo|strada)\s(?:[a-z0-9]{1,9}\s)?$"
)
_SCORE = re.compile(r"(?:voto|h|fattore|circa|taglia|misura)\s?$")
_ITS_MONTH = re.compile(rf"\s(?:di\s)?{_MONTH}(?![a-z])")
_NEVER = frozenset({(24, 7), (7, 7)})
_ORDINALS_OF_THINGS = re.compile(
    r"\s(?:tentativ|sollecit|tecnic|appuntament|pian|post|stell|gir|volt|mes|ann|sconto|barrato|bus|tram|percento|"
    r"marzo\s+via|su\s[0-9])"
)


def find(passage: Passage) -> Iterator[Mention]:
    """Days and months named by number or name, as ISO dates or spans `first/last`."""
    if any(sign.isdigit() for sign in passage.folded):
        yield from _numeric(passage)
        yield from _days_of_this_month(passage)
    for match in _DAY_MONTH.finditer(passage.folded):
        if not _STREET.search(passage.folded[max(0, match.start() - 24) : match.start()]):
            yield from _day_month(match, passage)
    for match in _MONTH_ALONE.finditer(passage.folded):
        before = passage.folded[max(0, match.start() - 20) : match.start()]
        if not _OF_ITS_DAY.search(before) and not _STREET.search(
            passage.folded[max(0, match.start() - 24) : match.start()]
        ):
            yield from _month(match, passage)


def _numeric(passage: Passage) -> Iterator[Mention]:
    for pattern in (_NUMERIC, _ISO):
        for match in pattern.finditer(passage.folded):
            found = _day_of(match, passage, number_of_month=int(match["month"]))
            if found and (pattern is _ISO or _is_a_date(match, passage.folded)):
                yield Mention("date", found.isoformat(), *match.span())


def _is_a_date(match: re.Match[str], folded: str) -> bool:
    """Day and month with a slash; with a point or dash only before a year or behind an article."""
    before = folded[max(0, match.start() - 14) : match.start()]
    if match["year"]:
        return True
    if match["sign"] == "/":
        pair = (int(match["day"]), int(match["month"]))
        return pair not in _NEVER and not _SCORE.search(before) and not counts_something(folded, match.end())
    return match["sign"] == "." and re.search(r"\b(?:il|del|dal|nel|al|data|giorno|dell'|l')\s?$", before) is not None


def _day_of(match: re.Match[str], passage: Passage, *, number_of_month: int) -> date | None:
    written = match["day"]
    number_of_day = 1 if written == "primo" else number(written)
    if number_of_day is None:
        return None
    year = _year(match)
    if year:
        return day(year, number_of_month, number_of_day)
    ahead = looks_ahead(passage.folded, match.start())
    return day_of_month(number_of_day, number_of_month, passage.now.date(), ahead=ahead)


def _year(match: re.Match[str]) -> int:
    written = (match["year"] or "").strip("'")
    return int(written) + (2000 if len(written) == 2 else 0) if written else 0


def _day_month(match: re.Match[str], passage: Passage) -> Iterator[Mention]:
    """A day and its month; a verb is no abbreviation, so `set`, `mar`, `mag` want a number or an end beside them."""
    last = _day_of(match, passage, number_of_month=MONTHS[match["month"]])
    if last is None or (match["month"] == "set" and re.match(r"\sd[ie]", passage.folded[match.end() :])):
        return
    number_of_first = number(match["first"]) if match["first"] else None
    first = day(last.year, last.month, number_of_first) if number_of_first else None
    if first and first < last:
        yield Mention("date", f"{first.isoformat()}/{last.isoformat()}", match.start(), match.end())
    else:
        yield Mention("date", last.isoformat(), match.start("day") if first else match.start(), match.end())


def _month(match: re.Match[str], passage: Passage) -> Iterator[Mention]:
    ahead = looks_ahead(passage.folded, match.start()) or "prossimo" in (match["last"] or "")
    today, month = passage.now.date(), MONTHS[match["month"]]
    year = _year(match)
    near = date(year, month, 1) if year else day_of_month(1, month, today, ahead=ahead)
    if near is None:
        return
    if not year and not ahead and month == today.month and "scorso" in (match["last"] or ""):
        near = near.replace(year=near.year - 1)
    yield Mention("date", _part_of_month(near, match["part"] or ""), match.start(), match.end())


def _part_of_month(near: date, part: str) -> str:
    first, last = month_span(near)
    if part.startswith("fin"):
        return last.isoformat()
    if part.startswith("iniz"):
        return first.isoformat()
    return first.replace(day=15).isoformat() if part.startswith("meta") else f"{first.isoformat()}/{last.isoformat()}"


def _days_of_this_month(passage: Passage) -> Iterator[Mention]:
    for match in _SEQUENCE.finditer(passage.folded):
        ahead = looks_ahead(passage.folded, match.start())
        last = day_number(int(match["day"]), passage.now.date(), ahead=ahead)
        if last and int(match["first"]) and int(match["first"]) < last.day:
            yield Mention(
                "date", f"{last.replace(day=int(match['first'])).isoformat()}/{last.isoformat()}", *match.span()
            )
    for match in _WITH_ARTICLE.finditer(passage.folded):
        if _is_a_day(match, passage.folded):
            yield from _with_article(match, passage)


def _is_a_day(match: re.Match[str], folded: str) -> bool:
    """`il 14` is a day unless something is counted; `al 3` only when a deadline moved there."""
    after = (
        counts_something(folded, match.end()),
        _ORDINALS_OF_THINGS.match(folded, match.end()),
        _ITS_MONTH.match(folded, match.end()),
    )
    if any(after):
        return False
    if (match["article"] or "").strip() in ("al", "all'", "l'"):
        before = folded[max(0, match.start() - 30) : match.start()]
        return (
            re.search(
                r"(?:slitt\w+|rimandat\w|spostat\w|rinviat\w|posticipat\w|fino|dal [0-9]{1,2}|anticipat\w)\s$", before
            )
            is not None
        )
    return True


def _with_article(match: re.Match[str], passage: Passage) -> Iterator[Mention]:
    tail = match["tail"] or ""
    at = match.start("weekday") if match["weekday"] else match.start("day")
    ahead = looks_ahead(passage.folded, at) or "v" in tail or "prossimo" in tail
    found = day_number(int(match["day"]), passage.now.date(), ahead=ahead)
    if found and match["weekday"]:
        found = _agreeing(int(match["day"]), WEEKDAYS[match["weekday"].rstrip("'")], passage.now.date(), found)
    if found:
        yield Mention("date", found.isoformat(), at, match.end())


def _agreeing(number_of_day: int, number_of_weekday: int, today: date, found: date) -> date:
    """`giovedì 22` is the nearest 22nd that is a Thursday, within a month or two; else the day alone decides."""
    near = (day_number(number_of_day, today, ahead=False), day_number(number_of_day, today, ahead=True))
    return next((one for one in (found, *near) if one and one.weekday() == number_of_weekday), found)
