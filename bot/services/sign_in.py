"""Signing an operator in: slowly enough for nobody to guess a password, and with every attempt written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.errors import Refused
from bot.core.operators import Audit, AuditNote, LoginFailures, Operator, Operators

ATTEMPTS = 5
WINDOW = timedelta(minutes=15)
_LONGEST_EMAIL = 254


class TooManyAttempts(Refused):
    """Somebody has tried too often; `wait` is how long until the next attempt is looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too_many_attempts", seconds=int(wait.total_seconds()))
        self.wait = wait


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and from which network address."""

    email: str
    password: str
    address: str

    @property
    def actor(self) -> str:
        """The address typed, in one spelling and of a length that can be stored."""
        return self.email.strip().casefold()[:_LONGEST_EMAIL]


def sign_in(attempt: Attempt, operators: Operators, failures: LoginFailures, audit: Audit, *, at: datetime) -> Operator:
    """The operator who proved to be one.

    Raises Refused("wrong_credentials") and, after ATTEMPTS failures within WINDOW for the same e-mail and network
    address, TooManyAttempts without looking at the password.
    """
    key = f"{attempt.actor}|{attempt.address}"
    first = failures.begin(key, at=at, since=at - WINDOW, limit=ATTEMPTS)
    origin = {"address": attempt.address}
    if first is not None:
        audit.record(AuditNote(attempt.actor, "login_throttled", detail=origin), at=at)
        raise TooManyAttempts(first + WINDOW - at)
    operator = operators.authenticate(attempt.email, attempt.password)
    if operator is None:
        audit.record(AuditNote(attempt.actor, "login_failed", detail=origin), at=at)
        raise Refused("wrong_credentials")
    failures.forget(key)
    audit.record(AuditNote(operator.email, "login", detail=origin), at=at)
    return operator
