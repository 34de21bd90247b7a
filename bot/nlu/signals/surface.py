"""What a message looks like before it is read: capitals, exclamation marks, links, codes, amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

_LINK = re.compile(r"https?://|www\.|\b[\w-]{1,60}\.(?:com|it|net|org|info|example|me|ly|tv|shop)\b", re.IGNORECASE)
_SHOUTS = re.compile(r"[!?]{2,}|!")
_CODE = re.compile(r"\b(?=\w*\d)[A-Z0-9][\w/-]{4,}\b")
_NUMBER = re.compile(r"\d{1,3}(?:[. ]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?")
_EURO = re.compile(r"(?:€|\beuro\b|\beur\b)", re.IGNORECASE)
_NEAR = 14
_MOST_AMOUNTS = 50
_STRETCHED = re.compile(r"([A-Za-zàèéìòù])\1{2,}")
_FEW_LETTERS = 8


@dataclass(frozen=True)
class Surface:
    """`capitals` is the share of capitals among the letters (0-1, 0 for very short texts); the rest are counts."""

    capitals: float
    exclamations: int
    longest_run: int
    questions: int
    dots: int
    links: int
    codes: int
    stretched: int
    amounts: tuple[float, ...]
    quotes: int


def look_at(text: str) -> Surface:
    """Return the outward features of a message."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters) / len(letters) if len(letters) >= _FEW_LETTERS else 0.0
    runs = [len(found) for found in _SHOUTS.findall(text)]
    return Surface(
        capitals=capitals,
        exclamations=text.count("!"),
        longest_run=max(runs, default=0),
        questions=text.count("?"),
        dots=text.count("...") + text.count("…"),
        links=len(_LINK.findall(text)),
        codes=len(_CODE.findall(text)),
        stretched=len(_STRETCHED.findall(text)),
        amounts=amounts_in(text),
        quotes=text.count('"') // 2 + text.count("«") + text.count("“"),
    )


def amounts_in(text: str) -> tuple[float, ...]:
    """Return the sums of money written with a currency beside the number, in euro."""
    found = []
    for currency in islice(_EURO.finditer(text), _MOST_AMOUNTS):
        before = list(_NUMBER.finditer(text, max(0, currency.start() - _NEAR), currency.start()))
        after = _NUMBER.match(text, _skip_blanks(text, currency.end())) if currency.group() == "€" else None
        number = before[-1] if before and not text[before[-1].end() : currency.start()].strip() else after
        if number:
            found.append(_value(number.group()))
    return tuple(found)


def _skip_blanks(text: str, at: int) -> int:
    return at + 1 if at < len(text) and text[at] == " " else at


def _value(number: str) -> float:
    whole, comma, cents = number.replace(" ", "").partition(",")
    if not comma and re.fullmatch(r"\d+\.\d{1,2}", whole):
        return float(whole)
    return float(f"{whole.replace('.', '')}.{cents or 0}")
