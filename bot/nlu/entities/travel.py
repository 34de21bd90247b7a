"""Flights and trains by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.units import counts_something

_AIRLINES = (
    "az|fr|u2|ec|w6|w4|w9|vy|v7|lh|en|cl|af|ba|ib|kl|ek|qr|tk|tp|ei|lx|os|sn|sk|ey|ay|lo|ok|ux|i2|no|bv|xz|dy|d8|"
    "eb|ew|pc|a3|ju|"
    "jp|hv|to|tu|ms|at|rj|ly|su|aa|dl|ua|ac|nh|jl|cx|sq|tg|mu|ca|cz|ke|oz|ai|et|sv|wy|gf|me|kq|la|g3|am|av|ls|zb|be"
)
_FLIGHT = re.compile(
    rf"(?<![a-z0-9\-/])(?P<airline>{_AIRLINES})(?P<gap>[ \-]?)(?P<number>[0-9]{{2,4}})(?![a-z0-9\-/])(?![.,:][0-9])"
)
_NUMBERED_FLIGHT = re.compile(
    rf"(?<![a-z])(?:vol[oi]|flight)\s(?:(?!del|alle|dalle|per|dopo|ore)[a-z]{{3,12}}\s){{0,2}}(?:n[.°]?\s?|"
    rf"numero\s|nr[.]?\s)?(?:(?P<airline>{_AIRLINES})(?![a-z])\s?-?|"
    rf"(?<![a-z])(?=[0-9]))(?P<number>[0-9]{{2,4}})(?![a-z0-9])(?![.,:/][0-9])"
)
_TRAINS = {
    "frecciarossa": "Frecciarossa", "freccia rossa": "Frecciarossa", "frecciargento": "Frecciargento",
    "frecciabianca": "Frecciabianca", "freccia": "Freccia", "italo": "Italo", "intercity notte": "ICN",
    "intercity": "IC",
    "icn": "ICN", "ic": "IC", "eurocity": "EC", "ec": "EC", "en": "EN", "euronight": "EN",
    "regionale veloce": "Regionale veloce", "regio": "Regionale",
    "rv": "Regionale veloce", "regionale": "Regionale", "reg": "Regionale", "r": "Regionale",
    "interregionale": "Regionale", "treno": "Treno", "convoglio": "Treno",
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _TRAINS), key=len, reverse=True))
_TRAIN = re.compile(
    rf"(?<![a-z0-9])(?P<train>{_NAMES})(?P<gap>[.]?\s(?:n[.°]?\s?|numero\s|nr[.]?\s)?|"
    rf"[ \-]?)(?P<number>[0-9]{{2,5}})(?![a-z0-9])(?![.,:/][0-9])"
)
_TRAIN_TALK = re.compile(r"tren[oi]|binar|stazion|frecciaross|carrozz|trenitalia|trenord")
_FLIGHT_TALK = re.compile(
    r"vol[oi]\b|aere[oi]|aeroport|imbarc|check.?in|gate|ryanair|easyjet|compagnia|decoll|atterr|bagagl|cancellat|"
    r"partit|ritard"
)
_A_MODEL = ("Frecciarossa", "1000")
_FEW_LETTERS = 10


def find(passage: Passage) -> Iterator[Mention]:
    """Flights as `AZ1671` (`Volo 61` without the airline), trains as `Frecciarossa 9528` or `Treno 9613`."""
    for match in _FLIGHT.finditer(passage.folded):
        if _is_flight(match, passage):
            yield Mention("flight_or_train", f"{match['airline']}{match['number']}".upper(), *match.span())
    for match in _NUMBERED_FLIGHT.finditer(passage.folded):
        if not counts_something(passage.folded, match.end()) and not match["airline"]:
            yield Mention("flight_or_train", f"Volo {match['number']}", *match.span())
        elif match["airline"]:
            code = re.sub(r"[\s\-]", "", match["airline"]) + match["number"]
            yield Mention("flight_or_train", code.upper(), match.start("airline"), match.end())
    for match in _TRAIN.finditer(passage.folded):
        name = _TRAINS[match["train"]]
        if (name, match["number"]) != _A_MODEL and _is_train(match, passage):
            yield Mention("flight_or_train", f"{name} {match['number']}", *match.span())


def _is_flight(match: re.Match[str], passage: Passage) -> bool:
    """Two letters and a number are a flight in capitals or when the message talks of flying."""
    start, end = match.span()
    if counts_something(passage.folded, end) or (match["airline"] == "fr" and _TRAIN_TALK.search(passage.folded)):
        return False
    shouted = passage.text.isupper() and sum(map(str.isalpha, passage.text)) > _FEW_LETTERS
    capitals = passage.text[start : start + 2].isupper() and not shouted
    talks = _FLIGHT_TALK.search(passage.folded) is not None
    return len(match["number"]) > 2 and (talks or (capitals and match["airline"] in _AIRLINES.split("|")[:24]))


def _is_train(match: re.Match[str], passage: Passage) -> bool:
    short = len(match["train"]) <= 3
    if short and not (passage.text[match.start()].isupper() or _TRAIN_TALK.search(passage.folded)):
        return False
    return len(match["number"]) > (2 if short else 1) and not counts_something(passage.folded, match.end())
