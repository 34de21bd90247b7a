"""`teorema replay` from the shell: what goes in, what comes out, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import main, replay
from bot.core.errors import Misconfigured
from bot.services.rehearsal.remote import RemoteService
from bot.services.rehearsal.scenario import Scenario
from bot.services.rehearsal.stage import Patience
from tests.rehearsing import FakeLine

QUICK = Patience(longest=0.05, look=0.001, settle=0.0, silence=0.0)
TWO = "- {id: uno, turns: ['sei un bot?'], expect: {says_bot: true}}\n- {id: due, turns: [ciao]}\n"

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command, played on a service that says everything back."""

    @contextmanager
    def opened(_: Scenario) -> Iterator[RemoteService]:
        yield RemoteService(FakeLine, look_up=lambda _: None, patience=QUICK)

    monkeypatch.setattr(replay, "_in_process", lambda settings, brand: opened)
    monkeypatch.setattr(replay, "configure_logs", lambda **_: None)

    def ran(text: str, *options: str) -> Result:
        file = tmp_path / "scenarios.yml"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main.app, ["replay", str(file), "--out", str(tmp_path / "report.json"), *options])

    return ran


def written(tmp_path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    return found


def test_the_report_is_written_and_each_scenario_has_its_table(run: Run, tmp_path: Path):
    done = run(TWO)

    assert done.exit_code == 0
    assert written(tmp_path)["passed"] == 2
    assert all(text in done.stdout for text in ("uno", "due", "says_bot", "report.json"))


def test_an_expectation_that_falls_short_is_exit_code_1(run: Run, tmp_path: Path):
    done = run("- {id: uno, turns: [ciao], expect: {says_bot: true}}")

    assert done.exit_code == 1
    assert written(tmp_path)["failed"] == 1


def test_the_whole_report_can_be_printed(run: Run, tmp_path: Path):
    done = run(TWO, "--json")

    assert json.loads(done.stdout) == written(tmp_path)


def test_one_scenario_can_be_played_alone(run: Run, tmp_path: Path):
    run(TWO, "--only", "due")

    (scenario,) = written(tmp_path)["scenarios"]  # type: ignore[misc]
    assert scenario["id"] == "due"


def test_an_unknown_scenario_is_a_wrong_use(run: Run):
    failed = run(TWO, "--only", "tre")

    assert isinstance(failed.exception, Misconfigured)
    assert "due, uno" in str(failed.exception)


def test_a_folder_stands_for_its_files(run: Run, tmp_path: Path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.yml").write_text(f"- {{id: {name}, turns: [ciao]}}", encoding="utf-8")

    run("- {id: c, turns: [ciao]}", str(tmp_path))

    told = written(tmp_path)["scenarios"]
    assert [scenario["id"] for scenario in told] == ["c", "a", "b", "c"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("make", "reason"), [(False, "cannot be read"), (True, "no scenario files")])
def test_nothing_to_read_is_a_wrong_use(run: Run, tmp_path: Path, make: bool, reason: str):
    missing = tmp_path / "nothing"
    if make:
        missing.mkdir()

    failed = run(TWO, str(missing))

    assert isinstance(failed.exception, Misconfigured)
    assert reason in str(failed.exception)


def test_what_was_not_understood_in_a_file_is_said(run: Run, tmp_path: Path):
    done = run("- {id: uno, mood: allegro, turns: [ciao]}")

    assert "mood means nothing here" in done.stderr
    assert written(tmp_path)["warnings"]
