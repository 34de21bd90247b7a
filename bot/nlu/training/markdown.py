"""The words of a training report, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.nlu.evaluation import Confusion, NluScores

if TYPE_CHECKING:
    from bot.nlu.training.report import Report

_SHOWN = 60


def markdown(report: Report) -> str:
    """Return the whole report."""
    sections = [
        "# Training report",
        _summary(report),
        _held_out(report),
        _encoder(report),
        "## Intents (cross-validated, linear stage)",
        _table(
            ("intent", "precision", "recall", "f1", "messages"),
            [(r.intent, f"{r.precision:.2f}", f"{r.recall:.2f}", f"{r.f1:.2f}", str(r.support)) for r in report.table],
        ),
        "![Confusions](confusions.png)",
        "## Learning curve",
        _table(("training messages", "accuracy"), [(str(size), f"{accuracy:.3f}") for size, accuracy in report.curve]),
        "![Learning curve](learning_curve.png)",
        f"## Reliability\n\nExpected calibration error {report.calibration_error:.3f}. Below a confidence of"
        f" {report.threshold:.2f} asking again is cheaper than guessing.",
        "![Reliability](reliability.png)",
        "## Surest errors in cross-validation\n\nWrong labels hide here.",
        _confusions(report.confusions[:_SHOWN]),
    ]
    return "\n\n".join(section for section in sections if section) + "\n"


def _summary(report: Report) -> str:
    return (
        f"{report.examples} training messages, {len(report.table)} intents. Cross-validated accuracy of the linear"
        f" stage **{report.accuracy:.3f}**, macro F1 {report.macro_f1:.3f}."
    )


def _held_out(report: Report) -> str:
    """The messages nobody trained on: before, after, and what changed."""
    after = report.after
    if after is None:
        return ""
    parts = [
        "## Held-out messages",
        _table(
            ("", "accuracy", "macro F1", "messages"),
            [_scores(name, found) for name, found in (("before", report.before), ("after", after)) if found],
        ),
    ]
    if report.changes:
        rows = [(row.text, row.right, row.before, row.after) for row in report.changes]
        parts += ["### Understood differently now", _table(("message", "right", "before", "after"), rows)]
    return "\n\n".join([*parts, "### Misunderstood", _confusions(after.confusions)])


def _scores(name: str, found: NluScores) -> tuple[str, str, str, str]:
    return name, f"{found.accuracy:.3f}", f"{found.macro_f1:.3f}", str(found.examples)


def _encoder(report: Report) -> str:
    found = report.encoder
    if found is None:
        return ""
    if found.skipped:
        return f"## Encoder\n\nNot trained: {found.skipped}"
    verdict = f"active, weight {found.weight:.2f}" if found.active else "not better, left out"
    return (
        f"## Encoder\n\nOn a tenth of the training data that neither stage saw: linear {found.linear_accuracy:.3f},"
        f" encoder {found.encoder_accuracy:.3f}, average **{found.blend_accuracy:.3f}**; {verdict}."
        f" {found.seconds:.0f} seconds."
    )


def _confusions(rows: Sequence[Confusion]) -> str:
    shown = [(row.text, row.right, row.said, f"{row.confidence:.2f}") for row in rows]
    return _table(("message", "right", "said", "confidence"), shown)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [_line(header), _line(["---"] * len(header)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
