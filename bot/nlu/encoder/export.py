"""Writes a trained encoder as an ONNX graph for one message, with 8-bit matrices.

The graph takes one text (its piece numbers) and needs no padding and no mask; the result for a text never depends on
what else is asked. The word table is stored as 8-bit integers with one scale a row; onnxruntime quantises the layers.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, checker, helper, numpy_helper, save

from bot.nlu.encoder.weights import Floats, Shape

INPUT, OUTPUT = "pieces", "logits"
_OPSET = 17
_IR_VERSION = 8
_HEAD = "head"


def export(numbers: Mapping[str, Floats], shape: Shape, path: Path, *, quantised: bool = True) -> None:
    """Write `Network.numbers()` as a graph from piece numbers (length,) to logits (classes,)."""
    graph = _Graph(numbers, shape).build()
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
    checker.check_model(model)
    if quantised:
        _save_quantised(model, path)
    else:
        save(model, path)


def _save_quantised(model: Any, path: Path) -> None:
    """Quantise matrices by column to seven bits: at eight, processors without VNNI overflow when they add products."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder, _quiet_root_logger():
        whole = Path(folder) / "float.onnx"
        save(model, whole)
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=[_HEAD],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )


@contextmanager
def _quiet_root_logger() -> Iterator[None]:
    """Hold back the quantiser's advice, which it logs as warnings of the root logger."""
    root = logging.getLogger()
    hold: Any = lambda record: record.levelno > logging.WARNING  # noqa: E731
    root.addFilter(hold)
    try:
        yield
    finally:
        root.removeFilter(hold)


