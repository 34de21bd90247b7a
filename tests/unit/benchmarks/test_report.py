"""The table in its three forms."""

from __future__ import annotations

import io
import json

from rich.console import Console

from benchmarks.report import as_json, markdown, terminal_table
from benchmarks.rows import Row

ROWS = [
    Row("brain, one turn", "5.0 ms", "at most 1/3 of stock", "20.0 ms", 0.25, True, "300 turns"),
    Row("cold start", "12 s", "at most 10 s", ok=False),
    Row("accuracy", "0.800", stock="0.560", ratio=1.4286),
]


def test_the_page_shows_every_row_with_its_verdict():
    page = markdown(ROWS, about={"Machine": "two cores"}, how={"brain": "Takes turns."})

    assert "| brain, one turn | at most 1/3 of stock | 5.0 ms | 20.0 ms | 0.25 | yes |" in page
    assert "| cold start | at most 10 s | 12 s |  |  | NO |" in page
    assert "| accuracy |  | 0.800 | 0.560 | 1.43 |  |" in page


def test_the_page_says_where_when_and_how():
    page = markdown(ROWS, about={"Machine": "two cores"}, how={"brain": "Takes turns."})

    assert "- **Machine**: two cores" in page
    assert "- **brain**: Takes turns." in page
    assert "- **brain, one turn**: 300 turns" in page
    assert "- **cold start**" not in page


def test_the_page_does_not_let_a_cell_break_the_table():
    assert r"| a\|b |" in markdown([Row("a|b", "1")], about={}, how={})


def test_the_terminal_shows_verdicts():
    console = Console(file=io.StringIO(), width=200)
    console.print(terminal_table(ROWS))
    shown = console.file.getvalue()

    assert "yes" in shown
    assert "NO" in shown


def test_programs_get_numbers_and_circumstances():
    found = json.loads(as_json(ROWS, about={"Machine": "two cores"}))

    assert found["about"] == {"Machine": "two cores"}
    assert (found["rows"][0]["ratio"], found["rows"][1]["ok"], found["rows"][2]["ok"]) == (0.25, False, None)
