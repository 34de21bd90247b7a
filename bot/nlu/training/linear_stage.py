"""The first stage: Rasa's training of the whole project, skipped when nothing changed, refused when it got worse."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import time
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path

from bot.core.errors import Misconfigured
from bot.nlu.evaluation import Change, NluScores, changes, read_tsv, score_nlu
from bot.nlu.progress import Progress, listening, tell
from bot.nlu.training.fingerprint import Built, model_inputs

HELD_OUT = Path("tests/nlu/heldout.tsv")
# a model is worse when its accuracy on held-out messages falls by more than this
_TOLERANCE = 0.005
_KEPT = 3


@dataclass(frozen=True)
class LinearResult:
    """What a training of the first stage did.

    `trained` is False when nothing had changed; `active` is False when the new model was worse and lies in
    `models/refused/`; scores are those on held-out messages, None where there are none or there was no old model.
    """

    model: Path
    trained: bool
    active: bool
    seconds: float = 0.0
    before: NluScores | None = None
    after: NluScores | None = None
    changes: tuple[Change, ...] = ()

    @property
    def worse(self) -> bool:
        """Whether the new model understands held-out messages worse than the old one."""
        return bool(self.before and self.after and self.after.accuracy < self.before.accuracy - _TOLERANCE)


def train_linear(
    project: Path,
    *,
    models: Path | None = None,
    force: bool = False,
    compare: bool = True,
    accept_worse: bool = False,
    progress: Progress | None = None,
) -> LinearResult:
    """Train the project's Rasa model into `models` (`models/` of the project when not given).

    With `force` it trains although nothing changed; with `compare` the old and the new model are examined on the
    held-out messages, and a worse one is not activated unless `accept_worse`. Steps told to `progress`: check,
    train, read, encode, calibrate, fit, pack, examine. Misconfigured when Rasa cannot train on the project's files.
    """
    models = (models or project / "models").resolve()
    with listening(progress):
        tell("check")
        inputs = model_inputs(project)
        old = active_model(models)
        if old and not force and _inputs_of(models) == inputs:
            return LinearResult(old, trained=False, active=True)
        started = time.monotonic()
        fresh = _train(project, models)
        result = LinearResult(fresh, trained=True, active=True, seconds=round(time.monotonic() - started, 1))
        if compare and (project / HELD_OUT).is_file():
            result = _examined(result, project / HELD_OUT, old)
        return _settled(result, models, inputs, refuse=result.worse and not accept_worse)


def is_current(project: Path, models: Path) -> bool:
    """Whether the active model was trained from the project's files as they are now; quick, without Rasa."""
    return active_model(models) is not None and _inputs_of(models) == model_inputs(project)


def active_model(models: Path) -> Path | None:
    """Return the model that the last training activated, if it is still there."""
    built = Built.read(models)
    return models / built.model if built and (models / built.model).is_file() else None


def _inputs_of(models: Path) -> str:
    built = Built.read(models)
    return built.inputs if built else ""


def _train(project: Path, models: Path) -> Path:
    """Run Rasa's training; return the archive, which is not yet among the models."""
    from rasa.model_training import train

    name = f"{datetime.now(timezone.utc):%Y%m%d-%H%M%S}-teorema.tar.gz"
    said = io.StringIO()
    tell("train")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        found = train(
            str(project / "domain.yml"),
            str(project / "config.yml"),
            [str(project / "nlu_data")],
            str(models / ".fresh"),
            fixed_model_name=name,
        )
    if found.code != 0 or not found.model:
        raise Misconfigured(str(project / "config.yml"), f"Rasa could not train: {said.getvalue().strip()[-500:]}")
    tell("pack", 1.0)
    return Path(found.model)


def _examined(result: LinearResult, held_out: Path, old: Path | None) -> LinearResult:
    """Examine the new model on messages nobody trained on, and the old one beside it."""
    from bot.nlu.interpreter import Interpreter  # brings Rasa in, which a check for changes does not need

    rows = read_tsv(held_out.read_text(encoding="utf-8"), "text", "intent")
    texts = [row["text"] for row in rows]
    tell("examine")
    after = Interpreter.load(result.model).parse_many(texts)
    if old is None:
        return replace(result, after=score_nlu(rows, after))
    tell("examine", 0.5)
    before = Interpreter.load(old).parse_many(texts)
    return replace(
        result, before=score_nlu(rows, before), after=score_nlu(rows, after), changes=changes(rows, before, after)
    )


def _settled(result: LinearResult, models: Path, inputs: str, *, refuse: bool) -> LinearResult:
    """Put the new model among the models and make it the active one, or put it aside."""
    place = models / "refused" if refuse else models
    place.mkdir(parents=True, exist_ok=True)
    target = place / result.model.name
    os.replace(result.model, target)
    shutil.rmtree(models / ".fresh", ignore_errors=True)
    if not refuse:
        Built(target.name, inputs).save(models)
        _forget_oldest(models)
    return replace(result, model=target, active=not refuse)


def _forget_oldest(models: Path) -> None:
    """Keep the newest models, so that a trainer can go back."""
    ours = sorted(models.glob("*-teorema.tar.gz"))
    for path in ours[:-_KEPT]:
        path.unlink()
