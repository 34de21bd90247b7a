"""A folder that tells how good a training was: `report.md` for people, `report.json` for programs, pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from bot.nlu.evaluation import Change, Confusion, IntentScore, NluScores, intent_table
from bot.nlu.linear.vector_store import VectorStore
from bot.nlu.progress import Progress, listening, tell
from bot.nlu.training.crossvalidation import CrossValidation, cross_validate, learning_curve
from bot.nlu.training.encoder_stage import EncoderResult
from bot.nlu.training.examples import Examples
from bot.nlu.training.figures import draw_confusions, draw_learning_curve, draw_reliability
from bot.nlu.training.linear_stage import LinearResult
from bot.nlu.training.markdown import markdown
from bot.nlu.training.reliability import Bin, best_threshold, calibration_error, reliability

# asking again is nearly as bad as answering something else: the customer has to write once more
_ASKING_COSTS = 0.85
_CONFUSIONS = 200
_TOLD_OTHERWISE = frozenset({"before", "after", "encoder", "folder"})


@dataclass(frozen=True)
class Report:
    """Everything a report says; accuracies are 0-1, `curve` is (training messages, accuracy)."""

    folder: Path
    examples: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    threshold: float
    table: tuple[IntentScore, ...]
    confusions: tuple[Confusion, ...]
    curve: tuple[tuple[int, float], ...]
    bins: tuple[Bin, ...]
    before: NluScores | None = None
    after: NluScores | None = None
    changes: tuple[Change, ...] = field(default=())
    encoder: EncoderResult | None = None

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON."""
        told = {
            name: value for name, value in asdict(self).items() if name not in ("before", "after", "encoder", "folder")
        }
        told["heldout_before"] = self.before.as_dict() if self.before else None
        told["heldout"] = self.after.as_dict() if self.after else None
        told["heldout_confusions"] = [asdict(row) for row in self.after.confusions] if self.after else []
        if self.encoder:
            told["encoder"] = {**asdict(self.encoder), "folder": self.encoder.folder and self.encoder.folder.name}
        return told


def write_report(
    project: Path,
    reports: Path,
    *,
    linear: LinearResult | None = None,
    encoder: EncoderResult | None = None,
    progress: Progress | None = None,
) -> Report:
    """Cross-validate the linear model, add what the trainings found, write `reports/<UTC time>/` and return it."""
    with listening(progress):
        examples = Examples.read(project / "nlu_data")
        vectors = VectorStore(project / ".cache" / "sentence_vectors.npz")
        found = cross_validate(examples, encoder=vectors.encode)
        curve = learning_curve(examples, encoder=vectors.encode)
        folder = reports / f"{datetime.now(timezone.utc):%Y%m%d-%H%M%S}"
        report = _report(folder, found, curve, linear, encoder)
        tell("report")
        folder.mkdir(parents=True)
        _draw(folder, found, report)
        (folder / "report.json").write_text(
            json.dumps(report.as_dict(), ensure_ascii=False, indent=2), encoding="utf-8"
        )
        (folder / "report.md").write_text(markdown(report), encoding="utf-8")
        return report


def _report(
    folder: Path,
    found: CrossValidation,
    curve: Sequence[tuple[int, float]],
    linear: LinearResult | None,
    encoder: EncoderResult | None,
) -> Report:
    confidences = found.rows.max(axis=1).tolist()
    hits = (found.rows.argmax(axis=1) == found.truth).tolist()
    bins = reliability(confidences, hits)
    table = intent_table(found.examples.intents, found.said)
    return Report(
        folder=folder,
        examples=len(found.examples),
        accuracy=found.accuracy,
        macro_f1=sum(row.f1 for row in table) / len(table),
        calibration_error=calibration_error(bins),
        threshold=best_threshold(confidences, hits, cost=_ASKING_COSTS),
        table=tuple(table),
        confusions=tuple(found.confusions()[:_CONFUSIONS]),
        curve=tuple(curve),
        bins=tuple(bins),
        before=linear.before if linear else None,
        after=linear.after if linear else None,
        changes=linear.changes if linear else (),
        encoder=encoder,
    )


def _draw(folder: Path, found: CrossValidation, report: Report) -> None:
    draw_confusions(found.examples.intents, found.said, folder / "confusions.png")
    draw_learning_curve(report.curve, folder / "learning_curve.png")
    draw_reliability(report.bins, folder / "reliability.png")
