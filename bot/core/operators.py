"""Operators: the people who work in the console, how they sign in and what is written down about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class Role(str, Enum):
    """What an operator may do; each role may do everything that the ones before it may."""

    AGENT = "agent"
    MANAGER = "manager"
    TRAINER = "trainer"
    ADMIN = "admin"


@dataclass(frozen=True)
class Operator:
    """A person who may enter the console."""

    id: int
    email: str
    name: str
    role: Role


@dataclass(frozen=True)
class OperatorSession:
    """A signed-in operator: `csrf` must come back with every form, `expires` is UTC."""

    operator: Operator
    csrf: str
    expires: datetime


@dataclass(frozen=True)
class AuditNote:
    """Who did what to what; `actor` is an operator's e-mail address, `detail` is JSON."""

    actor: str
    action: str
    subject: str = ""
    detail: Mapping[str, object] | None = None


class Operators(Protocol):
    """Who may enter."""

    def authenticate(self, email: str, password: str) -> Operator | None:
        """The operator with this address and password; takes as long for an address that nobody has."""
        ...


class OperatorSessions(Protocol):
    """Who is signed in; a session is known by a secret token that is never stored as it is."""

    def open(self, operator: Operator, *, at: datetime, expires: datetime) -> str:
        """Start a session and return its token."""
        ...

    def find(self, token: str, *, at: datetime) -> OperatorSession | None:
        """The session of this token, unless it has expired or its operator may no longer enter."""
        ...

    def renew(self, token: str, *, expires: datetime) -> None:
        """Let a session last longer."""
        ...

    def close(self, token: str) -> None:
        """End a session; an unknown token is no error."""
        ...


class LoginFailures(Protocol):
    """How often somebody tried in vain."""

    def begin(self, key: str, *, at: datetime, since: datetime, limit: int) -> datetime | None:
        """Count one more attempt, or refuse it: when `limit` were made after `since`, the first of them (UTC).

        Counted before the password is looked at, so that attempts made at the same time count too.
        """
        ...

    def forget(self, key: str) -> None:
        """The attempts are no longer held against anybody: the password was right."""
        ...


class Audit(Protocol):
    """What was done in the console, for whoever has to answer for it."""

    def record(self, note: AuditNote, *, at: datetime) -> None:
        """Write one line that nobody changes afterwards."""
        ...
