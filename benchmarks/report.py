"""The table, for a terminal, for people on the web, and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.table import Table

from benchmarks.rows import Row

COLUMNS = ("what", "budget", "ours", "stock Rasa", "ours / stock", "met")
_VERDICT = {True: "yes", False: "NO", None: ""}
_COLOUR = {True: "green", False: "bold red", None: ""}


def cells(row: Row) -> tuple[str, ...]:
    """The cells of a row, in the order of COLUMNS."""
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.name, row.budget, row.ours, row.stock, ratio, _VERDICT[row.ok]


def terminal_table(rows: Sequence[Row]) -> Table:
    """The table in colour."""
    table = Table(*COLUMNS)
    for row in rows:
        *plain, verdict = cells(row)
        table.add_row(*plain, f"[{_COLOUR[row.ok]}]{verdict}[/]" if verdict else "")
    return table


def markdown(rows: Sequence[Row], *, about: Mapping[str, str], how: Mapping[str, str]) -> str:
    """The page `docs/benchmarks.md`: `about` says where and when, `how` what each measure does."""
    notes = {row.name: row.note for row in rows if row.note}
    parts = (
        "# Benchmarks",
        "Written by `make bench` with `--write`. Both systems run on the same machine in the same run; machines are "
        "noisy, so ratios count, not milliseconds.",
        _listed(about),
        _markdown_table(rows),
        "## Remarks\n\n" + _listed(notes) if notes else "",
        "## What exactly is measured\n\n" + _listed(how),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def as_json(rows: Sequence[Row], *, about: Mapping[str, str]) -> str:
    """The rows and their circumstances as one JSON object."""
    return json.dumps({"about": dict(about), "rows": [asdict(row) for row in rows]}, ensure_ascii=False, indent=2)


def _markdown_table(rows: Sequence[Row]) -> str:
    lines = [COLUMNS, tuple("---" for _ in COLUMNS), *(cells(row) for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def _listed(entries: Mapping[str, str]) -> str:
    return "\n".join(f"- **{name}**: {text}" for name, text in entries.items())
