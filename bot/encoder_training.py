"""The encoder learns in the background: a process of its own at the lowest priority, watched and reported."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading

log = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-m", "bot.cli", "train", "--stage", "encoder", "--no-report", "--progress-json")
_LOGGED = 0.1  # share of the training after which the log hears of it again


class EncoderTraining:
    """One background training; `status` is what operators see of it."""

    def __init__(self, command: tuple[str, ...] = _COMMAND) -> None:
        self._command = command
        self._process: subprocess.Popen[str] | None = None
        self.status = "off"

    def start(self) -> None:
        """Begin; the process itself finds out whether there is anything to learn."""
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        _step_back(self._process.pid)
        self.status = "starting"
        threading.Thread(target=self._watch, name="encoder-training", daemon=True).start()

    def stop(self) -> None:
        """End it; a training that was cut off leaves nothing half-made and begins anew at the next start."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def _watch(self) -> None:
        if self._process is None or self._process.stdout is None:
            return
        told = 0.0
        for line in self._process.stdout:
            share = self._hear(line)
            if share is not None and share >= told + _LOGGED:
                told = share
                log.info("encoder training: %s", self.status)
        code = self._process.wait()
        self.status = "finished" if code == 0 else f"ended with code {code}"
        log.info("encoder training: %s", self.status)

    def _hear(self, line: str) -> float | None:
        """Take in a line of progress; the share that is done, or None for any other line."""
        try:
            heard = json.loads(line)
            share = float(heard["share"])
        except (ValueError, KeyError, TypeError):
            return None
        minutes = float(heard.get("seconds_left", 0)) / 60
        self.status = f"{share:.0%}, {minutes:.0f} min left"
        return share


def _step_back(pid: int) -> None:
    """Give a process the lowest priority: customers come first."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, 19)
