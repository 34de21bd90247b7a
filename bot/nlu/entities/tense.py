"""Whether the words before a day look ahead of the message or back."""

from __future__ import annotations

import re

_LOOK_BACK = 44
_AHEAD = re.compile(
    r"(?:\b(?:entro|prossim\w+|fino a|per|x|questo|questa|dal prossimo)\s+(?:e non oltre\s+)?(?:(?:il|la|lo|l'|i|"
    r"le|giorno|fine)\s*){0,2}$)|"
    r"\b(?:part(?:o|iamo|e|ono|iro|iremo|enza)|viaggi\w{0,3}|verra|verranno|arrivera|scad\w+|rimandat\w|rinviat\w|"
    r"spostat\w|slitta\w*|posticipat\w|"
    r"torno|vado|andremo|sposo|serve|servono|devo|dobbiamo|vengo|venite|vieni|passate|passa|preferi\w+|"
    r"confermat\w|disponibil\w)\b[^.;!?\n]{0,18}$"
)
_BACK = re.compile(
    r"\b(?:dovev\w+|er[ao]n?o?|eravam\w|avev\w+|avreste|avrei|avrebbe\w*|dovut\w|previst\w|promess\w|fissat\w|"
    r"scors\w|passat[oaie] (?:il|da)|ricevut\w|consegnat\w|comprat\w|ordinat\w|fino a ieri|scadut[oaie])\b"
)


def looks_ahead(folded: str, start: int) -> bool:
    """True when words such as `entro`, `per`, `prossimo` or a departure precede, and nothing says it is past."""
    before = folded[max(0, start - _LOOK_BACK) : start]
    return _AHEAD.search(before) is not None and _BACK.search(before) is None
