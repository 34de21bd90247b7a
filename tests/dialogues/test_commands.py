"""The `teorema` command on the trained model, as scripts use it: what it prints, where, and how it ends."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.main import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        """Its output as one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def teorema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command in this process with a database of its own."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TEOREMA_DATABASE_URL", f"sqlite:///{tmp_path}/cli.db")

    def run(*arguments: str, stdin: str = "", **changes: str) -> Ended:
        with monkeypatch.context() as change:
            change.setattr(sys, "argv", ["teorema", *arguments])
            change.setattr(sys, "stdin", io.StringIO(stdin))
            for name, value in changes.items():
                change.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return run


def a_table(folder: Path, *rows: str) -> str:
    path = folder / "table.tsv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def test_parse_prints_one_object_a_line_with_everything_understood(teorema):
    ended = teorema("parse", "--jsonl", stdin="il pacco dell'ordine 48213 è in ritardo\n\nsei uno scemo ahah\n")

    late, *_, insult = ended.lines
    assert ended.code == 0
    assert {"text", "intent", "ranking", "entities", "triage", "temperature", "severity", "threats", "irony"} <= set(
        late
    )
    assert late["intent"]["name"] == "complaint_delivery_delay"
    assert len(late["ranking"]) == 5
    assert [(one["entity"], one["value"]) for one in late["entities"]] == [("order_number", "48213")]
    assert late["text"][late["entities"][0]["start"] : late["entities"][0]["end"]].endswith("48213")
    assert (late["triage"]["verdict"], insult["triage"]["verdict"]) == ("need", "troll")
    assert insult["triage"]["reasons"]


def test_evaluate_nlu_scores_what_the_table_has(teorema, tmp_path: Path):
    table = a_table(tmp_path, "text\tintent\tneed", "grazie mille\tthanks\tneed", "arrivederci\tgoodbye\tneed")

    (scores,) = teorema("evaluate", "nlu", table, "--json").lines

    assert (scores["accuracy"], scores["macro_f1"]) == (1.0, 1.0)
    assert set(scores["intents"]) >= {"thanks", "goodbye"}


def test_evaluate_triage_counts_both_mistakes(teorema, tmp_path: Path):
    table = a_table(tmp_path, "text\tlabel", "il divano è arrivato rotto\tgenuine", "sei scemo\ttroll")

    (scores,) = teorema("evaluate", "triage", table, "--json").lines

    assert (scores["genuine_called_troll"], scores["trolls_caught"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (("frase\tintento", "ciao\tgreet"), "«text»"),
        (("text\tintent", "ciao"), "riga 2"),
        (("text\tintent",), "non ha messaggi"),
        (("text\tintent\ttemperature", "ciao\tgreet\tcaldo"), "riga 2"),
    ],
)
def test_a_table_that_cannot_be_scored_is_one_clear_sentence(teorema, tmp_path: Path, rows: tuple[str, ...], told: str):
    ended = teorema("evaluate", "nlu", a_table(tmp_path, *rows))

    assert ended.code == 2
    (sentence,) = [line for line in ended.err.splitlines() if line.startswith("teorema: ")]
    assert told in sentence
    assert ended.out == ""


def test_a_label_that_is_neither_is_told(teorema, tmp_path: Path):
    ended = teorema("evaluate", "triage", a_table(tmp_path, "text\tlabel", "ciao\tforse"))

    assert ended.code == 2
    assert "genuine, troll" in ended.err


def test_a_missing_file_is_wrong_use(teorema):
    ended = teorema("evaluate", "nlu", "nowhere.tsv")

    assert ended.code == 2
    assert "nowhere.tsv" in ended.err


def test_chat_answers_and_ends_with_the_input(teorema):
    ended = teorema("chat", stdin="ciao\nil tecnico non è venuto, ordine 48213\n")

    assert ended.code == 0
    assert "48213" in ended.out


def test_doctor_says_how_to_mend_what_is_wrong(teorema):
    ended = teorema("doctor", TEOREMA_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert ended.code == 1
    assert "TEOREMA_DATABASE_URL" in ended.out + ended.err


def test_a_wrong_setting_is_named(teorema):
    ended = teorema("parse", "ciao", TEOREMA_TURN_TIMEOUT="soon")

    assert ended.code == 2
    assert "TEOREMA_TURN_TIMEOUT" in ended.err
