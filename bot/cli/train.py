"""`teorema train`: both stages of the model, with progress and a report."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from bot.cli.texts import Texts, load_texts
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.nlu.encoder import EncoderProgress
    from bot.nlu.training import EncoderResult, LinearResult

_STEPS = ("check", "train", "read", "encode", "calibrate", "fit", "pack", "examine")


class Stage(str, Enum):
    """What to train."""

    ALL = "all"
    LINEAR = "linear"
    ENCODER = "encoder"


def train(
    stage: Stage = typer.Option(Stage.ALL, help="The linear model (seconds), the encoder (minutes) or both."),
    force: bool = typer.Option(False, help="Train although nothing changed."),
    accept_worse: bool = typer.Option(False, help="Activate the new model even if it understands less."),
    epochs: int = typer.Option(6, min=1, max=30, help="How often the encoder sees each message."),
    report: bool = typer.Option(True, help="Measure by cross-validation and write a report."),
    progress_json: bool = typer.Option(False, "--progress-json", help="Progress as JSON lines, for programs."),
    if_needed: bool = typer.Option(False, "--if-needed", help="Say nothing and write no report when nothing changed."),
) -> None:
    """Train on nlu_data; what has not changed is not trained again, and a worse model is not activated."""
    settings, console, texts = load_settings(), Console(stderr=True), load_texts("train")
    from bot import workshop

    if if_needed and stage is Stage.LINEAR and not force and workshop.first_stage_is_current(settings):
        return
    linear: LinearResult | None = None
    encoder: EncoderResult | None = None
    with _bars(console) as progress:
        if stage is not Stage.ENCODER:
            steps = _StepBar(progress, texts, texts("linear_stage"))
            linear = workshop.train_first_stage(settings, force=force, accept_worse=accept_worse, progress=steps)
            steps.done()
        if stage is not Stage.LINEAR:
            bar = _say_json if progress_json else _EncoderBar(progress, texts)
            encoder = workshop.train_second_stage(settings, force=force, epochs=epochs, progress=bar)
        if report and not (if_needed and linear and not linear.trained):
            steps = _StepBar(progress, texts, texts("report_stage"))
            written = workshop.report_on(linear, encoder, progress=steps)
            steps.done()
    _summary(console, texts, linear, encoder, quiet=if_needed)
    if report and not (if_needed and linear and not linear.trained):
        console.print(texts("report", path=str(written.folder / "report.md"), accuracy=f"{written.accuracy:.3f}"))
    if linear is not None and not linear.active:
        raise typer.Exit(1)


def _summary(
    console: Console, texts: Texts, linear: LinearResult | None, encoder: EncoderResult | None, *, quiet: bool
) -> None:
    if linear is not None and not linear.trained and not quiet:
        console.print(texts("unchanged"))
    if linear is not None and linear.after is not None:
        before = f"{linear.before.accuracy:.3f}" if linear.before else "-"
        console.print(
            texts("heldout", before=before, after=f"{linear.after.accuracy:.3f}", seconds=str(linear.seconds))
        )
    if linear is not None and not linear.active:
        console.print(texts("refused", path=str(linear.model)), style="bold red")
    if encoder is not None:
        console.print(_encoder_line(texts, encoder))


def _encoder_line(texts: Texts, encoder: EncoderResult) -> str:
    if encoder.skipped:
        return texts("encoder_unchanged") if encoder.skipped == "unchanged" else encoder.skipped
    key = "encoder_active" if encoder.active else "encoder_no_better"
    return texts(
        key,
        linear=f"{encoder.linear_accuracy:.3f}",
        blend=f"{encoder.blend_accuracy:.3f}",
        minutes=f"{encoder.seconds / 60:.1f}",
    )


def _say_json(heard: EncoderProgress) -> None:
    print(json.dumps({"share": heard.step / heard.steps, "seconds_left": heard.seconds_left}), flush=True)


def _bars(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[detail]}"),
        console=console,
    )


class _StepBar:
    """A bar in hundredths of a step, told which step is under way."""

    def __init__(self, progress: Progress, texts: Texts, title: str) -> None:
        self._progress = progress
        self._texts = texts
        self._task = progress.add_task(title, total=100, detail="")

    def __call__(self, step: str, share: float) -> None:
        self._progress.update(self._task, completed=int(100 * share), detail=self._texts(f"step_{step}"))

    def done(self) -> None:
        self._progress.update(self._task, completed=100, detail="")


class _EncoderBar:
    """A bar in training steps, with epoch and loss."""

    def __init__(self, progress: Progress, texts: Texts) -> None:
        self._progress = progress
        self._texts = texts
        self._task = progress.add_task(texts("encoder_stage"), total=None, detail="")

    def __call__(self, heard: EncoderProgress) -> None:
        detail = self._texts("epoch", epoch=str(heard.epoch), loss=f"{heard.loss:.2f}")
        self._progress.update(self._task, total=heard.steps, completed=heard.step, detail=detail)