def quantise_rows(table: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return the table as 8-bit integers and the scale (rows, 1) that turns them back."""
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127.0
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float32)


class _Graph:
    """Builds the graph node by node; every method returns the name of its result."""

    def __init__(self, numbers: Mapping[str, Floats], shape: Shape) -> None:
        self._numbers = numbers
        self._shape = shape
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def build(self) -> Any:
        hidden = self._embeddings()
        norm = "emb.ln"
        for layer in range(self._shape.layers):
            hidden = self._layer(hidden, f"l{layer}", norm)
            norm = f"l{layer}.oln"
        pooled = self._node("ReduceMean", hidden, axes=[0], keepdims=1)
        weight, bias = self._head()
        flat = self._node("Add", self._node("MatMul", pooled, weight, name=_HEAD), bias)
        self._node("Squeeze", flat, self._constant("first", np.array([0], np.int64)), result=OUTPUT)
        inputs = [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["length"])]
        outputs = [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [self._numbers["head.b"].shape[0]])]
        return helper.make_graph(self._nodes, "encoder", inputs, outputs, self._constants)

    def _head(self) -> tuple[str, str]:
        """Fold the standardisation into the head: (x - m) / d @ w + b = x @ (w / d) + (b - m / d @ w)."""
        weight = self._numbers["head.w"] / self._numbers["deviation"][:, None]
        bias = self._numbers["head.b"] - self._numbers["mean"] @ weight
        return self._constant("head.w", weight), self._constant("head.b", bias)

    def _embeddings(self) -> str:
        table, scale = quantise_rows(self._numbers["emb.word"])
        rows = self._node("Gather", self._constant("emb.word", table), INPUT)
        words = self._node("Cast", rows, to=TensorProto.FLOAT)
        scaled = self._node("Mul", words, self._node("Gather", self._constant("emb.scale", scale), INPUT))
        zero = self._constant("zero", np.array([0], np.int64))
        length = self._node("Shape", INPUT)
        places = self._node("Slice", self._constant("emb.pos", self._numbers["emb.pos"]), zero, length)
        return self._normalise(self._node("Add", scaled, places), "emb.ln")

    def _layer(self, hidden: str, layer: str, norm: str) -> str:
        """Add one layer; `norm` names the normalisation its input comes from."""
        attended = self._dense(self._attend(hidden, layer, norm), f"{layer}.ao")
        hidden = self._normalise(self._node("Add", attended, hidden), f"{layer}.aln")
        rows = self._numbers[f"{layer}.fi.w"] * self._spread(f"{layer}.aln")[:, None]
        inner = self._dense_by_row(self._evened(hidden, f"{layer}.aln"), f"{layer}.fi", rows)
        outer = self._dense_by_row(self._gelu(inner), f"{layer}.fo", self._numbers[f"{layer}.fo.w"])
        return self._normalise(self._node("Add", outer, hidden), f"{layer}.oln")

    def _attend(self, hidden: str, layer: str, norm: str) -> str:
        size = self._shape.width // self._shape.heads
        joined = {part: [self._numbers[f"{layer}.{name}.{part}"] for name in "qkv"] for part in "wb"}
        joined["w"][0], joined["b"][0] = joined["w"][0] / np.sqrt(size), joined["b"][0] / np.sqrt(size)
        matrix = np.concatenate(joined["w"], axis=1) * self._spread(norm)[:, None]
        weight = self._constant(f"{layer}.qkv.w", matrix)
        bias = self._constant(f"{layer}.qkv.b", np.concatenate(joined["b"]))
        all_three = self._node("Add", self._node("MatMul", self._evened(hidden, norm), weight), bias)
        query, key, value = self._split(all_three, f"{layer}.split")
        scores = self._node("MatMul", self._heads(query, [1, 0, 2]), self._heads(key, [1, 2, 0]))
        seen = self._node("MatMul", self._node("Softmax", scores, axis=-1), self._heads(value, [1, 0, 2]))
        whole = self._constant("whole", np.array([-1, self._shape.width], np.int64))
        return self._node("Reshape", self._node("Transpose", seen, perm=[1, 0, 2]), whole)

    def _split(self, joined: str, name: str) -> list[str]:
        results = [f"{name}.{part}" for part in "qkv"]
        self._nodes.append(helper.make_node("Split", [joined], results, name=name, axis=1))
        return results

    def _heads(self, hidden: str, order: list[int]) -> str:
        sizes = np.array([-1, self._shape.heads, self._shape.width // self._shape.heads], np.int64)
        return self._node("Transpose", self._node("Reshape", hidden, self._constant("heads", sizes)), perm=order)

    def _dense(self, hidden: str, name: str) -> str:
        weight = self._constant(f"{name}.w", self._numbers[f"{name}.w"])
        bias = self._constant(f"{name}.b", self._numbers[f"{name}.b"])
        return self._node("Add", self._node("MatMul", hidden, weight), bias)

    def _dense_by_row(self, hidden: str, name: str, weights: Floats) -> str:
        """Multiply rows divided by their largest number, multiply the products back, add.

        A row is one word piece; the marks have activations ten times those of words, and would leave words few of the
        8 bits if all shared one scale.
        """
        largest = self._node("ReduceMax", self._node("Abs", hidden), axes=[1], keepdims=1)
        divisor = self._node("Add", largest, self._constant("tiny", np.float32(1e-6)))
        product = self._node("MatMul", self._node("Div", hidden, divisor), self._constant(f"{name}.w", weights))
        bias = self._constant(f"{name}.b", self._numbers[f"{name}.b"])
        return self._node("Add", self._node("Mul", product, divisor), bias)

    def _spread(self, norm: str) -> Floats:
        """Return the square root of the usual size of each column after a normalisation (Xiao et al. 2023)."""
        size = np.sqrt(self._numbers[f"{norm}.w"] ** 2 + self._numbers[f"{norm}.b"] ** 2)
        return np.asarray(np.sqrt(np.maximum(size, size.max() * 1e-3)), dtype=np.float32)

    def _evened(self, hidden: str, norm: str) -> str:
        """Divide columns by their spread, so that the few large ones leave some of the 8 bits to the others."""
        return self._node("Mul", hidden, self._constant(f"{norm}.even", 1.0 / self._spread(norm)))

    def _gelu(self, hidden: str) -> str:
        """x/2 * (1 + erf(x / sqrt 2)), in the order that onnxruntime fuses into one operation."""
        root, one, half = (self._constant(n, np.float32(v)) for n, v in (("root", 2**0.5), ("one", 1.0), ("half", 0.5)))
        share = self._node("Add", self._node("Erf", self._node("Div", hidden, root)), one)
        return self._node("Mul", self._node("Mul", hidden, share), half)

    def _normalise(self, hidden: str, name: str) -> str:
        scale = self._constant(f"{name}.w", self._numbers[f"{name}.w"])
        shift = self._constant(f"{name}.b", self._numbers[f"{name}.b"])
        return self._node("LayerNormalization", hidden, scale, shift, axis=-1, epsilon=self._shape.epsilon)

    def _constant(self, name: str, value: Any) -> str:
        if all(constant.name != name for constant in self._constants):
            array = np.asarray(value)
            array = array.astype(np.float32) if array.dtype.kind == "f" else array
            self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def _node(self, operation: str, *inputs: str, name: str = "", result: str = "", **attributes: Any) -> str:
        label = name or f"{operation}_{len(self._nodes)}"
        output = result or f"{label}_out"
        self._nodes.append(helper.make_node(operation, list(inputs), [output], name=label, **attributes))
        return output
