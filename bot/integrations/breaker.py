"""Not asking again and again what does not answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic


class Breaker:
    """After `failures` in a row nothing is asked for `rest` seconds; then one question shows whether it is over."""

    def __init__(self, *, failures: int = 3, rest: float = 30.0, seconds: Callable[[], float] = monotonic) -> None:
        self._most = failures
        self._rest = rest
        self._seconds = seconds
        self._lock = threading.Lock()
        self._failed = 0
        self._resting_until = 0.0

    def allows(self) -> bool:
        """Whether to ask now; the one who is let through after a rest asks for everybody."""
        with self._lock:
            if self._failed < self._most:
                return True
            now = self._seconds()
            if now < self._resting_until:
                return False
            self._resting_until = now + self._rest
            return True

    def succeeded(self) -> None:
        """It answered: everybody may ask again."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._failed += 1
            self._resting_until = self._seconds() + self._rest
