"""Need or troll: evidence of a need against evidence of none, never manners (PRODUCT, rule 2)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.signals import NEED, TROLL

TROLL_INTENTS = frozenset({"troll_insult", "troll_provocation", "spam"})
DIALOGUE_INTENTS = frozenset(
    "praise thanks greet goodbye affirm deny problem_solved chitchat bot_challenge out_of_scope".split()
)

THRESHOLD = 0.5
"""Below this probability of a need it is a troll. The bias puts it where about 1 genuine person in 100 falls below on
messages that no model trained on: as if one message in seventeen came from a troll."""
_REASONS = 3
_MASSES = frozenset({"troll_mass", "baiting", "need_peak"})
_AS_A_WHOLE = {NEED: "need_mass", TROLL: "troll_mass"}
_CERTAIN = 6.0
_DENSE = 4.0

# log-odds of a need at full evidence, from `python -m benchmarks.fit_triage`: a logistic regression with fixed signs on
# the training messages, judged by models that did not see them; the need's own evidence has a floor, because need
# decides, never manners; history is set by hand
_WEIGHTS: Mapping[str, float] = {
    "troll_mass": -2.1,
    "baiting": -3.0,
    "need_peak": 1.3,
    "concrete": 0.8,
    "own_matter": 0.5,
    "asks": 0.4,
    "failures": 0.8,
    "facts": 1.8,
    "stakes": 0.6,
    "threats": 0.6,
    "distress": 0.0,
    "insults": -1.0,
    "insults_without_object": -1.4,
    "bait": -3.4,
    "bait_without_object": -0.5,
    "injection": -2.6,
    "absurd": -3.7,
    "offers": -5.4,
    "links": -0.6,
    "nothing_wanted": -1.4,
    "bot_talk": -0.4,
    "thou_without_object": -1.0,
    "has_open_case": 3.0,
    "earlier_need": 1.5,
    "repeated": -0.5,
}
_BIAS = 1.25


@dataclass(frozen=True)
class TriageEvidence:
    """What speaks for a need and what against.

    `dialogue_mass` and `troll_mass` are the probabilities (0-1) of mere dialogue and of trolling by intent; `baiting`
    is that of trolling by a model of its own, `peak` that of the likeliest intent which is no trolling. The other
    numbers count phrases. `courtesy_only` means that nothing but courtesies was said. The last three are history: an
    open case, a need shown earlier in the conversation, the same words said before.
    """

    dialogue_mass: float = 0.0
    troll_mass: float = 0.0
    baiting: float | None = None
    peak: float | None = None
    words: int = 0
    concrete: int = 0
    own_matter: int = 0
    asks: int = 0
    failures: int = 0
    facts: int = 0
    stakes: int = 0
    threats: int = 0
    distress: int = 0
    insults: int = 0
    bait: int = 0
    injection: int = 0
    absurd: int = 0
    offers: int = 0
    links: int = 0
    nothing_wanted: int = 0
    bot_talk: int = 0
    thou: int = 0
    courtesy_only: bool = False
    has_open_case: bool = False
    earlier_need: bool = False
    repeated: bool = False


@dataclass(frozen=True)
class Judgement:
    """A verdict, the probability of a need (0-1) and the keys of what weighed most for the verdict."""

    verdict: str
    score: float
    reasons: tuple[str, ...]


def family_masses(ranking: Iterable[tuple[str, float]]) -> tuple[float, float, float]:
    """Return the probability of a need, of mere dialogue and of trolling; an unknown intent counts as a need."""
    need = dialogue = troll = 0.0
    for name, probability in ranking:
        if name in TROLL_INTENTS:
            troll += probability
        elif name in DIALOGUE_INTENTS:
            dialogue += probability
        else:
            need += probability
    return need, dialogue, troll


def judge(evidence: TriageEvidence, *, threshold: float = THRESHOLD) -> Judgement:
    """Weigh the evidence; below `threshold` it is a troll, in doubt it is a customer."""
    weighed = {name: _WEIGHTS[name] * value for name, value in features(evidence).items()}
    score = _logistic(_BIAS + sum(weighed.values()))
    if evidence.courtesy_only:
        return Judgement(NEED, max(score, threshold), ("courtesy_only",))
    verdict = NEED if score >= threshold else TROLL
    return Judgement(verdict, score, _reasons(weighed, verdict))


def features(evidence: TriageEvidence) -> dict[str, float]:
    """The evidence on the scales that the weights were fitted for; every value lies between -1 and 1."""
    need = evidence.concrete + evidence.own_matter + evidence.asks + evidence.facts + evidence.failures
    no_object = 1 - _some(need, 4)
    insults = _density(evidence.insults, evidence.words)
    bait = _density(evidence.bait, evidence.words)
    return {
        "troll_mass": _log_odds(evidence.troll_mass) / _CERTAIN,
        "baiting": _log_odds(evidence.troll_mass if evidence.baiting is None else evidence.baiting) / _CERTAIN,
        "need_peak": 0.0 if evidence.peak is None else _log_odds(evidence.peak) / _CERTAIN,
        "concrete": _some(evidence.concrete, 3),
        "own_matter": _some(evidence.own_matter, 3),
        "asks": _some(evidence.asks, 2),
        "failures": _some(evidence.failures, 3),
        "facts": _some(evidence.facts, 2),
        "stakes": _some(evidence.stakes, 1),
        "threats": _some(evidence.threats, 1),
        "distress": _some(evidence.distress, 2),
        "insults": insults,
        "insults_without_object": insults * no_object,
        "bait": bait,
        "bait_without_object": bait * no_object,
        "injection": _density(evidence.injection, evidence.words),
        "absurd": _density(evidence.absurd, evidence.words),
        "offers": _density(evidence.offers, evidence.words),
        "links": _some(evidence.links, 1),
        "nothing_wanted": _some(evidence.nothing_wanted, 1),
        "bot_talk": _density(evidence.bot_talk, evidence.words),
        "thou_without_object": _density(evidence.thou, evidence.words) * (1 - evidence.dialogue_mass) * no_object,
        "has_open_case": float(evidence.has_open_case),
        "earlier_need": float(evidence.earlier_need),
        "repeated": float(evidence.repeated),
    }


def _reasons(weighed: Mapping[str, float], verdict: str) -> tuple[str, ...]:
    sign = 1 if verdict == NEED else -1
    speaking = [(sign * weight, name) for name, weight in weighed.items() if sign * weight > 0.05]
    names = [name for _, name in sorted(speaking, reverse=True)[:_REASONS]]
    return tuple(dict.fromkeys(_AS_A_WHOLE[verdict] if name in _MASSES else name for name in names))


def _some(count: int, enough: int) -> float:
    return min(count, enough) / enough


def _density(count: int, words: int) -> float:
    """Near 1 when little else is said, small for a word in a long story."""
    return min(1.0, _DENSE * count / (words + _DENSE))


def _log_odds(probability: float) -> float:
    return max(-_CERTAIN, min(_CERTAIN, _plain_log_odds(probability)))


def _plain_log_odds(probability: float) -> float:
    bounded = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(bounded / (1 - bounded))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def reconsider(
    score: float, *, has_open_case: bool = False, earlier_need: bool = False, repeated: bool = False
) -> Judgement:
    """Judge a message again, from its score, once the history of its sender is known.

    The weights are those of `judge`; a score of 0.1 with an open case becomes 0.69.
    """
    history = {"has_open_case": has_open_case, "earlier_need": earlier_need, "repeated": repeated}
    weighed = {name: _WEIGHTS[name] * float(given) for name, given in history.items()}
    again = _logistic(_plain_log_odds(score) + sum(weighed.values()))
    verdict = NEED if again >= THRESHOLD else TROLL
    return Judgement(verdict, again, _reasons(weighed, verdict))
