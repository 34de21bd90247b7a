"""What time it is for a customer; tests and replays set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

_SET: ContextVar[datetime | None] = ContextVar("entities_now", default=None)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Within the block (and its context) it is this moment, which must carry a time zone."""
    token = _SET.set(moment)
    try:
        yield
    finally:
        _SET.reset(token)


def now(zone: ZoneInfo) -> datetime:
    """The moment set by `as_of`, else the real one; on the customer's clock."""
    return (_SET.get() or datetime.now(tz=zone)).astimezone(zone)
