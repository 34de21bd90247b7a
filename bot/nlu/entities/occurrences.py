"""How often it has happened already: `la terza volta`, `4 chiamate`, `quinta mail`."""

from __future__ import annotations

import re

from bot.nlu.entities.mention import Passage
from bot.nlu.entities.spelled import number, ordinal

_EVENTS = (
    r"volt[ae]|chiamat[ae]|telefonat[ae]|mail|email|e-mail|pec|messagg[io]{1,2}|sollecit[oi]|segnalazion[ei]|"
    r"reclam[oi]|tentativ[oi]|appuntament[oi]|"
    r"rinvi[oi]?|rimpall[oi]|richiest[ae]|operator[ei]|lettere|raccomandat[ae]|uscit[ae]|guast[oi]|"
    r"sostituzion[ei]|riparazion[ei]|ticket|promess[ae]|"
    r"consegn[ae] (?:saltat|mancat)[ae]|volt"
)
_TIMES = re.compile(
    rf"(?<![a-z0-9.,/])(?P<count>[0-9]{{1,3}}|[a-z]{{3,25}})\s(?:(?:altr[eai]|stess[ei]|divers[ei]|vostr[ei]|"
    rf"nuov[ei]|inutili|lunghe)\s)?(?P<event>{_EVENTS}|vv)(?![a-z])(?P<after>\s(?:al|all'|alla|a|piu|tanto|su|"
    r"in meno|meno|la settimana|l'anno|il mese)(?![a-z]))?"
)
_PLACE = re.compile(
    rf"(?<![a-z0-9.,/])(?:(?P<word>[a-z]{{5,25}})|(?P<figure>[0-9]{{1,3}})\s?(?:a|°|\^|esima|"
    rf"esimo))\s(?P<event>{_EVENTS})(?![a-z])"
)
_NUMBERED = re.compile(
    r"(?<![a-z])(?:tentativo|sollecito|chiamata|telefonata|mail|rimpallo|reclamo|messaggio)\s(?:n[.°]?|nr|"
    r"numero)\s?(?P<figure>[0-9]{1,2})(?![0-9])"
)
_MOST = 200


def occurrences(passage: Passage) -> int | None:
    """The highest number of times a message mentions, from 2 up, or None; `tre volte al giorno` is a rate, not a"
    " count."""
    counts = [number(match["count"]) for match in _TIMES.finditer(passage.folded) if not match["after"]]
    counts += [
        int(match["figure"]) if match["figure"] else ordinal(match["word"]) for match in _PLACE.finditer(passage.folded)
    ]
    counts += [int(match["figure"]) for match in _NUMBERED.finditer(passage.folded)]
    said = [count for count in counts if count is not None and 2 <= count <= _MOST]
    return max(said, default=None)
