"""Where and with what a run was made."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("rasa", "tensorflow", "numpy", "scikit-learn", "onnxruntime", "fastapi", "uvicorn", "SQLAlchemy")


def circumstances(arguments: Sequence[str]) -> dict[str, str]:
    """Date, command, machine, its load before the run, program and packages."""
    return {
        "Date": f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC",
        "Command": f"`{' '.join(('python -m benchmarks', *arguments))}`",
        "Machine": f"{processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "Load before the run": f"{os.getloadavg()[0]:.1f} processes",
        "Program": commit(),
        "Versions": ", ".join(
            (f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in _PACKAGES))
        ),
    }


def processor() -> str:
    """The processor's name, as well as the system knows it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def commit() -> str:
    """The commit that ran, and whether files had been changed since."""
    head = _git("rev-parse", "--short", "HEAD")
    return f"{head} with changes" if head and _git("status", "--porcelain") else head or "not in a repository"


def memory_of(pid: int) -> int:
    """The resident memory of a process in bytes."""
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(said.stdout) * 1024


def _git(*words: str) -> str:
    try:
        return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
