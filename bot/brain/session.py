"""What Rasa reads and leaves during one turn; it travels beside Rasa, which copies trackers freely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class RasaSession:
    """One call of Rasa: the stored tracker state it starts from and everything it produced."""

    sender_id: str
    state: Mapping[str, Any] | None
    used: dict[str, tuple[str, ...]]
    loaded_events: int = 0
    new_events: list[Mapping[str, Any]] = field(default_factory=list)
    new_state: Mapping[str, Any] | None = None
    errors: list[BaseException] = field(default_factory=list)

    def note_use(self, response: str, ids: Sequence[str]) -> None:
        """Remember which variations of a response have been said."""
        self.used[response] = tuple(ids)


_session: ContextVar[RasaSession] = ContextVar("rasa_session")


def current_session() -> RasaSession:
    """The session of the turn under way; LookupError outside a turn."""
    return _session.get()


@contextmanager
def in_session(session: RasaSession) -> Iterator[RasaSession]:
    """Make a session the current one for as long as the block lasts."""
    token = _session.set(session)
    try:
        yield session
    finally:
        _session.reset(token)
