"""Lets the steps of a training say how far they are, wherever they run: Rasa builds the components, not we."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[str, float], None]
"""Called with the name of a step and the share of it that is done (0-1)."""


def _silence(step: str, done: float) -> None:
    pass


_listener: ContextVar[Progress] = ContextVar("training_progress", default=_silence)


@contextmanager
def listening(progress: Progress | None) -> Iterator[None]:
    """Send what is told inside this block to `progress`."""
    token = _listener.set(progress or _silence)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(step: str, done: float = 0.0) -> None:
    """Say how far a step is."""
    _listener.get()(step, done)
