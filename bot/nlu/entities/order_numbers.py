"""Numbers of orders, contracts, tickets, customers, bookings and shipments: whatever a back office can look up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.units import counts_something

_NOUNS = (
    r"ord(?:in[ei])?|pratic[ah]e?|prat|contratt[oi]|contr|ticket|booking|order|pnr|prenotazion[ei]|pren|"
    r"spedizion[ei]|sped|tracking|"
    r"lettera di vettura|ldv|fattur[ae]|fatt|ricevut[ae]|polizz[ae]|sinistr[oi]|segnalazion[ei]|reclam[oi]|"
    r"riferiment[oi]|rif|"
    r"matricola|bagaglio|tagliando|prot(?:ocollo)?|utenza|pod|pdr|ddt|bolla|bollett[ae]|bollettino|raccomandata|"
    r"scontrin[oi]|tessera|badge|pacc(?:o|hi)|collo|consegna|"
    r"resi|reso|richiesta|nota|dossier|fascicolo|caso|cliente|account|istanza|appuntamento|intervento|id|"
    r"cod(?:ic[ei])?|num(?:ero)?|"
    r"acquisto|rimborso|abbonamento|biglietto|voucher|prestito|finanziamento|mutuo|licenza|verbale|multa|denuncia|"
    r"invoice|case"
)
_FILLERS = (
    r"n[.°]{0,2}|nr[.]?|nro|no[.]|num(?:ero)?[.]?|nume|numer[io]|cod(?:ic[ei])?[.]?|id|cliente|ordine|"
    r"prenotazione|contratto|pratica|spedizione|"
    r"utente|tracking|e|era|il|la|lo|l'|mi[oa]|tuo|vostr[oa]|seguente|questo|ecco|sarebbe|dovrebbe essere|a/r|pnr|"
    r"vs|ns|ticket|di|del|dell'|della|"
    r"reso|acquisto|rif[.]?|riferimento|fattura|visita"
)
_VALUE = (
    r"[0-9](?: [0-9]){3,}|[0-9]{3,6}(?: [0-9]{2,4}){1,5}|[a-z]{0,6}[\-/.]?[0-9][a-z0-9]{0,20}(?:[\-/._][a-z0-9]{1,"
    r"14}){0,4}"
)
_ANNOUNCED = re.compile(
    rf"(?<![a-z0-9])(?P<noun>{_NOUNS})(?P<gap>[.:]?(?:[\s:=(\"'«]{{1,3}}(?:{_FILLERS})(?![a-z0-9])){{0,4}}[\s:=#.°("
    rf"\"'«]{{0,4}})"
    rf"(?<![a-z0-9])(?P<value>{_VALUE})(?![a-z0-9])"
)
_CARRIERS = r"(?:ordine|pratica|contratto|prenotazione|spedizione|pnr|ticket)"
_LONG_VALUE = r"(?P<value>[a-z]{0,4}[0-9]{4,20})"
_LINKS = r"(?:e|era|sarebbe|il|l'|lo|la|mio|numero|num|n|codice|cod|d'|di|del|dell'|della)"
_HEMS = r"(?:eh|ehm|cioe|scus[ai]|appunto|dico|intendo|quello|quella)"
_ANNOUNCED_AFTER = re.compile(rf"(?<![a-z0-9/.,:\-]){_LONG_VALUE}\s?[,(]?\s?(?:{_LINKS}\s?){{1,4}}{_CARRIERS}(?![a-z])")
_AFTER_A_PAUSE = re.compile(
    rf"(?<![a-z0-9]){_CARRIERS}\s?,?\s?{_HEMS}?\s?,?\s?(?:il|l'|la|e|n[.]?|numero|:)\s?{_LONG_VALUE}(?![a-z0-9])"
)
_PUT_RIGHT = re.compile(
    r"(?<![a-z0-9])(?P<right>[0-9]{4,20})\s?,?\s?(?:e\s)?(?:non|anziche|invece (?:di|del))\s(?:il\s|e\s)?"
    r"(?P<wrong>[0-9]{4,20})(?![a-z0-9])"
    r"|(?<![a-z])non\s(?:e\s)?(?:il\s)?(?P<wrong2>[0-9]{4,20})\s?,?\s?(?:ma|bensi|e|sarebbe)\s(?:il\s|e\s)?"
    r"(?P<right2>[0-9]{4,20})(?![a-z0-9])"
)
_NUMBERED = re.compile(rf"(?<![a-z0-9])(?:n[.°]|n[.]?°|nr[.]?|no[.])\s?(?P<value>{_VALUE})(?![a-z0-9])")
_NEXT = re.compile(rf"\s?(?:,|e|ed|o|/)\s(?:il\s|n[.°]?\s?)?(?P<value>{_VALUE})(?![a-z0-9])")
_HASH = re.compile(rf"(?<![a-z0-9&#/])#\s?(?P<value>{_VALUE})(?![a-z0-9])")
_BOOKING = re.compile(
    r"(?:pnr|prenotazione|booking)\W{1,3}(?:(?:codice|cod|n|numero|e|il|la|"
    r"mia?o?)\W{1,3}){0,3}(?P<value>[a-z0-9]{5,8})(?![a-z0-9])"
)
_BARE_DIGITS = re.compile(r"(?<![a-z0-9€+#@/.,:\-])[0-9]{7,20}(?![a-z0-9/@])(?![.,:\-][0-9])")
_BARE_CODE = re.compile(
    r"(?<![a-z0-9#@/.,:\-])(?:[a-z]{1,5}-?[0-9]{4,}[a-z0-9]*(?:[\-/][a-z0-9]{1,12}){0,3}|"
    r"[a-z]{1,5}[0-9]?[\-/][0-9]{3,}(?:[\-/][a-z0-9]{1,12}){0,3}|[0-9]{2,}[\-/][0-9]{4,}(?:[\-/][a-z0-9]{1,12}){0,2}|"
    r"[0-9]{3,}[a-z]{0,2}-[0-9]{3,}(?:-[a-z0-9]{1,8}){0,3}|[0-9]{3,}[\-/][a-z]{1,4}(?:[\-/][a-z0-9]{1,8})?)(?![a-z"
    r"0-9@])(?![\-/.,][a-z0-9])"
)
_STREET = re.compile(
    r"(?:\bvia|viale|v\.le|piazza|p\.zza|corso|c\.so|largo|vicolo|contrada|strada|civico|interno|"
    r"scala)\b[^0-9\n.;!?]{0,40}$"
)
_NOT_THESE = re.compile(
    r"\b(?:carta|conto|targa|p\.? ?iva|partita iva|cap|cvv|pin|otp|modello|mod|articolo|art|errore|error|lotto|"
    r"legge|reg\.?|regolamento|decreto|direttiva|ce|ue|identita|pagina|isbn|conto|linea|autobus|bus|tram|civico|"
    r"interno|misura|taglia)\W{0,3}(?:(?:e|n|nr|numero|corrente)\W{1,2}){0,2}$"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_ARTICLES = {"il", "la", "lo", "l'", "e", "era"}
_LOOK_BACK = 50


def find(passage: Passage) -> Iterator[Mention]:
    """Numbers that words or a sign announce, and bare ones too long or too odd to be anything else."""
    if not any(character.isdigit() for character in passage.folded):
        yield from _letters_only(passage)
        return
    wrong = set(_wrong_numbers(passage))
    for mention in _found(passage):
        if (mention.start, mention.end) not in wrong:
            yield mention


def _found(passage: Passage) -> Iterator[Mention]:
    yield from _announced(passage)
    yield from _announced_otherwise(passage)
    yield from _put_right(passage)
    yield from _letters_only(passage)
    yield from _signed(passage)
    yield from _bare(passage)
    yield from _whole_message(passage)


def _announced(passage: Passage) -> Iterator[Mention]:
    for match in _ANNOUNCED.finditer(passage.folded):
        value, end = match["value"], match.end("value")
        if not counts_something(passage.folded, end) and _is_number_of(match["noun"], match["gap"], value):
            yield _mention(passage, match.start("value"), end, rank="order_cued")
            yield from _second(passage, end, length=len(value))


def _announced_otherwise(passage: Passage) -> Iterator[Mention]:
    """The noun behind the number ("48213 è l'ordine"), or before it with a pause ("lo stesso ordine eh, il 48213")."""
    for pattern in (_ANNOUNCED_AFTER, _AFTER_A_PAUSE):
        for match in pattern.finditer(passage.folded):
            start, end = match.span("value")
            if not _YEAR.fullmatch(match["value"]) and not counts_something(passage.folded, end):
                yield _mention(passage, start, end, rank="order_cued")


def _put_right(passage: Passage) -> Iterator[Mention]:
    """The right one of two numbers of the same length ("è 48213, non 48231")."""
    for match in _PUT_RIGHT.finditer(passage.folded):
        side = "" if match["right"] else "2"
        if _same_kind(match[f"right{side}"], match[f"wrong{side}"]):
            yield _mention(passage, *match.span(f"right{side}"), rank="order_cued")


def _wrong_numbers(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where the numbers stand that the customer takes back."""
    for match in _PUT_RIGHT.finditer(passage.folded):
        side = "" if match["right"] else "2"
        if _same_kind(match[f"right{side}"], match[f"wrong{side}"]):
            yield match.span(f"wrong{side}")


