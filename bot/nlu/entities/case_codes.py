"""Our own case codes, as people copy or dictate them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.case import is_case_code, normalise_case_code
from bot.nlu.entities.mention import Mention, Passage

_CODE = re.compile(r"(?<![a-z0-9])t(?:[ .\-]?[a-z0-9]){8}(?![a-z0-9])")
_ANNOUNCED = re.compile(r"(?:pratic[ah]e?|codic[ei]|cod\.?|caso|numero|n[.°r]?|il|la|e|:|#)[\s:#]*$")
_LOOK_BACK = 14
_NEVER_ISSUED = frozenset("io")


def find(passage: Passage) -> Iterator[Mention]:
    """Case codes; one copied wrongly is still a mention, with `valid` False."""
    for match in _CODE.finditer(passage.folded):
        code = normalise_case_code(match.group())
        if code is None:
            continue
        if is_case_code(code):
            if _is_meant(match.group(), passage, match.start()):
                yield Mention("case_code", code, match.start(), match.end())
        elif _looks_copied(match.group(), passage, match.start()):
            yield Mention("case_code", code, match.start(), match.end(), extra={"valid": False})


def _is_meant(written: str, passage: Passage, start: int) -> bool:
    """Chance lets one word in 37 pass the check: without digits, or in pieces, a code must look like one."""
    digits = sum(character.isdigit() for character in written)
    if len(written) > 9:
        return digits >= 2 or (digits > 0 and _announced(passage, start))
    return digits > 0 or not _NEVER_ISSUED & set(written)


def _looks_copied(written: str, passage: Passage, start: int) -> bool:
    letters = sum(character.isalpha() for character in written[1:])
    return len(written) == 9 and 0 < letters < 8 and (letters > 1 or _announced(passage, start))


def _announced(passage: Passage, start: int) -> bool:
    return _ANNOUNCED.search(passage.folded[max(0, start - _LOOK_BACK) : start]) is not None
