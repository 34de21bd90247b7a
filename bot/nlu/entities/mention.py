"""What a kind of fact is read from and what it yields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from bot.nlu.entities.folding import fold

_NOTHING: Mapping[str, object] = MappingProxyType({})

PRIORITY = (
    "email", "iban", "tax_code", "case_code", "phone_cued", "order_cued", "flight_or_train", "amount", "place",
    "date", "time", "phone", "order_number", "person", "company", "product",
)  # fmt: skip
_RANKS = {kind: rank for rank, kind in enumerate(PRIORITY)}


@dataclass(frozen=True)
class Passage:
    """A message and the moment it was written (in the customer's zone).

    `folded` is the text in lower case without accents, character for character, so that spans hold in both.
    """

    text: str
    now: datetime
    folded: str

    @classmethod
    def of(cls, text: str, now: datetime) -> Passage:
        """A message ready to be searched."""
        return cls(text, now, fold(text))


@dataclass(frozen=True)
class Mention:
    """A fact at `start:end` of the text; `value` is normalised, `extra` holds keys such as `duration` or `valid`.

    `rank` names its line in PRIORITY when that is not the entity itself (a number that words announce is surer).
    """

    entity: str
    value: str
    start: int
    end: int
    rank: str = ""
    extra: Mapping[str, object] = field(default_factory=lambda: _NOTHING)

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts the mention that wins an overlap first: by priority, then the longer one."""
        return _RANKS[self.rank or self.entity], self.start - self.end, self.start


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that win every overlap, in the order of the text."""
    candidates = sorted(mentions, key=lambda one: one.order)
    covered = bytearray(max((one.end for one in candidates), default=0))
    taken: list[Mention] = []
    for mention in candidates:
        if 1 not in covered[mention.start : mention.end]:
            covered[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            taken.append(mention)
    return sorted(taken, key=lambda one: one.start)
