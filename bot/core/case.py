"""Cases (it: pratiche): one concrete problem of a customer, with a code that survives being read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from bot.core.facts import Fact, Facts

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPOKEN = "23456789ABCDEFGHJKLMNPQRSTUVXYZ"  # without 0/O, 1/I and W ("doppia vu" is heard as two V)
_LENGTH = 9
_CASE_CODE = re.compile(r"T[0-9A-Z]{8}")


class CaseState(str, Enum):
    """Where a case stands."""

    OPEN = "open"
    SOLVED = "solved"
    CLOSED = "closed"


@dataclass(frozen=True)
class CaseEvent:
    """One line of a case's history: what happened (`opened`, `facts`, `reopened`, ...) and when (UTC)."""

    kind: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Case:
    """One problem: its category is the complaint intent that opened it; `facts` carry their source message."""

    code: str
    category: str
    opened: datetime
    state: CaseState = CaseState.OPEN
    severity: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)
    asked: tuple[str, ...] = ()
    history: tuple[CaseEvent, ...] = ()
    id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether we still owe the customer something."""
        return self.state is CaseState.OPEN

    def with_facts(self, said: tuple[Fact, ...], *, at: datetime) -> Case:
        """The case knowing these facts too; its history tells when they came."""
        facts, new = self.facts.learn(said)
        if not new:
            return replace(self, facts=facts)
        note = ", ".join(f"{fact.name}={fact.value}" for fact in new)
        return replace(self, facts=facts, history=(*self.history, CaseEvent("facts", at, note)))

    def with_event(self, kind: str, *, at: datetime, note: str = "", state: CaseState | None = None) -> Case:
        """The case after one more event, in a new state if one is given."""
        return replace(self, state=state or self.state, history=(*self.history, CaseEvent(kind, at, note)))


def check_character(body: str) -> str | None:
    """The last character of a case code, or None for the few bodies that have none and are never issued.

    A sum weighted by position modulo the prime 37 shows every single wrong character and every swap of two; 32 is added
    so that the code everybody quotes, T6QYJ5XIA, is a right one.
    """
    total = 32 + sum(weight * _DIGITS.index(character) for weight, character in enumerate(body, start=1))
    value = total % 37
    return _DIGITS[value] if value < len(_DIGITS) else None


def new_case_code(choose: Callable[[str], str]) -> str:
    """A fresh code; `choose` picks one character of a string at random (`secrets.choice`)."""
    while True:
        body = "T" + "".join(choose(_SPOKEN) for _ in range(_LENGTH - 2))
        check = check_character(body)
        if check is not None and check in _SPOKEN:
            return body + check


def normalise_case_code(text: str) -> str | None:
    """`text` as a case code in its one spelling, or None when it has not the shape of one."""
    code = re.sub(r"[\s.\-]", "", text).upper()
    return code if _CASE_CODE.fullmatch(code) else None


def is_case_code(code: str) -> bool:
    """Whether the code has the right shape and its check character is right."""
    return bool(_CASE_CODE.fullmatch(code)) and check_character(code[:-1]) == code[-1]
