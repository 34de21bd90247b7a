import math

import numpy as np
import pytest

from bot.nlu.encoder.export import export, quantise_rows
from bot.nlu.encoder.serve import open_session
from tests.unit.nlu.encoder.tiny import SHAPE, trained_numbers

PIECES = np.array([0, 12, 5, 7, 9, 30, 2], np.int64)


def layer_norm(x, numbers, name):
    centred = x - x.mean(-1, keepdims=True)
    scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + SHAPE.epsilon)
    return scaled * numbers[f"{name}.w"] + numbers[f"{name}.b"]


def attention(x, numbers, layer):
    query, key, value = (
        (x @ numbers[f"{layer}.{name}.w"] + numbers[f"{layer}.{name}.b"]).reshape(len(x), 4, 8).swapaxes(0, 1)
        for name in "qkv"
    )
    scores = np.exp(query @ key.swapaxes(1, 2) / np.sqrt(8))
    seen = (scores / scores.sum(-1, keepdims=True)) @ value
    return seen.swapaxes(0, 1).reshape(len(x), 32)


def by_hand(numbers, pieces):
    """The network's formula in plain numpy."""
    erf = np.vectorize(math.erf)
    x = layer_norm(numbers["emb.word"][pieces] + numbers["emb.pos"][: len(pieces)], numbers, "emb.ln")
    for layer in ("l0", "l1"):
        attended = attention(x, numbers, layer) @ numbers[f"{layer}.ao.w"] + numbers[f"{layer}.ao.b"]
        x = layer_norm(x + attended, numbers, f"{layer}.aln")
        inner = x @ numbers[f"{layer}.fi.w"] + numbers[f"{layer}.fi.b"]
        inner = inner / 2 * (1 + erf(inner / np.sqrt(2)))
        x = layer_norm(x + inner @ numbers[f"{layer}.fo.w"] + numbers[f"{layer}.fo.b"], numbers, f"{layer}.oln")
    vector = (x.mean(0) - numbers["mean"]) / numbers["deviation"]
    return vector @ numbers["head.w"] + numbers["head.b"]


@pytest.mark.parametrize(("quantised", "tolerance"), [(False, 1e-4), (True, 0.02)])
def test_the_graph_computes_the_networks_formula(tmp_path, quantised, tolerance):
    numbers = trained_numbers(4)
    integers, scale = quantise_rows(numbers["emb.word"])
    numbers["emb.word"] = integers * scale

    export(numbers, SHAPE, tmp_path / "encoder.onnx", quantised=quantised)
    (logits,) = open_session(tmp_path / "encoder.onnx").run(None, {"pieces": PIECES})

    expected = by_hand(numbers, PIECES)
    assert logits.shape == (4,)
    assert np.abs(logits - expected).max() < tolerance * np.ptp(expected)


def with_large_columns(numbers):
    """Make a few columns of every normalisation large and their weights small: the sums stay of the usual size."""
    consumers = {"emb.ln": "l0 q,k,v", "l0.aln": "l0 fi", "l0.oln": "l1 q,k,v", "l1.aln": "l1 fi"}
    for norm, consumer in consumers.items():
        numbers[f"{norm}.w"][[3, 17]] *= 50
        numbers[f"{norm}.b"][[3, 17]] *= 50
        layer, names = consumer.split()
        for name in names.split(","):
            numbers[f"{layer}.{name}.w"] = numbers[f"{layer}.{name}.w"].copy()
            numbers[f"{layer}.{name}.w"][[3, 17]] /= 50
    return numbers


def test_a_few_large_columns_leave_bits_to_the_others(tmp_path):
    numbers = with_large_columns(trained_numbers(4))

    for quantised in (False, True):
        export(numbers, SHAPE, tmp_path / f"{quantised}.onnx", quantised=quantised)
    whole, eight_bits = (
        open_session(tmp_path / f"{quantised}.onnx").run(None, {"pieces": PIECES})[0] for quantised in (False, True)
    )

    assert np.abs(eight_bits - whole).max() < 0.003 * np.ptp(whole)


def test_the_quantised_graph_is_smaller(tmp_path):
    for quantised in (False, True):
        export(trained_numbers(4), SHAPE, tmp_path / f"{quantised}.onnx", quantised=quantised)

    assert (tmp_path / "True.onnx").stat().st_size < 0.6 * (tmp_path / "False.onnx").stat().st_size


def test_the_quantiser_says_nothing(tmp_path, caplog):
    export(trained_numbers(4), SHAPE, tmp_path / "encoder.onnx")

    assert caplog.records == []


def test_rows_of_any_size_lose_at_most_half_a_step():
    table = np.random.default_rng(0).standard_normal((5, 32)).astype(np.float32) * np.array(
        [[1e-3], [1], [50], [0], [7]], np.float32
    )

    integers, scale = quantise_rows(table)

    assert integers.dtype == np.int8
    assert (np.abs(integers * scale - table) <= scale / 2 + 1e-7).all()
