"""A measured program in a process of its own, which answers each JSON line with one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any

from benchmarks.place import environment

Answer = dict[str, Any]
_PATIENCE = 30.0  # seconds a process gets to end by itself


class ChildFailed(Exception):
    """A measured program ended early; says where its words are."""


class Child:
    """A program `python -m MODULE` in `folder`; what it prints goes to a log.

    `seconds_to_start` is the time from its start to its first answer.
    """

    def __init__(self, module: str, *arguments: str, folder: Path, log: Path) -> None:
        self._log = log
        self.killed = False
        begun = perf_counter()
        with log.open("ab") as words:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=folder,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=words,
                text=True,
            )
        self._read()
        self.seconds_to_start = perf_counter() - begun

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, **question: Any) -> Answer:
        """Send a question, wait for its answer; ChildFailed when the program ends instead."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise self._failure() from error
        return self._read()

    def close(self) -> None:
        """Let it end; end it when it does not."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """End it at once; a question under way fails."""
        self.killed = True
        self._process.kill()

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self) -> Answer:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise self._failure()
        answer: Answer = json.loads(line)
        return answer

    def _failure(self) -> ChildFailed:
        last = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        return ChildFailed(f"a measured program ended early: {' '.join(last)} ({self._log})")


def answering(prepare: Callable[[], Callable[..., Answer]]) -> None:
    """The other side: prepare, say so, then answer every question on the standard input until it closes.

    What the libraries print on the standard output goes to the standard error, so that only answers are in the pipe.
    """
    with os.fdopen(os.dup(1), "w") as pipe:
        os.dup2(2, 1)
        reply = prepare()
        print(json.dumps({"ready": True}), file=pipe, flush=True)
        for line in sys.stdin:
            print(json.dumps(reply(**json.loads(line))), file=pipe, flush=True)
