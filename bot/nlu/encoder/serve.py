"""Classifies messages with a trained encoder, on one thread of onnxruntime."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.core.errors import Misconfigured, Unavailable
from bot.nlu.encoder.calibration import softmax
from bot.nlu.encoder.folder import NETWORK, PIECES, Manifest
from bot.nlu.encoder.pieces import Cutter, Vocabulary
from bot.nlu.encoder.weights import Floats

_ERRORS_ONLY = 3


class OneThreadNetwork:
    """An exported network and the cutter it was trained with."""

    def __init__(self, path: Path, cut: Cutter) -> None:
        """Open the ONNX file; errors as of `open_session`."""
        self._session = open_session(path)
        self._cut = cut

    def logits(self, texts: Sequence[str]) -> Floats:
        """Return uncalibrated scores (texts, intents); every text is computed alone, whatever stands beside it."""
        rows = [self._session.run(None, {"pieces": np.array(self._cut(text), np.int64)})[0] for text in texts]
        return np.asarray(rows, dtype=np.float32)


class EncoderClassifier:
    """A trained encoder, ready to serve; safe to share between threads."""

    def __init__(self, network: OneThreadNetwork, manifest: Manifest) -> None:
        """Use `load` instead, unless the parts are at hand."""
        self.manifest = manifest
        self.intents: tuple[str, ...] = manifest.intents
        self._network = network

    @classmethod
    def load(cls, folder: Path) -> EncoderClassifier:
        """Load what `train_encoder` wrote.

        Unavailable when nothing is there or onnxruntime does not run here; Misconfigured when the folder is damaged.
        """
        manifest = Manifest.read(folder)
        manifest.check(folder)
        try:
            cut = Cutter(Vocabulary.read(folder / PIECES), limit=manifest.limit)
        except (ValueError, KeyError, TypeError) as error:
            raise Misconfigured(str(folder / PIECES), f"it is damaged, train again ({error})") from error
        return cls(OneThreadNetwork(folder / NETWORK, cut), manifest)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return calibrated probabilities (texts, intents), in the order of `intents`; rows sum to 1."""
        if not texts:
            return np.zeros((0, len(self.intents)), np.float32)
        return softmax(self._network.logits(texts) / np.float32(self.manifest.temperature))


def open_session(path: Path) -> Any:
    """Open an ONNX file on one thread; Unavailable when onnxruntime does not run, Misconfigured for a bad file."""
    try:
        import onnxruntime
    except (ImportError, OSError) as error:
        raise Unavailable("encoder_unavailable", reason=f"onnxruntime does not run here: {error}") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a class of its own for every fault, all directly under Exception
        raise Misconfigured(str(path), f"onnxruntime cannot read it, train again ({error})") from error
