"""How heated a message is, from 0 (calm) to 4 (furious): an additive model of what heats and what cools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# degrees at full evidence: least squares with fixed signs on bot/nlu/signals/data/temperature_train.tsv, which has too
# few desperate messages: that weight is set by hand
_WEIGHTS: Mapping[str, float] = {
    "always": 0.74,
    "complaint": 0.56,
    "grievance": 0.19,
    "calm": -0.84,
    "abuse": 0.35,
    "capitals": 1.36,
    "runs": 1.94,
    "questions": 0.57,
    "insults": 0.45,
    "vulgarity": 0.7,
    "anger": 1.52,
    "despair": 0.6,
    "threats": 0.61,
    "stakes": 0.37,
    "intensifiers": 0.37,
    "repetitions": 0.29,
    "sarcasm": 1.0,
    "politeness": -0.22,
    "hedging": -0.24,
    "laughter": -0.73,
    "length": 0.08,
}
_THRESHOLDS = (0.9, 1.2, 2.15, 3.5)
_CAPITALS_FROM = 0.4


@dataclass(frozen=True)
class HeatCues:
    """What heats a message and what cools it.

    `complaint`, `grievance` (a complaint about how people were treated), `calm` (conversation and plain questions) and
    `abuse` are probabilities of intents (0-1), `capitals` the share of capital letters (0-1),
    `longest_run` the longest run of exclamation and question marks; the others count phrases.
    """

    complaint: float = 0.0
    grievance: float = 0.0
    calm: float = 0.0
    abuse: float = 0.0
    capitals: float = 0.0
    longest_run: int = 0
    questions: int = 0
    insults: int = 0
    vulgarity: int = 0
    anger: int = 0
    despair: int = 0
    threats: int = 0
    stakes: int = 0
    intensifiers: int = 0
    repetitions: int = 0
    sarcasm: float = 0.0
    politeness: int = 0
    hedging: int = 0
    laughter: int = 0
    words: int = 0


def temperature(cues: HeatCues) -> int:
    """The temperature of one message, 0 to 4."""
    heat = heat_of(cues)
    return sum(heat >= threshold for threshold in _THRESHOLDS)


def heat_of(cues: HeatCues) -> float:
    """The heat before it is cut into steps: the weighted sum of the cues."""
    return sum(_WEIGHTS[name] * value for name, value in heat_features(cues).items())


def heat_features(cues: HeatCues) -> dict[str, float]:
    """The cues on the scales that the weights were fitted for; every value lies between 0 and 1."""
    return {
        "always": 1.0,
        "complaint": cues.complaint,
        "grievance": cues.grievance,
        "calm": cues.calm,
        "abuse": cues.abuse,
        "capitals": max(0.0, cues.capitals - _CAPITALS_FROM) / (1 - _CAPITALS_FROM) * (1 - cues.calm),
        "runs": _some(max(0, cues.longest_run - 1), 3) * (1 - cues.calm),
        "questions": _some(max(0, cues.questions - 1), 2),
        "insults": _some(cues.insults, 2),
        "vulgarity": _some(cues.vulgarity, 2),
        "anger": _some(cues.anger, 2),
        "despair": _some(cues.despair, 1),
        "threats": _some(cues.threats, 1),
        "stakes": _some(cues.stakes, 1),
        "intensifiers": _some(cues.intensifiers, 3),
        "repetitions": _some(cues.repetitions, 2),
        "sarcasm": cues.sarcasm,
        "politeness": _some(cues.politeness, 3),
        "hedging": _some(cues.hedging, 2),
        "laughter": _some(cues.laughter, 1),
        "length": _some(cues.words, 40),
    }


def _some(count: int, enough: int) -> float:
    return min(count, enough) / enough