def _same_kind(right: str, wrong: str) -> bool:
    return len(right) == len(wrong) and right != wrong and not _YEAR.fullmatch(right)


def _second(passage: Passage, end: int, *, length: int) -> Iterator[Mention]:
    """A second number of the same length (`ordini 4410 e 4411`)."""
    match = _NEXT.match(passage.folded, end)
    if match and len(match["value"]) == length >= 3 and not counts_something(passage.folded, match.end()):
        yield _mention(passage, *match.span("value"), rank="order_cued")


def _is_number_of(noun: str, gap: str, value: str) -> bool:
    """Whether the noun can announce this value: quantities, years and dates stand there too."""
    words = set(re.findall(r"[a-z']+", gap))
    digits = sum(character.isdigit() for character in value)
    numbered = bool(words & {"n", "nr", "num", "numero", "codice", "cod", "id"}) or any(sign in gap for sign in "#:°")
    if _is_date_like(value) or (_YEAR.fullmatch(value) and (not numbered or words & {"di", "del"})):
        return False
    if noun.startswith(
        (
            "num",
            "cod",
            "id",
            "nota",
            "caso",
            "richiesta",
            "consegna",
            "acquisto",
            "rimborso",
            "appuntament",
            "interv",
            "tessera",
            "bigl",
            "badge",
        )
    ):
        return digits >= (4 if not numbered else 3)
    if words & {"di", "del", "dell'", "della"} and not numbered:
        return digits >= 5 or not value.isdigit()
    return digits >= (3 if words & _ARTICLES else 2)


