"""How long a customer waits, as people write it: "2 days", "2 giorni", "1h30", "P2D", {days: 2}, 40 (minutes)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)
_UNITS: Mapping[str, timedelta] = {
    name: length
    for names, length in (
        ("s sec secs second seconds secondo secondi", timedelta(seconds=1)),
        ("m min mins minute minutes minuto minuti", timedelta(minutes=1)),
        ("h hr hrs hour hours ora ore", timedelta(hours=1)),
        ("d day days g gg giorno giorni", _DAY),
        ("w week weeks settimana settimane", 7 * _DAY),
        ("month months mese mesi", 30 * _DAY),
    )
    for name in names.split()
}
_WORDS: Mapping[str, float] = {
    **dict.fromkeys(("un", "una", "uno", "a", "an", "one"), 1.0),
    **dict.fromkeys(("half", "mezz", "mezza", "mezzo"), 0.5),
    **{
        word: float(n)
        for n, words in enumerate(
            "due two|tre three|quattro four|cinque five|sei six|sette seven|otto eight|nove nine|dieci ten".split("|"),
            2,
        )
        for word in words.split()
    },
}
_ISO = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d+):([0-5]\d)")
_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?|[a-z]+(?=[ '’]))[ '’]*(?:an? )?(?P<unit>[a-z]+)(?P<half> e mezz[ao]| and a half)?"
)
_BETWEEN = re.compile(r"(?:[\s,+]|\be\b|\band\b)*")


def is_plain(value: Any) -> bool:
    """Whether a pause is a number without a unit, which counts minutes."""
    return isinstance(value, str) and bool(re.fullmatch(r"\+?\d+(?:[.,]\d+)?", value.strip()))


def parse_pause(value: Any) -> timedelta:
    """The length of a pause; raises ValueError, with the reason, for what is none or longer than a year."""
    length = _of_mapping(value) if isinstance(value, Mapping) else _of_text(str(value).strip().lstrip("+").casefold())
    if length > LONGEST:
        raise ValueError(f"a pause of {length.days} days is longer than a year")
    return length


def is_unit(name: str) -> bool:
    """Whether a word names a unit of time."""
    return name.casefold() in _UNITS


def _of_mapping(value: Mapping[str, Any]) -> timedelta:
    if not value or not all(is_unit(unit) for unit in value):
        raise ValueError(f"{dict(value)} is not a pause: write units and numbers, as in days: 2")
    return sum((_number(str(amount)) * _UNITS[unit.casefold()] for unit, amount in value.items()), timedelta(0))


def _of_text(text: str) -> timedelta:
    if is_plain(text):
        return timedelta(minutes=_number(text))
    iso = _ISO.fullmatch(text)
    if iso and any(iso.groupdict().values()):
        return timedelta(**{unit: int(amount) for unit, amount in iso.groupdict().items() if amount})
    clock = _CLOCK.fullmatch(text)
    if clock:
        return timedelta(hours=int(clock[1]), minutes=int(clock[2]))
    return _of_words(text)


def _of_words(text: str) -> timedelta:
    """A sum of numbers with units; minutes may stand bare after hours ("1h30")."""
    length, at = timedelta(0), 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        minutes = re.fullmatch(r"\d{2}", text[at:]) if at and text[at - 1] == "h" else None
        if minutes:
            return length + timedelta(minutes=int(minutes[0]))
        if not piece or piece["unit"] not in _UNITS:
            raise ValueError(f'"{text}" is not a pause: write for example "2 days", "2 giorni", "36h" or "P2D"')
        length += (_number(piece["number"]) + (0.5 if piece["half"] else 0.0)) * _UNITS[piece["unit"]]
        between = _BETWEEN.match(text, piece.end())
        at = between.end() if between else piece.end()
    if not text:
        raise ValueError("an empty pause")
    return length


def _number(text: str) -> float:
    word = text.strip()
    if word in _WORDS:
        return _WORDS[word]
    try:
        number = float(word.replace(",", "."))
    except ValueError:
        raise ValueError(f'"{text}" is not a number') from None
    if number < 0:
        raise ValueError("time does not run backwards")
    return number
