"""How long something has lasted (`da tre settimane`, `dal 5 marzo`) and how long the customer has been waiting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.relative_dates import away
from bot.nlu.entities.spelled import number

_LETTERS = {"m": "M", "g": "D", "s": "W", "a": "Y"}
_UNITS = r"giorn[oi]|gg|settiman[ae]|sett|mes[ei]|ann[oi]"
_SMALL_UNITS = r"minut[oi]|min|or[ae]|h|mezz'ora|mezzora"
_COUNT = r"(?P<count>un paio di|[0-9]{1,4}|[a-z]{2,25}|un')"
_HALF = r"(?P<half>\s+e\s+mezz[oa])?"
_SINCE = re.compile(
    r"(?<![a-z0-9])(?:(?:ormai |gia |piu |oltre |circa |quasi )?da(?:lle|gli|i)?\s+(?:(?:ormai|oltre|circa|quasi|"
    rf"gia|piu di|ben|almeno|tipo)\s+)?{_COUNT}\s?(?P<unit>{_UNITS})(?![a-z]){_HALF})"
)
_THAT = re.compile(
    r"(?<![a-z0-9])(?:sono|son|sn|so'|e'|e|fa)\s+(?P<said>(?:(?:ormai|gia|oltre|circa|"
    rf"quasi)\s+)?{_COUNT}\s?(?P<unit>{_UNITS})(?![a-z]){_HALF})\s+(?:che|ke|ch'|k)(?![a-z])"
)
_WAITED = re.compile(
    rf"(?:aspett\w{{1,6}}|attend\w{{1,5}}|atteso|attesa|in linea|in coda|al telefono|in attesa|siamo a|"
    r"sono passat[ie]|son passat[ie]|passat[ie]|trascors[ie])\s+(?:(?:da|di|per|gia|ormai|anche|ben|i|le|un|quasi|"
    rf"oltre)\s+){{0,3}}{_COUNT}\s?(?P<unit>{_UNITS}|{_SMALL_UNITS})(?![a-z]){_HALF}"
)
_SMALL = re.compile(
    rf"(?<![a-z0-9])da\s+(?:(?:oltre|circa|quasi|gia|piu di|ben)\s+)?(?:{_COUNT}\s?)?(?P<unit>{_SMALL_UNITS})(?![a-"
    rf"z]){_HALF}"
)
_LIFE = re.compile(
    r"(?:client[ei]|abbonat[aoie]|pendolar[ei]|spos\w{2,4}|lavor\w{1,4}|abit\w{1,4}|viv[oeia]\w{0,4}|"
    r"iscritt[aoie]|sociali?|soci[oa]|conosc\w{2,5}|pensionat\w|in pensione|usat\w|fedel\w{1,3}|tesserat\w|"
    r"insegn\w{1,3}|guid[ao]|"
    r"fumo|fum[ao]|malat[aoie]|vegan\w|stiamo insieme|fidanzat\w|azienda|attivit\w{1,3}|con voi|"
    r"vostr[oai] client\w)\b[^.;!?\n]{0,14}$"
)
_NOT_SINCE = re.compile(r"^\s*(?:\.{0,3}\s*)?(?:in su|al)\b")
_PREPOSITION = re.compile(r"(?<![a-z])(?:da|dal|dall'|dalla|dallo)\s?(?:giorno\s|scors[oa]\s|l')?$")


def find(passage: Passage) -> Iterator[Mention]:
    """Days since when something has lasted: value the first day, `duration` in ISO 8601, `since` True."""
    for match in _SINCE.finditer(passage.folded):
        if not _is_a_life(match, passage.folded) and not _NOT_SINCE.match(passage.folded[match.end() :]):
            yield from _since(match, passage, match.start() + match.group().rindex("da", 0, _count_at(match)))
    for match in _THAT.finditer(passage.folded):
        if not _is_a_life(match, passage.folded):
            yield from _since(match, passage, match.start("said"), end=match.end("said"))


def _count_at(match: re.Match[str]) -> int:
    return match.start("count") - match.start()


def _is_a_life(match: re.Match[str], folded: str) -> bool:
    """Years as a customer, a commuter, a husband are no problem's age."""
    years = match["unit"].startswith("ann")
    return years and _LIFE.search(folded[max(0, match.start() - 40) : match.start()]) is not None


def _since(match: re.Match[str], passage: Passage, start: int, *, end: int | None = None) -> Iterator[Mention]:
    count = _count(match)
    if count is None or count > 999:
        return
    half = bool(match["half"])
    first = away(passage.now.date(), match["unit"], -count, half=half)
    extra = {"duration": _iso(match["unit"], count, half=half), "since": True}
    yield Mention("date", first.isoformat(), start, match.end() if end is None else end, extra=extra)


def _count(match: re.Match[str]) -> int | None:
    written = match["count"] or "1"
    return 1 if written == "un'" else number(written)


def _iso(unit: str, count: int, *, half: bool) -> str:
    """A duration in ISO 8601; half a month is 15 days, half a week 4, half a year 6 months."""
    if unit.startswith(("min", "or", "h")):
        minutes = count * (60 if unit[0] in "oh" else 1) + 30 * (half and unit[0] in "oh")
        return f"PT{minutes // 60}H" if minutes % 60 == 0 and minutes else f"PT{minutes}M"
    if unit.startswith("mez"):
        return "PT30M"
    tail = {"m": "15D", "s": "4D", "a": "6M", "g": ""}[unit[0]] if half else ""
    if unit[0] == "s" and half:
        return f"P{count * 7 + 4}D"
    return f"P{count}{'Y' if unit[0] == 'a' else _LETTERS[unit[0]]}" + (tail if unit[0] != "a" or half else "")


def mark_since(mentions: Iterable[Mention], passage: Passage) -> list[Mention]:
    """The mentions with `since` on the days behind `da` or `dal` (`da lunedì`, `dal 5 marzo`)."""
    return [replace(one, extra={**one.extra, "since": True}) if _is_since(one, passage) else one for one in mentions]


def _is_since(mention: Mention, passage: Passage) -> bool:
    before = passage.folded[max(0, mention.start - 16) : mention.start]
    single = mention.entity == "date" and "/" not in mention.value and "since" not in mention.extra
    return single and _PREPOSITION.search(before) is not None and mention.value <= passage.now.date().isoformat()


def waiting(passage: Passage, mentions: Iterable[Mention]) -> str | None:
    """The longest time the customer says they have waited, as an ISO 8601 duration, or None."""
    spans = [_since_span(one, passage.now.date()) for one in mentions if one.extra.get("since")]
    spans += [_waited_span(match) for match in _WAITED.finditer(passage.folded)]
    spans += [_waited_span(match) for match in _SMALL.finditer(passage.folded)]
    return max((span for span in spans if span), default=(0.0, None))[1]


def _since_span(mention: Mention, today: date) -> tuple[float, str] | None:
    days = (today - date.fromisoformat(mention.value)).days
    duration = mention.extra.get("duration")
    return (float(days), str(duration) if duration else f"P{days}D") if days > 0 else None


def _waited_span(match: re.Match[str]) -> tuple[float, str] | None:
    count = _count(match)
    if count is None or count == 0:
        return None
    unit = match["unit"]
    if unit[0] in "oh" or unit.startswith(("min", "mez")):
        hours = count * (1.0 if unit[0] in "oh" else 1 / 60)
        return hours / 24, _iso(unit, count, half=bool(match["half"]))
    days = {"g": 1.0, "s": 7.0, "m": 30.5, "a": 365.0}[unit[0]] * count
    return days, _iso(unit, count, half=bool(match["half"]))
