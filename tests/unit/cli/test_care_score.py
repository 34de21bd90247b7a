"""`teorema care-score` from the shell."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.cli import main
from bot.storage.engine import open_engine
from bot.storage.migrate import migrate
from tests.desk import Desk, Said
from tests.fakes import a_signal

COMPLAINT = Said(
    "Il tavolo dell'ordine 48213 è arrivato rotto, e mi serviva per domani",
    "A noi risulta consegnato integro. Chiami il [numero verde].",
    a_signal("complaint_defective_product"),
)
LONG_AGO = datetime.now(timezone.utc) - timedelta(days=9)

Run = Callable[..., int]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TEOREMA_DATABASE_URL", address := f"sqlite:///{tmp_path}/care.db")
    return address


@pytest.fixture
def desk(url: str) -> Desk:
    engine = open_engine(url)
    migrate(engine)
    return Desk(engine)


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command as the shell starts it; returns the exit code."""

    def ran(*arguments: str) -> int:
        monkeypatch.setattr("sys.argv", ["teorema", "care-score", *arguments])
        monkeypatch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as end:
            main.main()
        return int(end.value.code or 0)

    return ran


def test_one_conversation_is_shown_with_steps_sins_evidence_and_score(run: Run, desk: Desk, capsys):
    public_id = desk.conversation(COMPLAINT, at=LONG_AGO)

    assert run(public_id) == 0

    shown = capsys.readouterr().out
    for words in ("su 100", "LATTE", "LEARN", "Ascolta", "Negazione", "Mandato altrove", "«Chiami il [numero verde].»"):
        assert words in shown, words


def test_a_conversation_may_be_named_by_its_number(run: Run, desk: Desk, capsys):
    desk.conversation(COMPLAINT)

    assert run("1", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert 0 <= told["score"] < 40
    assert {sin["name"] for sin in told["sins"]} >= {"negazione", "sent_elsewhere"}
    assert all(sin["evidence"]["message"] == 2 for sin in told["sins"])


def test_without_a_name_every_finished_conversation_has_its_line_and_they_have_a_mean(run: Run, desk: Desk, capsys):
    bad = desk.conversation(COMPLAINT, at=LONG_AGO)
    idle = desk.conversation(Said("ciao!", "Ciao!", a_signal("greet")), at=LONG_AGO)
    fresh = desk.conversation(COMPLAINT, at=datetime.now(timezone.utc))

    assert run() == 0

    lines = capsys.readouterr().out.splitlines()
    assert [next(name for name in (bad, idle) if name in line) for line in lines[:-1]] == [idle, bad]
    assert fresh not in "".join(lines)
    assert lines[-1].startswith("Media ")
    assert "su 1 conversazioni con un problema (1 senza)" in lines[-1]


def test_the_list_is_one_json_object_a_line(run: Run, desk: Desk, capsys):
    desk.conversation(COMPLAINT, at=LONG_AGO)

    assert run("--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["score"] >= 0


def test_a_conversation_without_a_problem_says_so(run: Run, desk: Desk, capsys):
    public_id = desk.conversation(Said("ciao!", "Ciao!", a_signal("greet")))

    assert run(public_id) == 0
    assert "Nessun problema" in capsys.readouterr().out


def test_an_unknown_conversation_is_wrong_use(run: Run, desk: Desk, capsys):
    assert run("nessuna") == 2
    assert "«nessuna»" in capsys.readouterr().err


def test_no_database_is_wrong_configuration_and_none_is_made(run: Run, tmp_path: Path, capsys):
    assert run() == 2
    assert "TEOREMA_DATABASE_URL" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
