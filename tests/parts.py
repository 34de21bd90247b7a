"""Parts that a test may need and a machine may lack: the trained model, a browser, PostgreSQL.

Without a part its tests are skipped with the reason, unless TEOREMA_CI=1 says that this machine must have all of them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pytest

MARKERS: Mapping[str, frozenset[str]] = {
    "needs_model": frozenset({"trained_model", "brain", "mind", "interpreter"}),
    "needs_browser": frozenset({"browser"}),
}
"""The fixtures behind which each part stands: asking for one of them marks the test."""


def nothing_may_be_missing() -> bool:
    """Whether a missing part is a failure here."""
    return os.environ.get("TEOREMA_CI") == "1"


def mark_by_fixture(items: list[pytest.Item]) -> None:
    """Mark each test by the parts that its fixtures need."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        for marker, fixtures in MARKERS.items():
            if asked & fixtures:
                item.add_marker(marker)
        if "postgresql" in item.name:
            item.add_marker("needs_postgres")


class NothingSkipped:
    """Fails a session in which anything was skipped, and says what."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report)

    def pytest_collectreport(self, report: Any) -> None:
        if report.skipped:
            self._note(report)

    def pytest_sessionfinish(self, session: Any) -> None:
        if self.skipped and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for line in self.skipped:
            terminalreporter.write_line(f"SKIPPED ALTHOUGH TEOREMA_CI=1: {line}", red=True)

    def _note(self, report: Any) -> None:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        self.skipped.append(f"{report.nodeid}: {reason}")
