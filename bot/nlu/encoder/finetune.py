"""Fine-tunes the pretrained encoder on intent-labelled messages.

Import this module only where training happens: it loads TensorFlow.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from bot.core.errors import Unavailable
from bot.nlu.encoder.batches import Example, epoch_batches, pad, steps_per_epoch
from bot.nlu.encoder.network import Network
from bot.nlu.encoder.optimiser import Adam, Average
from bot.nlu.encoder.pieces import Cutter
from bot.nlu.encoder.progress import EncoderProgress
from bot.nlu.encoder.recipe import Recipe, learning_rate
from bot.nlu.encoder.spelling import ChatSpelling
from bot.nlu.encoder.weights import Floats, Weights

_STANDARDISED_ON = 640
_CUT_AT_ONCE = 32


class Finetuner:
    """One training: network, optimiser and the order of the examples."""

    def __init__(
        self, weights: Weights, cut: Cutter, recipe: Recipe, *, rows: Sequence[int], classes: int, seed: int
    ) -> None:
        """`rows` are the numbers, in the pretrained vocabulary, of the pieces that `cut` knows."""
        tf.random.set_seed(seed)
        self.network = network = Network(
            weights, rows=rows, classes=classes, frozen=recipe.frozen, dropout=recipe.dropout
        )
        self.cut = cut
        self._recipe = recipe
        self._seed = seed
        self._spelling = ChatSpelling(seed=seed)
        variables = network.trainable
        self._optimiser = Adam(variables, self._rates(variables))
        self._average = Average(variables)
        inputs = [tf.TensorSpec([None, None], tf.int32), tf.TensorSpec([None], tf.int32), tf.TensorSpec([], tf.float32)]
        self._step = tf.function(self._train_batch, input_signature=inputs, autograph=False)
        self._predict = tf.function(
            lambda p: network.logits(p, training=False), input_signature=inputs[:1], autograph=False
        )

    def _rates(self, variables: dict[str, Any]) -> dict[str, float]:
        """Give lower layers, which know language rather than intents, a smaller rate than upper ones."""
        recipe, layers = self._recipe, self.network.shape.layers
        depth = {name: layers - 1 - int(name[1:].split(".")[0]) for name in variables if not name.startswith("head")}
        return {
            name: recipe.rate * recipe.layer_decay ** depth[name] if name in depth else recipe.head_rate
            for name in variables
        }

    def _train_batch(self, pieces: Any, intents: Any, share: Any) -> Any:
        with tf.GradientTape() as tape:
            logits = self.network.logits(pieces, training=True)
            loss = tf.reduce_mean(self._loss(logits, intents))
        self._optimiser.update(tape.gradient(loss, list(self.network.trainable.values())), share)
        return loss

    def _loss(self, logits: Any, intents: Any) -> Any:
        classes = logits.shape[1]
        wanted = tf.one_hot(intents, classes) * (1 - self._recipe.smoothing) + self._recipe.smoothing / classes
        return tf.nn.softmax_cross_entropy_with_logits(wanted, logits)

    def standardise(self, texts: Sequence[str]) -> None:
        """Set the head's mean and deviation to those of the untrained embeddings of (a sample of) the texts."""
        chosen = np.random.default_rng(self._seed).permutation(len(texts))[:_STANDARDISED_ON]
        signature = [tf.TensorSpec([None, None], tf.int32)]
        embed = tf.function(partial(self.network.embed, training=False), input_signature=signature, autograph=False)
        vectors = self._in_order([texts[at] for at in chosen], embed)
        self.network.mean = vectors.mean(axis=0)
        self.network.deviation = vectors.std(axis=0) + np.float32(1e-6)

    def train(
        self, examples: Sequence[Example], *, progress: Callable[[EncoderProgress], None], stop: Callable[[], bool]
    ) -> None:
        """Train on the examples; Unavailable ("encoder_training_stopped") as soon as `stop` says so."""
        recipe, done, started = self._recipe, 0, time.monotonic()
        per_epoch = steps_per_epoch(len(examples), size=recipe.batch)
        steps = per_epoch * recipe.epochs
        for epoch in range(recipe.epochs):
            for pieces, intents in self._batches(examples, epoch):
                if stop():
                    raise Unavailable("encoder_training_stopped", step=done, steps=steps)
                share = learning_rate(done, steps, warmup=recipe.warmup, floor=recipe.floor)
                loss = float(self._step(pieces, intents, tf.constant(share, tf.float32)))
                done += 1
                self._snapshot(done, steps)
                left = (time.monotonic() - started) / done * (steps - done)
                progress(EncoderProgress(epoch=epoch + 1, step=done, steps=steps, loss=loss, seconds_left=left))
        self._average.put()

    def _batches(self, examples: Sequence[Example], epoch: int) -> Any:
        seed = self._seed + epoch
        return epoch_batches(examples, self.cut, rewrite=self._rewrite(seed), size=self._recipe.batch, seed=seed)

    def _rewrite(self, seed: int) -> Callable[[str], str]:
        """Return what sometimes changes the spelling; the first sight of a text is as written."""
        draw = np.random.default_rng(seed)
        return lambda text: self._spelling(text) if draw.random() < self._recipe.rewritten else text

    def _snapshot(self, done: int, steps: int) -> None:
        late = done > steps * (1 - self._recipe.averaged)
        if late and (done % self._recipe.snapshot_every == 0 or done == steps):
            self._average.add()

    def logits(self, texts: Sequence[str]) -> Floats:
        """Return intent scores before softmax, (texts, classes), in the texts' order."""
        return self._in_order(texts, self._predict)

    def _in_order(self, texts: Sequence[str], function: Callable[[Any], Any]) -> Floats:
        rows = [self.cut(text) for text in texts]
        order: NDArray[np.int64] = np.argsort([len(row) for row in rows], kind="stable")
        parts = [
            function(pad([rows[at] for at in order[start : start + _CUT_AT_ONCE]])).numpy()
            for start in range(0, len(rows), _CUT_AT_ONCE)
        ]
        results = np.concatenate(parts)
        return np.asarray(results[np.argsort(order, kind="stable")], dtype=np.float32)
