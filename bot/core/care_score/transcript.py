"""A conversation as the care score reads it: plain messages, and what else happens to be known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

CUSTOMER = "customer"
ITALY = ZoneInfo("Europe/Rome")


@dataclass(frozen=True)
class Message:
    """One message: `author` is `customer`, `bot` or `operator`, `at` an instant with zone.

    What was heard in it may be unknown (None, ""): the triage's `verdict`, the `temperature` (0-4), the `intent`.
    """

    number: int
    author: str
    text: str
    at: datetime
    verdict: str = ""
    temperature: int | None = None
    intent: str = ""
    attachments: int = 0

    @property
    def is_customers(self) -> bool:
        """Whether the customer wrote it, and not the company."""
        return self.author == CUSTOMER


@dataclass(frozen=True)
class OpenedCase:
    """A case that was opened for this conversation, and when (UTC)."""

    code: str
    at: datetime


@dataclass(frozen=True)
class GivenPromise:
    """A promise given in this conversation: when, for when (UTC), and its state: open, updated, kept or broken."""

    made: datetime
    due: datetime
    state: str = "open"


@dataclass(frozen=True)
class Transcript:
    """Messages in their order; cases and promises when the company keeps them, the zone its customers live in."""

    messages: tuple[Message, ...]
    cases: tuple[OpenedCase, ...] = ()
    promises: tuple[GivenPromise, ...] = ()
    zone: ZoneInfo = ITALY

    @classmethod
    def of(cls, rows: list[Mapping[str, Any]], **known: Any) -> Transcript:
        """A transcript from plain rows {at, author, text, ...}, numbered from 1; `at` is a datetime or ISO 8601."""
        return cls(tuple(_message(number, row) for number, row in enumerate(rows, start=1)), **known)


def _message(number: int, row: Mapping[str, Any]) -> Message:
    at = row["at"] if isinstance(row["at"], datetime) else datetime.fromisoformat(str(row["at"]).replace("Z", "+00:00"))
    heard = {name: row[name] for name in ("verdict", "temperature", "intent", "attachments") if name in row}
    known = at if at.tzinfo else at.replace(tzinfo=ITALY)
    return Message(int(row.get("number", number)), str(row["author"]), str(row["text"]), known, **heard)
