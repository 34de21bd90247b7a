"""More training examples with other names in the same places, so that context and lists count, not the name itself.

Mention replacement as in Dai and Adel, "An Analysis of Simple Data Augmentation for Named Entity Recognition" (2020).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.names.gazetteer import names_in
from bot.nlu.entities.names.tagger import Example

_COPIES: Mapping[str, int] = {"company": 4, "person": 1, "place": 1}
_LOWER = 0.35
_SHORTEST = 2


@dataclass(frozen=True)
class Replacer:
    """Puts other names, by kind, where an example has its own; equal seeds give equal examples."""

    names: Mapping[str, Sequence[str]]
    seed: int = 7

    def __call__(self, examples: Iterable[Example]) -> Iterator[Example]:
        """The examples, each followed by its variants: as many as its rarest kind of name asks for."""
        choose = random.Random(self.seed)
        for example in examples:
            yield example
            for _ in range(max((_COPIES.get(kind, 0) for *_, kind in example.names), default=0)):
                yield self._variant(example, choose)

    def _variant(self, example: Example, choose: random.Random) -> Example:
        text, facts = example.passage.text, list(example.facts)
        names: list[tuple[int, int, str]] = []
        for start, end, kind in sorted(example.names, reverse=True):
            name = self._name(kind, choose) or text[start:end]
            text = text[:start] + name + text[end:]
            shift = len(name) - (end - start)
            names = [(start, start + len(name), kind), *((a + shift, b + shift, other) for a, b, other in names)]
            facts = [_moved(fact, shift) if fact.start >= end else fact for fact in facts]
        return Example(Passage.of(text, example.passage.now), tuple(names), tuple(facts))

    def _name(self, kind: str, choose: random.Random) -> str | None:
        known = self.names.get(kind)
        name = choose.choice(known) if known and kind in _COPIES else None
        return name.lower() if name and choose.random() < _LOWER else name


def usual_replacer(*, seed: int = 7) -> Replacer:
    """Names from the lists that ship with the program; people also with a surname."""
    given, surnames = names_in("given_names"), names_in("surnames")
    first = random.Random(seed)
    people = [*given, *surnames, *(f"{first.choice(given)} {surname}" for surname in surnames for _ in range(2))]
    companies = [name for name in names_in("companies") if len(name) > _SHORTEST]
    invented = names_in("invented_companies")
    return Replacer(
        {"company": [*companies, *invented, *invented], "place": names_in("places"), "person": people}, seed
    )


def _moved(fact: Mention, shift: int) -> Mention:
    return replace(fact, start=fact.start + shift, end=fact.end + shift)
