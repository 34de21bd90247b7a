"""Whether a message says the contrary of its words; ironic praise of a failure is a complaint."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

IRONIC = 0.5
KIND_INTENTS = frozenset({"praise", "thanks", "problem_solved", "affirm", "chitchat", "greet"})
_BEHIND_PRAISE = "complaint_"
_FALLBACK_COMPLAINT = "problem_not_solved"

# log-odds: a logistic regression with fixed signs on labelled messages (ironic praise against sincere thanks)
_WEIGHTS: Mapping[str, float] = {
    "mockery": 3.6,
    "hyperbole": 3.1,
    "stage": 1.1,
    "laughter": 0.5,
    "quotes": 1.7,
    "dots": 0.3,
    "praise_of_failure": 2.4,
    "mockery_of_failure": 2.2,
    "praise_in_complaint": 0.3,
    "mockery_in_complaint": 3.8,
    "laughter_in_complaint": 0.6,
    "relief": -2.6,
    "sincere": -1.3,
}
_BIAS = -3.1


@dataclass(frozen=True)
class IronyCues:
    """What praises, what failed, and what winks.

    The numbers count phrases (`relief`: of somebody whose trouble is over or only feared); `kind_mass` and
    `complaint_mass` are probabilities of intents (0-1).
    """

    praise: int = 0
    mockery: int = 0
    failures: int = 0
    hyperbole: int = 0
    stage: int = 0
    laughter: int = 0
    quotes: int = 0
    dots: int = 0
    relief: int = 0
    kind_mass: float = 0.0
    complaint_mass: float = 0.0


def irony_score(cues: IronyCues) -> float:
    """The probability (0-1) of irony."""
    x = _BIAS + sum(_WEIGHTS[name] * value for name, value in irony_features(cues).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def irony_features(cues: IronyCues) -> dict[str, float]:
    """The cues on the scales of the weights; the products are contradictions."""
    praise, mockery, failures = _some(cues.praise, 2), _some(cues.mockery, 2), _some(cues.failures, 2)
    return {
        "mockery": mockery,
        "hyperbole": _some(cues.hyperbole, 2),
        "stage": _some(cues.stage, 1),
        "laughter": _some(cues.laughter, 1),
        "quotes": _some(cues.quotes, 2),
        "dots": _some(cues.dots, 2),
        "praise_of_failure": praise * failures,
        "mockery_of_failure": mockery * failures,
        "praise_in_complaint": praise * cues.complaint_mass,
        "mockery_in_complaint": mockery * cues.complaint_mass,
        "laughter_in_complaint": _some(cues.laughter, 1) * cues.complaint_mass,
        "relief": _some(cues.relief, 1),
        "sincere": cues.kind_mass * float(cues.failures == 0),
    }


def complaint_behind(ranking: Iterable[tuple[str, float]], irony: float, cues: IronyCues) -> str | None:
    """The complaint that ironic praise hides, or None when the message means what it says.

    `ranking` is (intent, probability) best first. It needs a kind intent on top, irony of at least `IRONIC` and a
    failure that the message names; then the likeliest complaint is preferred, else `problem_not_solved`.
    """
    ranked = list(ranking)
    if not ranked or ranked[0][0] not in KIND_INTENTS or irony < IRONIC or cues.failures == 0:
        return None
    complaints = [name for name, _ in ranked if name.startswith(_BEHIND_PRAISE)]
    return complaints[0] if complaints else _FALLBACK_COMPLAINT


def _some(count: int, enough: int) -> float:
    return min(count, enough) / enough
