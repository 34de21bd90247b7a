"""Hours of the day: `15:40`, spans `08:00-12:00`, open ones `18:00-` (from) and `-12:00` (until)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.spelled import number
from bot.nlu.entities.units import FOLLOWED_BY_MONEY, FOLLOWED_BY_UNIT

_WORDS = (
    "una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|"
    "diciassette|"
    "diciotto|diciannove|venti|ventuno|ventidue|ventitre|ventiquattro"
)
_MINUTES = (
    r"mezz[ao]|un quarto|tre quarti|[0-5][0-9]|cinque|dieci|venti(?:cinque)?|quaranta(?:cinque)?|trenta|cinquanta"
)
_PART = r"(?:\s+(?:di|del|della)\s+(?:mattina?|pomeriggio|sera|notte|mattino))?"


def _clock(name: str, *, spoken: bool = True) -> str:
    """A pattern for one hour; `spoken` lets minutes follow in words (`sei e mezza`)."""
    minutes = (
        rf"|\s+e\s+(?:{_MINUTES})(?![0-9a-z])|\s+meno\s+(?:un quarto|cinque|dieci|venti)(?![a-z])"
        if spoken
        else r"|\s+e\s+mezz[ao]"
    )
    return (
        rf"(?P<{name}>(?:2[0-4]|[01]?[0-9]|{_WORDS})(?![0-9a-z])"
        rf"(?:\s?[:.,]\s?[0-5][0-9](?![0-9])|(?<=[0-9])h[0-5][0-9](?![0-9]){minutes})?{_PART})"
    )


_LEAD = (
    r"(?P<lead>all[ae] ore|all[ae]|all'|dall[ae] ore|dall[ae]|dall'|dell[ae] ore|dell[ae]|vers[ao] l[ae]|"
    r"dopo l[ae]|entro l[ae] ore|entro l[ae]|prima dell[ae]|fino all[ae]|"
    r"per l[ae]|x l[ae]|sull[ae]|dopo all[ae]|intorno all[ae]|ore|h[.]?|orario|son[o]? l[ae])"
)
_RANGE = re.compile(
    rf"(?<![a-z])(?:(?:tra|fra|dal?) ?l[ae]|dall[ae]|tra|fra)\s+(?:ore\s+)?{_clock('first', spoken=False)}\s+"
    rf"(?:e l[ae]|all[ae]|alle ore|e|fino all[ae])\s+(?:ore\s+)?{_clock('second', spoken=False)}"
)
_DASHED = re.compile(
    rf"(?<![a-z0-9.,/\-])(?P<cue>(?:ore|h[.]?|fascia(?:\s[a-z]{{1,8}})?|orario|slot|dalle|"
    rf"tra le)\s+)?{_clock('first', spoken=False)}\s?-\s?{_clock('second', spoken=False)}(?![0-9a-z\-/])"
)
_LED = re.compile(rf"(?<![a-z]){_LEAD}\s?{_clock('first')}")
_COLON = re.compile(r"(?<![a-z0-9.,:/\-])(?P<first>(?:2[0-3]|[01]?[0-9]):[0-5][0-9])(?![0-9:])")
_PASSED = re.compile(
    rf"(?<![a-z])l[ae]\s{_clock('first')}\s(?:passate|precise|in punto|circa|spaccate|di mattina|di sera|"
    r"del pomeriggio|del mattino)"
)
_NOON = re.compile(r"(?<![a-z])(?:a |entro |dopo )?(?P<noon>mezzogiorno|mezzanotte|mezzodi)(?: e mezz[ao])?(?![a-z])")
_FROM, _UNTIL = ("dopo",), ("entro", "prima", "fino")
_WEAK = ("dell", "per", "x ", "dopo", "sull", "h", "all", "dall", "vers", "entro", "prima", "fino")
_COUNTED = re.compile(
    r"\s+(?!(?:di|del|della|dello|dell'|e|ed|ma|per|x|in|a|al|alla|alle|con|che|ke|non|nn|mi|ci|vi|si|lo|la|le|li|"
    r"il|i|gli|un|una|circa|"
    r"precise|passate|oggi|ieri|domani|stamattina|stasera|mattina|sera|lunedi|martedi|mercoledi|giovedi|venerdi|"
    r"sabato|domenica|"
    r"o|oppure|ho|hai|ha|abbiamo|era|ero|sono|sn|e'|da|dal|dalla|su|se|fino|nessuno|niente|tutto|poi|quando|"
    r"invece|ancora|gia|come|"
    r"perche|xke|ora|adesso|dopo|prima|anche|solo|sempre|mai|voi|io|lui|lei|noi|loro|grazie|ok|va|vanno|posso|puo|"
    r"qui|qua|dove|cioe|presso|via|sul|nel|nella|venga|chiamatemi|sarei|doveva|dovevate)(?![a-z]))"
    r"[a-z]{2,}[eaiIo]\b"
)


def find(passage: Passage) -> Iterator[Mention]:
    """Hours and spans of hours; a span hides the hours in it."""
    for pattern in (_RANGE, _DASHED):
        for match in pattern.finditer(passage.folded):
            if pattern is _RANGE or match["cue"] or ":" in match.group() or match.group().count(".") == 2:
                yield from _span(match, passage.folded)
    for match in _LED.finditer(passage.folded):
        yield from _led(match, passage.folded)
    for pattern in (_COLON, _PASSED):
        for match in pattern.finditer(passage.folded):
            yield from _mention(match.start(), match.end("first"), _value(match["first"]))
    for match in _NOON.finditer(passage.folded):
        half = "30" if "mezza" in match.group()[-6:] or match.group().endswith("mezzo") else "00"
        yield from _mention(match.start("noon"), match.end(), f"{'00' if 'notte' in match['noon'] else '12'}:{half}")


def _span(match: re.Match[str], folded: str) -> Iterator[Mention]:
    first, second = _value(match["first"]), _value(match["second"])
    if first and second and not _counts(folded, match.end()):
        start = match.start("first") if match.re is _DASHED else match.start()
        yield from _mention(start, match.end(), f"{first}-{second}")


def _led(match: re.Match[str], folded: str) -> Iterator[Mention]:
    value, lead = _value(match["first"]), match["lead"]
    bare = re.fullmatch(r"[0-9]{1,2}|[a-z]+", match["first"]) is not None
    if not value or match.group() in ("h24", "h 24"):
        return
    if bare and not lead.startswith(("ore", "h")) and _counts(folded, match.end()):
        return
    if (
        bare
        and match["first"].isalpha()
        and not lead.startswith(("all", "ore", "vers", "dall", "entro", "dopo", "son", "prima"))
    ):
        return
    if lead.startswith(_FROM):
        value += "-"
    elif lead.startswith(_UNTIL):
        value = "-" + value
    yield from _mention(match.start(), match.end(), value)


def _counts(folded: str, end: int) -> bool:
    if FOLLOWED_BY_UNIT.match(folded, end) or FOLLOWED_BY_MONEY.match(folded, end):
        return True
    return _COUNTED.match(folded, end) is not None


def _value(clock: str) -> str:
    """`HH:MM` of a clock as said; "" for an hour that does not exist."""
    head = re.match(r"[0-9]+|[a-z]+", clock)
    hour = number(head.group()) if head else None
    if hour is None:
        return ""
    rest = clock[head.end() :] if head else ""
    minutes = _minutes(rest)
    total = hour * 60 + minutes + (720 if re.search(r"pomeriggio|sera", rest) and hour < 12 else 0)
    return f"{total // 60 % 24:02d}:{total % 60:02d}" if 0 <= total <= 1440 else ""


def _minutes(rest: str) -> int:
    digits = re.match(r"\s?(?:[:.,h]|e)\s?([0-5][0-9])", rest)
    if digits:
        return int(digits.group(1))
    words = re.match(r"\s+(e|meno)\s+(mezz[ao]|un quarto|tre quarti|[a-z]+)", rest)
    if not words:
        return 0
    amount = (
        {"mezza": 30, "mezzo": 30, "un quarto": 15, "tre quarti": 45}.get(words.group(2)) or number(words.group(2)) or 0
    )
    return amount if words.group(1) == "e" else -amount


def _mention(start: int, end: int, value: str) -> Iterator[Mention]:
    if value:
        yield Mention("time", value, start, end)
