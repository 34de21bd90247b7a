"""Sums of money in euro, as prices are typed: `29,90`, `1.200,50 €`, `cento euro`, `29 e 90`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.spelled import number
from bot.nlu.entities.units import MONEY, counts_something

_FIGURES = r"(?:[0-9]{1,3}(?:[.' ][0-9]{3}){1,3}|[0-9]{1,7})(?:[.,][0-9]{1,2}(?![0-9]))?"
_CENTS = r"(?:\s?(?:e|virgola)\s(?P<cents>[0-9]{1,2}|[a-z]{3,18})(?:\s(?:cent(?:esimi)?\b))?)?"
_BEFORE = re.compile(rf"(?:€|\beuro\b|\beur\b)\s?(?P<sum>{_FIGURES})(?![0-9])(?P<thousand>\s?(?:k\b|mila\b))?")
_AFTER = re.compile(
    rf"(?<![a-z0-9.,/])(?P<sum>{_FIGURES})(?P<thousand>\s?(?:k|mila))?\s?(?P<currency>{MONEY}|€)"
    rf"(?:(?P<joined>[0-9]{{2}})(?![0-9])|{_CENTS})"
)
_WORDS = re.compile(rf"(?<![a-z])(?P<sum>[a-z]{{2,40}})(?:\s(?P<mila>mila))?\s{MONEY}{_CENTS}")
_SUMMED = re.compile(rf"(?<![a-z])(?P<sum>mille|[a-z]{{2,12}}mila) e (?P<rest>[a-z]{{4,20}}) {MONEY}")
_PER_MONTH = re.compile(
    rf"(?<![a-z0-9.,/])(?P<sum>{_FIGURES})(?= (?:al mese|all'anno|a settimana|ogni mese|mensili|annui)(?![a-z]))"
)
_CENTESIMI = re.compile(r"(?<![a-z0-9.,/])(?P<sum>[0-9]{1,2}|[a-z]{3,18})\scent(?:esimi)?\b")
_DECIMALS = re.compile(
    r"(?<![a-z0-9.,/+\-:])(?P<sum>[0-9]{1,3}(?:\.[0-9]{3}){0,2},[0-9]{2}|"
    r"[0-9]{1,6},[0-9]{2})(?![0-9a-z,./:])(?![.,][0-9])"
)
_AND = re.compile(r"(?<![a-z0-9.,/])(?P<sum>[0-9]{1,4}) e (?P<cents>[0-9]{2})(?![0-9a-z.,/:°%])")
_CUE = (
    r"(?<![a-z])(?:pag(?:o|a|ato|ata|ati|ate|are|ai|hiamo)|cost[aio]\w{0,4}|spes[oaie]|spend\w{2,5}|"
    r"addebit\w{0,5}|rimbors\w{1,8}|rida\w{1,5}|restitui\w{1,6}|"
    r"versat[oaie]|scala(?:t[oaie]|no|te)?|prelev\w{1,6}|prend(?:e|ono|ete)|tolt[oaie]|tirat[oaie]|"
    r"trattenut[oaie]|incassat[oaie]|importo|totale|prezzo|canone|saldo|somma|franchigia|"
    r"cauzione|caparra|acconto|tariffa|rincaro|(?:offerta|contratto|bolletta|bollette|fattura|rata|quota|penale|"
    r"multa|conguaglio|sconto)(?= (?:da|di) )|"
    r"vale|valore|chiesto|chiedete|chiedono|fatturat[oei]|bonifico|ricarica)"
)
_FREE = re.compile(
    rf"{_CUE}(?:[\s:]+(?:di|da|a|mi|me|ne|via|solo|circa|ben|invece|gia|altri|altre|un|una|tipo|per|e|era|il|"
    rf"totale)){{0,3}}[\s:]+"
    rf"(?P<sum>{_FIGURES})(?P<thousand>k\b)?(?![0-9a-z.,/:\-]*[0-9])(?![a-z°%€])"
)
_PAIR = re.compile(
    rf"(?<![a-z0-9.,/])(?P<sum>{_FIGURES})(?=\s(?:e una da|e uno da|e un[ao]? di|e altri|invece d[ie]i?|anziche|"
    r"al posto d[ie]i?|contro|o|e da)\s"
    rf"(?:{_FIGURES})\s?{MONEY})"
)
_CLOCK = re.compile(r"(?:\b(?:all[ae]|ore|dall[ae]|dell[ae]|l[ae]|tra|fra|h)\s?)$")
_MONEY_TALK = re.compile(rf"{_CUE}|{MONEY}|\bal mese|\ball'anno|\bl'anno|mensil")
_RATE = re.compile(
    r"(?:alt[oa]|taeg|tan|tasso|gradazione|diottri\w|miopia|altezza|peso|media|voto|temperatura|ore|alle|"
    r"dalle)\s?[a-z]{0,3}\s?$"
)
_FOLLOWS = re.compile(
    r"\s*(?:$|[.,;:!?)\"»\n-]|(?:al|per|in|e|ma|da|su|con|che|invece|anziche|quando|all'|l'anno|di|x|senza|come|"
    r"perche|non|nn|a|il|la|lo|ogni|totali|solo|gia|mentre|cioe|ed|o)(?![a-z]))"
)

_LEAST = 2.0


def find(passage: Passage) -> Iterator[Mention]:
    """Sums with their currency, then figures that only money talk explains."""
    yield from _with_currency(passage)
    if any(character.isdigit() for character in passage.folded):
        yield from _without_currency(passage)


def _with_currency(passage: Passage) -> Iterator[Mention]:
    for match in _BEFORE.finditer(passage.folded):
        yield from _mention(match.start(), match.end(), _plain(match["sum"]), match["thousand"])
    for match in _AFTER.finditer(passage.folded):
        cents, end = _cents(match, passage)
        yield from _mention(match.start(), end, _plain(match["sum"]), match["thousand"], cents=cents)
    for match in _WORDS.finditer(passage.folded):
        whole = number(match["sum"])
        if whole is not None:
            cents, end = _cents(match, passage)
            yield from _mention(match.start(), end, float(whole), match["mila"], cents=cents)
    for match in _SUMMED.finditer(passage.folded):
        first, second = number(match["sum"]), number(match["rest"])
        if first and second:
            yield from _mention(match.start(), match.end(), float(first + second), None)
    for match in _CENTESIMI.finditer(passage.folded):
        cents_only = number(match["sum"])
        if cents_only is not None and cents_only < 100:
            yield from _mention(match.start(), match.end(), 0.0, None, cents=cents_only)


def _cents(match: re.Match[str], passage: Passage) -> tuple[int, int]:
    """Cents that follow the currency (`18 euro e 70`), and where the sum ends."""
    groups = match.groupdict()
    if groups.get("joined"):
        return int(groups["joined"]), match.end()
    cents = number(groups["cents"]) if groups["cents"] else None
    counted = cents is not None and counts_something(passage.folded, match.end())
    if cents is None or cents >= 100 or counted or "." in match["sum"] or "," in match["sum"]:
        return 0, _end_of_currency(match)
    return cents * (10 if "virgola" in match.group() and len(match["cents"]) == 1 else 1), match.end()


def _end_of_currency(match: re.Match[str]) -> int:
    if not match["cents"]:
        return match.end()
    found = re.match(rf".*?{MONEY}", match.group())
    return match.start() + (found.end() if found else len(match.group()))


def _without_currency(passage: Passage) -> Iterator[Mention]:
    folded = passage.folded
    for match in chain(_PAIR.finditer(folded), _PER_MONTH.finditer(folded)):
        yield from _mention(match.start(), match.end(), _plain(match["sum"]), None)
    for match in _DECIMALS.finditer(folded):
        before = folded[max(0, match.start() - 20) : match.start()]
        if not counts_something(folded, match.end()) and not _RATE.search(before):
            yield from _mention(match.start(), match.end(), _plain(match["sum"]), None)
    for match in _AND.finditer(folded):
        if _is_price_in_two_parts(match, folded):
            yield from _mention(match.start(), match.end(), float(match["sum"]), None, cents=int(match["cents"]))
    for match in _FREE.finditer(folded):
        worth = _plain(match["sum"]) >= _LEAST
        if worth and _FOLLOWS.match(folded, match.end()) and not counts_something(folded, match.end()):
            yield from _mention(match.start("sum"), match.end(), _plain(match["sum"]), match["thousand"])


def _is_price_in_two_parts(match: re.Match[str], folded: str) -> bool:
    around = folded[max(0, match.start() - 40) : match.end() + 20]
    clock = _CLOCK.search(folded[max(0, match.start() - 8) : match.start()])
    return not clock and not counts_something(folded, match.end()) and _MONEY_TALK.search(around) is not None


def _plain(figures: str) -> float:
    """The sum as a number; a point or comma before one or two final digits is the decimal one."""
    whole, _, decimals = re.fullmatch(r"(.*?)(?:([.,])([0-9]{1,2}))?", figures).group(1, 2, 3)  # type: ignore[union-attr]
    return float(f"{re.sub('[^0-9]', '', whole) or 0}.{decimals or 0}")


def _mention(start: int, end: int, whole: float, thousand: str | None, *, cents: int = 0) -> Iterator[Mention]:
    value = whole * (1000 if thousand else 1) + cents / 100
    yield Mention("amount", f"{value:.2f}", start, end)
