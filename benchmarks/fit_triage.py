"""Fits the weights of `bot.core.triage` to the training data: `python -m benchmarks.fit_triage`.

Every message is judged by models that did not train on it; weights keep their sign, whatever the data say, because need
decides and never manners. Prints the table to paste, the bias that puts the threshold at 0.5, and what both would do
to the training messages.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from scipy.optimize import minimize
from sklearn.model_selection import StratifiedKFold

from bot.core.triage import TROLL_INTENTS, features
from bot.nlu.linear import Baiting, LinearClassifier
from bot.nlu.linear.vector_store import VectorStore
from bot.nlu.signals.evidence import listen, triage_evidence

_SPEAKS_FOR_A_NEED = frozenset(
    "concrete own_matter asks failures facts stakes threats distress need_peak has_open_case earlier_need".split()
)
_FLOOR = {"concrete": 0.8, "own_matter": 0.5, "asks": 0.4, "failures": 0.8, "facts": 0.8, "stakes": 0.6, "threats": 0.6}
_BY_HAND = ("has_open_case", "earlier_need", "repeated")
_PRIOR = 0.002  # pull of every weight towards zero


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("nlu_data"))
    parser.add_argument("--genuine-called-troll", type=float, default=0.01, help="at most this share, cross-validated")
    options = parser.parse_args(arguments)
    rows, trolls = evidence_of(options.data)
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    fitted = names.index
    weights, bias = fit(table, trolls, names)
    scores = 1 / (1 + np.exp(-(table @ weights + bias)))
    threshold = float(np.quantile(scores[~trolls], options.genuine_called_troll))
    print("\n".join(f'    "{name}": {weights[fitted(name)]:.1f},' for name in names if name not in _BY_HAND))
    print(f"_BIAS = {bias - np.log(threshold / (1 - threshold)):.2f}  # puts the threshold at 0.5")
    print(f"genuine called trolls {np.mean(scores[~trolls] < threshold):.4f}")
    print(f"trolls caught {np.mean(scores[trolls] < threshold):.4f}")


def evidence_of(folder: Path, *, folds: int = 5) -> tuple[list[Mapping[str, float]], Any]:
    """The features of every training message, judged by models that did not train on it, and which are trolls'."""
    found = RasaFileImporter(training_data_paths=[str(folder)]).get_nlu_data().intent_examples
    texts = np.array([row.get(TEXT) for row in found], object)
    intents = np.array([row.get(INTENT) for row in found], object)
    trolls = np.array([intent in TROLL_INTENTS for intent in intents])
    encode = VectorStore(Path(".cache/sentence_vectors.npz")).encode
    rows: list[Mapping[str, float]] = [{}] * len(texts)
    for kept, held in StratifiedKFold(folds, shuffle=True, random_state=0).split(texts, intents):
        linear = LinearClassifier.train(list(texts[kept]), list(intents[kept]), encoder=_kept(encode))
        baiting = Baiting.train(list(texts[kept]), list(intents[kept]), encoder=_kept(encode))
        assert baiting is not None
        ranked = linear.probabilities(list(texts[held]), encoder=_kept(encode))
        baited = baiting.judge(list(texts[held]), encoder=_kept(encode))
        for at, row, likely in zip(held, ranked, baited, strict=True):
            ranking = sorted(zip(linear.intents, map(float, row), strict=True), key=lambda pair: -pair[1])
            named = [entity["entity"] for entity in found[at].get(ENTITIES) or ()]
            rows[at] = features(triage_evidence(listen(texts[at], ranking, named, baiting=likely)))
    return rows, trolls


def fit(table: Any, trolls: Any, names: Sequence[str]) -> tuple[Any, float]:
    """Weights with fixed signs and the bias that make the verdicts least surprising; both sides weigh the same."""
    truth = np.where(trolls, 0.0, 1.0)
    share = np.where(trolls, 0.5 / trolls.mean(), 0.5 / (1 - trolls.mean()))

    def loss(values: Any) -> tuple[float, Any]:
        weights, bias = values[:-1], values[-1]
        logits = table @ weights + bias
        chance = 1 / (1 + np.exp(-logits))
        surprise = share * (np.logaddexp(0, logits) - truth * logits)
        slope = share * (chance - truth) / len(truth)
        gradient = np.append(table.T @ slope + _PRIOR * weights / len(names), slope.sum())
        return float(surprise.mean() + _PRIOR * (weights**2).sum() / (2 * len(names))), gradient

    bounds = [_bounds(name) for name in names]
    start = np.array([(low or 0.0) if low else 0.0 for low, _ in bounds] + [0.0])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return found.x[:-1], float(found.x[-1])


def _bounds(name: str) -> tuple[float | None, float | None]:
    if name in _BY_HAND:
        return 0.0, 0.0
    if name in _SPEAKS_FOR_A_NEED:
        return _FLOOR.get(name, 0.0), None
    return None, 0.0


def _kept(encode: Any) -> Any:
    """The store without forgetting: asked for a part of the messages it would keep only that part."""
    known: dict[str, Any] = _kept.__dict__.setdefault("known", {})

    def look(texts: Sequence[str]) -> Any:
        fresh = [text for text in texts if text not in known]
        if fresh:
            known.update(zip(fresh, encode(fresh), strict=True))
        return np.stack([known[text] for text in texts])

    return look


if __name__ == "__main__":
    main()