def _is_date_like(value: str) -> bool:
    return re.fullmatch(r"[0-3]?[0-9][/.\-][01]?[0-9](?:[/.\-](?:20)?[0-9]{2})?", value) is not None and len(value) < 11


def _letters_only(passage: Passage) -> Iterator[Mention]:
    """Booking codes such as QWKLPT: letters alone count when they were typed in capitals."""
    for match in _BOOKING.finditer(passage.folded):
        start, end = match.span("value")
        written = passage.text[start:end]
        mixed = any(character.isdigit() for character in written) and any(character.isalpha() for character in written)
        if mixed or (written.isupper() and not passage.text.isupper() and written.isalpha() and len(written) == 6):
            yield _mention(passage, start, end, rank="order_cued")


def _signed(passage: Passage) -> Iterator[Mention]:
    for pattern, least in ((_HASH, 3), (_NUMBERED, 4)):
        for match in pattern.finditer(passage.folded):
            start, end = match.span("value")
            digits = sum(character.isdigit() for character in match["value"])
            before = passage.folded[max(0, match.start() - _LOOK_BACK) : match.start()]
            if digits >= least and not counts_something(passage.folded, end) and not _elsewhere(before):
                yield _mention(passage, start, end, rank="order_cued")


def _bare(passage: Passage) -> Iterator[Mention]:
    for pattern in (_BARE_DIGITS, _BARE_CODE):
        for match in pattern.finditer(passage.folded):
            before = passage.folded[max(0, match.start() - _LOOK_BACK) : match.start()]
            if not counts_something(passage.folded, match.end()) and not _elsewhere(before) and _is_odd(match.group()):
                yield _mention(passage, match.start(), match.end())


def _is_odd(value: str) -> bool:
    years = re.fullmatch(r"(?:19|20)[0-9]{2}[\-/](?:19|20)?[0-9]{2,4}", value) and not re.fullmatch(
        r"20[0-9]{2}-[0-9]{3,}", value
    )
    return not years and not _is_date_like(value) and len(set(value)) > 2


def _elsewhere(before: str) -> bool:
    return _STREET.search(before) is not None or _NOT_THESE.search(before) is not None


def _whole_message(passage: Passage) -> Iterator[Mention]:
    """A message that is only a number answers our question for one."""
    match = re.fullmatch(r"\W{0,3}(?P<value>[a-z]{0,4}[\-/]?[0-9][a-z0-9\-/.]{2,18})\W{0,3}", passage.folded)
    if (
        match
        and sum(map(str.isdigit, match["value"])) >= 4
        and not _YEAR.fullmatch(match["value"])
        and _is_odd(match["value"])
    ):
        yield _mention(passage, *match.span("value"))


def _mention(passage: Passage, start: int, end: int, *, rank: str = "") -> Mention:
    written = passage.text[start:end].rstrip(".-/_")
    return Mention("order_number", written.upper().replace(" ", ""), start, start + len(written), rank=rank)
