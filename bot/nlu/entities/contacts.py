"""E-mail addresses and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import phonenumbers

from bot.nlu.entities.mention import Mention, Passage

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+\-])[a-z0-9_%+\-]{1,64}(?:\.[a-z0-9_%+\-]{1,64}){0,5}\s?@\s?"
    r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,24}(?![a-z0-9\-])"
)
_DICTATED = re.compile(
    r"(?<![a-z0-9])(?P<local>[a-z0-9._\-]{1,40}(?: (?:punto|trattino) [a-z0-9]{1,30}){0,3})\s?(?:chiocciola|"
    r"\[at\]|\(at\))\s?"
    r"(?P<host>[a-z0-9\-]{1,40}(?:(?:\.| punto | dot )[a-z]{2,24}){1,3})(?![a-z0-9])"
)
_SIGNS = {" punto ": ".", " dot ": ".", " trattino ": "-"}
_NUMBER = re.compile(
    r"(?<![a-z0-9#@/,.\-])(?:\+|00)?\(?[0-9](?:[ ./()\-]{0,2}[0-9]){5,14}(?![0-9])(?![.,/\-][0-9])(?!\s?[a-z]?[€%])"
)
_CUE = re.compile(
    r"(?:tel(?:ef(?:ono|onic[oa])?)?|cell(?:ulare)?|mobile|fisso|whats ?app|wa|recapit[oi]|chiama\w*|richiama\w*|"
    r"telefona\w*|squillo|sms|contatta\w*|numero verde)(?:\.|\b)[^0-9\n]{0,28}$"
)
_OTHER = re.compile(
    r"(?:ordin|pratic|contratt|cliente|tracking|spedizion|fattur|pren|cod|ticket|polizz|rif|matricol|contatore|"
    r"serial|lotto|utenza|protocol)[^0-9\n]{0,20}$"
)
_MOST = 40
_LOOK_BACK = 44


def find_emails(passage: Passage) -> Iterator[Mention]:
    """E-mail addresses in lower case."""
    if "@" in passage.folded:
        for match in _EMAIL.finditer(passage.folded):
            yield Mention("email", re.sub(r"\s", "", match.group()), match.start(), match.end())
    dictated = "chiocciola" in passage.folded or any(sign in passage.folded for sign in ("[at]", "(at)"))
    for match in _DICTATED.finditer(passage.folded) if dictated else ():
        value = f"{match['local']}@{match['host']}"
        for words, sign in _SIGNS.items():
            value = value.replace(words, sign)
        yield Mention("email", value, match.start(), match.end())


def find_phones(passage: Passage) -> Iterator[Mention]:
    """Telephone numbers that exist as a range, in E.164; a bare landline without its words or blanks may be any "
    "number."""
    for match in islice(_NUMBER.finditer(passage.folded), _MOST):
        before = passage.folded[max(0, match.start() - _LOOK_BACK) : match.start()]
        cued = _CUE.search(before) is not None
        if cued or _is_plainly_a_phone(match.group(), before):
            value = _e164(match.group())
            if value:
                start = match.start()
                yield Mention("phone", value, start, match.end(), rank="phone_cued" if cued else "phone")


def _is_plainly_a_phone(written: str, before: str) -> bool:
    if _OTHER.search(before):
        return False
    if written.startswith(("+", "00")):
        return True
    digits = re.sub(r"\D", "", written)
    if digits.startswith("3"):
        return len(digits) in (9, 10) and len(re.findall(r"\D+", written)) < 6
    if digits.startswith(("800", "199", "892", "895", "899")):
        return len(digits) in (6, 9)
    return digits.startswith("0") and len(digits) >= 8 and re.fullmatch(r"0\d{1,3}[ /.\-]\d[\d ]+", written) is not None


def _e164(written: str) -> str | None:
    try:
        phone = phonenumbers.parse(written, "IT")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(phone):
        return None
    return str(phonenumbers.format_number(phone, phonenumbers.PhoneNumberFormat.E164))
