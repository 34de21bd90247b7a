"""What a company decides about its bot: name, voice, hours, promises, what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.opening_hours import OpeningHours


@dataclass(frozen=True)
class PromiseRule:
    """By when we answer for a category: so much opening time, and how long before it the customer hears from us."""

    within: timedelta
    lead: timedelta


@dataclass(frozen=True)
class Answer:
    """A fact of the company's that customers ask for, with the ways they ask."""

    name: str
    questions: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Brand:
    """A company as its customers meet it; read from brand.yml. Durations are `timedelta`, times of day local."""

    name: str
    bot_name: str
    url: str
    hours: OpeningHours
    address: str = "tu"
    emoji: bool = True
    listen_window: timedelta = timedelta(seconds=1)
    promises: Mapping[str, PromiseRule] = field(default_factory=dict)
    details_wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()

    def promise_rule(self, category: str) -> PromiseRule:
        """The rule of a category, else the default one."""
        return self.promises.get(category) or self.promises["default"]

    def wanted(self, category: str) -> tuple[str, ...]:
        """The facts a case of this category goes faster with (`a|b`: either will do)."""
        return self.details_wanted.get(category, self.details_wanted.get("default", ()))
