"""A part that is missing may skip a test on somebody's machine, never where everything must be there."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.parts import NothingSkipped, nothing_may_be_missing


def a_report(outcome: str, **more: object) -> SimpleNamespace:
    longrepr = ("test_x.py", 3, "Skipped: no browser")
    return SimpleNamespace(nodeid="test_x.py::test_y", skipped=outcome == "skipped", longrepr=longrepr, **more)


def session_after(*reports: SimpleNamespace, status: int = pytest.ExitCode.OK) -> int:
    plugin, session = NothingSkipped(), SimpleNamespace(exitstatus=status)
    for report in reports:
        plugin.pytest_runtest_logreport(report)
    plugin.pytest_sessionfinish(session)
    return session.exitstatus


def test_a_skipped_test_fails_the_session():
    assert session_after(a_report("passed"), a_report("skipped")) == pytest.ExitCode.TESTS_FAILED


def test_a_session_without_skips_passes():
    assert session_after(a_report("passed")) == pytest.ExitCode.OK


def test_an_expected_failure_is_no_skip():
    assert session_after(a_report("skipped", wasxfail="known")) == pytest.ExitCode.OK


def test_a_module_skipped_when_collected_counts_too():
    plugin = NothingSkipped()

    plugin.pytest_collectreport(a_report("skipped"))

    assert plugin.skipped == ["test_x.py::test_y: Skipped: no browser"]


def test_an_interrupted_session_stays_interrupted():
    status = pytest.ExitCode.INTERRUPTED

    assert session_after(a_report("skipped"), status=status) == status


@pytest.mark.parametrize(("value", "strict"), [("1", True), ("0", False), ("", False)])
def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, value: str, strict: bool):
    monkeypatch.setenv("TEOREMA_CI", value)

    assert nothing_may_be_missing() is strict
