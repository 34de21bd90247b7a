"""Italian numbers in words: `ventitre`, `quarantun`, `duemilatrecento`, `terza`, `undicesimo`."""

from __future__ import annotations

from functools import lru_cache

_UNDER_TWENTY = (
    "zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici",
    "tredici", "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove",
)  # fmt: skip
_TENS = ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta")
_ORDINALS = ("prim", "second", "terz", "quart", "quint", "sest", "settim", "ottav", "non", "decim")
_VOWELS_THAT_ELIDE = "uo"
_LONGEST = 40


def _hundred() -> list[str]:
    """The numbers 0-99 in words."""
    words = list(_UNDER_TWENTY)
    for ten in _TENS:
        for unit in ["", *_UNDER_TWENTY[1:10]]:
            words.append((ten[:-1] if unit[:1] and unit[0] in _VOWELS_THAT_ELIDE else ten) + unit)
    return words


@lru_cache(maxsize=1)
def _thousand() -> dict[str, int]:
    """The words for 0-999, with the shorter and feminine forms people write (`un`, `una`, `ventun`)."""
    words: dict[str, int] = {"un paio di": 2, "paio di": 2}
    small = _hundred()
    for hundreds in range(10):
        head = "" if hundreds == 0 else ("" if hundreds == 1 else _UNDER_TWENTY[hundreds]) + "cento"
        for rest, word in enumerate(small):
            spelled = head if head and rest == 0 else head + word
            words[spelled] = hundreds * 100 + rest
            if rest % 10 == 1 and rest != 11:
                words[spelled[:-1]] = words[spelled[:-1] + "a"] = hundreds * 100 + rest
    return words


@lru_cache(maxsize=4096)
def number(word: str) -> int | None:
    """The number a folded word or run of digits means (up to 999,999), or None."""
    if word.isascii() and word.isdigit():
        return int(word) if len(word) <= 6 else None
    if len(word) > _LONGEST:
        return None
    if word in _thousand():
        return _thousand()[word]
    for thousands, head in (("mila", None), ("mille", 1)):
        before, found, after = word.partition(thousands)
        times = _thousand().get(before) if head is None else (head if not before else None)
        rest = 0 if not after else _thousand().get(after)
        if found and times is not None and rest is not None:
            return times * 1000 + rest
    return None


@lru_cache(maxsize=1)
def _ordinals() -> dict[str, int]:
    stems = {stem: place for place, stem in enumerate(_ORDINALS, start=1)}
    stems.update({word[:-1] + "esim": place for word, place in _thousand().items() if place > 10 and " " not in word})
    return {stem + ending: place for stem, place in stems.items() for ending in "oa"}


def ordinal(word: str) -> int | None:
    """The place an ordinal in the singular means: `terza` is 3; None for any other word."""
    return _ordinals().get(word)
