"""The trainers' composition root: training, parsing and measuring, without the service (bot/app.py composes that)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gzip import BadGzipFile
from pathlib import Path
from tarfile import TarError
from typing import TYPE_CHECKING, Any

from bot.brain.quiet import quieten
from bot.core.errors import Misconfigured
from bot.models import newest_model
from bot.nlu.encoder import EncoderProgress, available
from bot.nlu.evaluation import NluScores, TriageScores, read_tsv, score_nlu, score_triage
from bot.nlu.progress import Progress
from bot.nlu.training import (
    EncoderResult,
    LinearResult,
    Report,
    is_current,
    train_encoder_stage,
    train_linear,
    write_report,
)
from bot.settings import Settings, pass_on

PROJECT = Path()
REPORTS = Path("reports")

if TYPE_CHECKING:
    from bot.nlu.interpreter import Interpreter

Share = Callable[[float], None]


def first_stage_is_current(settings: Settings) -> bool:
    """Whether nothing has changed since the model in use was trained; takes a second or two."""
    return is_current(PROJECT, settings.model_dir)


def train_first_stage(settings: Settings, *, force: bool, accept_worse: bool, progress: Progress) -> LinearResult:
    """Train Rasa's model with the linear classifier, unless nothing changed."""
    quieten()
    pass_on(settings)
    return train_linear(PROJECT, models=settings.model_dir, force=force, accept_worse=accept_worse, progress=progress)


def train_second_stage(
    settings: Settings, *, force: bool, epochs: int, progress: Callable[[EncoderProgress], None]
) -> EncoderResult:
    """Fine-tune the encoder, unless nothing changed; it serves only when it helps."""
    quieten()
    pass_on(settings)
    return train_encoder_stage(PROJECT, models=settings.model_dir, force=force, epochs=epochs, progress=progress)


def report_on(linear: LinearResult | None, encoder: EncoderResult | None, *, progress: Progress) -> Report:
    """Measure by cross-validation and write the report."""
    return write_report(PROJECT, REPORTS, linear=linear, encoder=encoder, progress=progress)


def load_interpreter(settings: Settings) -> Interpreter:
    """The understanding part of the model that serves."""
    quieten()
    pass_on(settings)
    return _loaded(newest_model(settings.model_dir))


def _loaded(model: Path) -> Interpreter:
    """The interpreter of a model; Misconfigured when its archive was cut off or holds something else."""
    from bot.nlu.interpreter import Interpreter

    try:
        return Interpreter.load(model)
    except (EOFError, TarError, BadGzipFile) as error:
        raise Misconfigured(str(model), f"the model is damaged, run `teorema train --force` ({error})") from error


def evaluate_nlu(settings: Settings, text: str, *, progress: Share) -> NluScores:
    """Score the model on a table with the columns text and intent (and need, temperature when present)."""
    rows = read_tsv(text, "text", "intent")
    return score_nlu(rows, _parses(settings, rows, progress))


def evaluate_triage(settings: Settings, text: str, *, progress: Share) -> TriageScores:
    """Score the triage on a table with the columns text and label."""
    rows = read_tsv(text, "text", "label")
    return score_triage(rows, _parses(settings, rows, progress))


def _parses(settings: Settings, rows: Sequence[dict[str, str]], progress: Share) -> list[dict[str, Any]]:
    return load_interpreter(settings).parse_many([row["text"] for row in rows], progress=progress)


def encoder_available() -> str | None:
    """Why the encoder cannot run on this machine, in one sentence; None when it can."""
    return available()
