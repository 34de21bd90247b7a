"""What a turn leaves behind: committed as a whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.case import Case
from bot.core.conversation import ConversationState, Memory
from bot.core.promise import Promise
from bot.core.signals import Signals


@dataclass(frozen=True)
class Reply:
    """One message to the customer; `buttons` are quick replies {title, payload}; `meta` is for developers' eyes."""

    text: str
    buttons: tuple[Mapping[str, str], ...] = ()
    image: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)

    def extra(self) -> dict[str, Any]:
        """What a message carries beside its text; absent parts are left out."""
        parts = {"buttons": [dict(button) for button in self.buttons], "image": self.image, "meta": dict(self.meta)}
        return {name: part for name, part in parts.items() if part}


@dataclass(frozen=True)
class HandoffRequest:
    """A human is needed: why, and what they must know."""

    reason: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """Everything one turn decided.

    `signals` are by message id; `cases` are new or changed; each new promise comes with the instant (UTC) at which the
    customer must hear from us before its deadline. `found` is the state in which the turn found the conversation: when
    somebody has changed it meanwhile, the outcome no longer holds.
    """

    answered: tuple[int, ...]
    at: datetime
    memory: Memory
    state: ConversationState
    replies: tuple[Reply, ...] = ()
    signals: Mapping[int, Signals] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    promises: tuple[tuple[Promise, datetime], ...] = ()
    handoff: HandoffRequest | None = None
    temperature: int = 0
    verdict: str = "need"
    tracker_state: Mapping[str, Any] | None = None
    tracker_events: tuple[Mapping[str, Any], ...] = ()
    found: ConversationState | None = None
