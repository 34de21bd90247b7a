"""Facts a customer has told us: said once, known for ever, each with the message it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

FACT_NAMES = (
    "order_number", "case_code", "amount", "date", "time", "place", "product", "person", "company",
    "phone", "email", "iban", "tax_code", "flight_or_train",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One thing the customer said: `value` normalised for machines, `text` as they wrote it."""

    name: str
    value: str
    text: str
    message_id: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Two facts with the same key are the same fact said twice."""
        return self.name, self.value.casefold()


@dataclass(frozen=True)
class Facts:
    """The facts known about a conversation or a case, oldest first."""

    items: tuple[Fact, ...] = ()

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def knows(self, name: str) -> bool:
        """Whether any fact of this name is known."""
        return any(fact.name == name for fact in self.items)

    def latest(self, name: str) -> Fact | None:
        """The fact of this name said last, which is the one that counts."""
        return next((fact for fact in reversed(self.items) if fact.name == name), None)

    def all(self, name: str) -> tuple[Fact, ...]:
        """Every fact of this name, oldest first."""
        return tuple(fact for fact in self.items if fact.name == name)

    def learn(self, said: Iterable[Fact]) -> tuple[Facts, tuple[Fact, ...]]:
        """These facts plus what is new in `said`; also what was new. A fact said again moves to the end."""
        items, new = list(self.items), []
        for fact in said:
            known = next((old for old in items if old.key == fact.key), None)
            if known is None:
                new.append(fact)
                items.append(fact)
            else:
                items.remove(known)
                items.append(replace(known, text=fact.text))
        return Facts(tuple(items)), tuple(new)

    def missing(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Of the wanted names (`a|b` means either will do), those of which nothing is known."""
        return tuple(name for name in wanted if not any(self.knows(option) for option in name.split("|")))
