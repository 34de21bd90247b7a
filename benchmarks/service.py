"""The service as its users have it: `teorema run` in a process of its own on a free port."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from time import perf_counter
from types import TracebackType

import httpx

from benchmarks.child import ChildFailed
from benchmarks.machine import memory_of
from benchmarks.place import environment

_LONGEST_START = 120.0
_BETWEEN_LOOKS = 0.02


class Service:
    """A running service; `seconds_to_start` is the time from its start until `/readyz` said that it can work."""

    def __init__(self, place: Path, *, log: Path) -> None:
        self._log = log
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        begun = perf_counter()
        with log.open("ab") as words:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "run", "--port", str(port)],
                cwd=place,
                env=environment(),
                stdout=words,
                stderr=words,
            )
        try:
            self._wait_until_ready(begun + _LONGEST_START)
        except BaseException:
            self.stop()
            raise
        self.seconds_to_start = perf_counter() - begun

    def memory(self) -> int:
        """Resident memory in bytes."""
        return memory_of(self._process.pid)

    def stop(self) -> None:
        """End it as a service manager would."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Service:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_until_ready(self, deadline: float) -> None:
        with httpx.Client(base_url=self.url, timeout=5) as client:
            while perf_counter() < deadline and self._process.poll() is None:
                try:
                    if client.get("/readyz").status_code == httpx.codes.OK:
                        return
                except httpx.TransportError:
                    pass
                time.sleep(_BETWEEN_LOOKS)
        raise ChildFailed(f"the service did not get ready ({self._log})")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
