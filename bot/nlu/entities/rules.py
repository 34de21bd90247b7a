"""All rules over one message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from bot.nlu.entities import (
    absolute_dates,
    amounts,
    case_codes,
    contacts,
    durations,
    identifiers,
    order_numbers,
    relative_dates,
    times,
    travel,
)
from bot.nlu.entities.mention import Mention, Passage, without_overlaps

FINDERS: tuple[Callable[[Passage], Iterator[Mention]], ...] = (
    contacts.find_emails,
    contacts.find_phones,
    identifiers.find_ibans,
    identifiers.find_tax_codes,
    case_codes.find,
    order_numbers.find,
    travel.find,
    amounts.find,
    absolute_dates.find,
    relative_dates.find,
    durations.find,
    times.find,
)


def find_facts(passage: Passage) -> list[Mention]:
    """Every structured fact of a message, overlaps not yet resolved."""
    found = chain.from_iterable(find(passage) for find in FINDERS)
    broken = bytearray(len(passage.text))
    for start, end in identifiers.broken_spans(passage):
        broken[start:end] = b"\x01" * (end - start)
    return [one for one in found if one.entity in ("iban", "tax_code") or 0 in broken[one.start : one.end]]


def settle(passage: Passage, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that hold, in the order of the text, with `since` where `da` precedes a day."""
    return durations.mark_since(without_overlaps(mentions), passage)
