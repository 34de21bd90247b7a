"""IBAN and codice fiscale: only with right check digits, else they are no fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.it import codicefiscale

from bot.nlu.entities.mention import Mention, Passage

_IBAN = re.compile(
    r"(?<![a-z0-9])[a-z]{2}[0-9]{2}(?:[a-z0-9]{11,30}|(?:[ \-][a-z0-9]{4}){2,7}(?:[ \-][0-9]{1,3})?)(?![a-z0-9])"
)
_ITALIAN_IBAN = re.compile(r"(?<![a-z0-9])it[ \-.]?[0-9]{2}(?:[ .\-]?[a-z0-9]){23}(?![0-9])")
_TAX_CODE = re.compile(
    r"(?<![a-z0-9])[a-z]{3}[ .\-]?[a-z]{3}[ .\-]?[0-9lmnpqrstuv]{2}[a-ehlmprst][0-9lmnpqrstuv]{2}[ .\-]?"
    r"[a-z][0-9lmnpqrstuv]{3}[ .\-]?[a-z](?![a-z0-9])"
)
_SEPARATORS = re.compile(r"[ .\-]")


def find_ibans(passage: Passage) -> Iterator[Mention]:
    """IBANs whose check digits are right, without blanks."""
    for pattern in (_ITALIAN_IBAN, _IBAN):
        for match in pattern.finditer(passage.folded):
            value = _SEPARATORS.sub("", match.group()).upper()
            if iban.is_valid(value):
                yield Mention("iban", value, match.start(), match.end())


def find_tax_codes(passage: Passage) -> Iterator[Mention]:
    """Codici fiscali whose check letter is right, in capitals; the variants for homonyms count too."""
    for match in _TAX_CODE.finditer(passage.folded):
        value = _SEPARATORS.sub("", match.group()).upper()
        if codicefiscale.is_valid(value):
            yield Mention("tax_code", value, match.start(), match.end())


def broken_spans(passage: Passage) -> list[tuple[int, int]]:
    """Where something has the shape of an IBAN or a tax code: whatever it is, its digits are no other fact."""
    shapes = (_ITALIAN_IBAN, _TAX_CODE)
    return [match.span() for pattern in shapes for match in pattern.finditer(passage.folded)]
