"""Adam with a learning rate of its own for every variable, and an average of late weights.

Import this module only where training happens: it loads TensorFlow.
Sources: Kingma and Ba 2015 (Adam); Izmailov et al. 2018 (averaging).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from bot.nlu.encoder.weights import Floats

_FIRST, _SECOND, _EPSILON = 0.9, 0.999, 1e-8


class Adam:
    """Updates variables from gradients, one fused operation each.

    No weight decay and no clipping: over a few thousand steps at these rates neither changes the outcome, and each
    would read and write all weights once more.
    """

    def __init__(self, variables: Mapping[str, Any], rates: Mapping[str, float]) -> None:
        """`rates` gives the full learning rate of every variable."""
        self._variables = dict(variables)
        self._rates = dict(rates)
        self._first = {name: tf.Variable(tf.zeros_like(v), trainable=False) for name, v in self._variables.items()}
        self._second = {name: tf.Variable(tf.zeros_like(v), trainable=False) for name, v in self._variables.items()}
        self._powers = (tf.Variable(_FIRST, trainable=False), tf.Variable(_SECOND, trainable=False))

    def update(self, gradients: list[Any], share: Any) -> None:
        """Take one step with `share` of the full rates; gradients stand in the variables' order."""
        for name, gradient in zip(self._variables, gradients, strict=True):
            self._apply(name, gradient, share * self._rates[name])
        self._powers[0].assign(self._powers[0] * _FIRST)
        self._powers[1].assign(self._powers[1] * _SECOND)

    def _apply(self, name: str, gradient: Any, rate: Any) -> None:
        tf.raw_ops.ResourceApplyAdam(
            var=self._variables[name].handle,
            m=self._first[name].handle,
            v=self._second[name].handle,
            beta1_power=self._powers[0],
            beta2_power=self._powers[1],
            lr=rate,
            beta1=_FIRST,
            beta2=_SECOND,
            epsilon=_EPSILON,
            grad=gradient,
        )


class Average:
    """The plain average of snapshots of the variables: flatter, and less a matter of luck, than the last one."""

    def __init__(self, variables: Mapping[str, Any]) -> None:
        self._variables = dict(variables)
        self._sums: dict[str, Floats] = {}
        self._count = 0

    def add(self) -> None:
        """Take a snapshot."""
        self._count += 1
        for name, variable in self._variables.items():
            value = variable.numpy()
            self._sums[name] = self._sums[name] + value if name in self._sums else value

    def put(self) -> None:
        """Write the average into the variables; without snapshots they stay as they are."""
        for name, total in self._sums.items():
            self._variables[name].assign(total / self._count)
