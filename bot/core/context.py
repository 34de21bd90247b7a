"""What a message means where it stands: the same words say different things with a case open or a question pending."""

from __future__ import annotations

from dataclasses import replace

from bot.core.signals import Signals

SURE = 0.5  # calibrated probability from which the words alone decide
_TWICE, _MUCH = 2.0, 4.0
_ASKS_AFTER = {"ask_case_status": _MUCH, "problem_not_solved": _TWICE, "problem_solved": _TWICE, "thanks": _TWICE}
_COURTESIES = frozenset({"greet", "thanks", "goodbye", "give_details", "affirm"})
_A_NEED = 0.12  # probability from which a complaint beside a courtesy is taken for what the message wants
_NOTHING_BEFORE = {"correction": 0.25, "problem_not_solved": 0.5, "problem_solved": 0.5}  # nothing to correct or solve
_ANSWERS = {"affirm": _MUCH, "deny": _MUCH}
_BRIEF = 20  # words; an answer to what we asked, with a few words around it
_SHORT = 6  # words; a longer message is a story of its own, whatever was asked


def in_context(
    signals: Signals,
    *,
    words: int,
    open_category: str | None,
    pending: str | None,
    states_facts: bool,
    answers_us: bool = False,
) -> Signals:
    """The signals with the intent that fits the conversation.

    `words` counts the message's words, `open_category` is the category of the case spoken of, `pending` the question we
    asked last, `states_facts` whether the message brings facts, `answers_us` whether they are what we asked for. A sure
    intent stays; a doubtful one is weighed anew: factors of 2 and 4 stand for "more" and "much more likely" here.
    """
    signals = _need_before_courtesy(signals, words=words)
    if signals.confidence >= SURE or not signals.ranking:
        return signals
    if answers_us and words <= _BRIEF:
        return replace(signals, intent="give_details", confidence=SURE)
    weights = _weights(words=words, open_category=open_category, pending=pending, states_facts=states_facts)
    weighed = sorted(
        ((name, score * weights.get(name, 1.0)) for name, score in signals.ranking), key=lambda pair: -pair[1]
    )
    total = sum(score for _, score in weighed) + max(0.0, 1.0 - sum(score for _, score in signals.ranking))
    ranking = tuple((name, score / total) for name, score in weighed)
    return replace(signals, intent=ranking[0][0], confidence=ranking[0][1], ranking=ranking)


def _need_before_courtesy(signals: Signals, *, words: int) -> Signals:
    """The complaint that comes wrapped in a greeting, thanks or bare facts: the strongest need is the intent."""
    complaints = [(name, score) for name, score in signals.ranking if name.startswith("complaint_")]
    if signals.intent not in _COURTESIES or words <= _SHORT or not complaints:
        return signals
    name, score = complaints[0]
    if score < _A_NEED:
        return signals
    others = tuple(row for row in signals.ranking if row[0] != name)
    return replace(signals, intent=name, confidence=SURE, ranking=((name, SURE), *others))


def _weights(*, words: int, open_category: str | None, pending: str | None, states_facts: bool) -> dict[str, float]:
    weights: dict[str, float] = {}
    if open_category is None:
        weights.update(_NOTHING_BEFORE)
    else:
        weights.update(_ASKS_AFTER)
        weights[open_category] = _MUCH
        if states_facts and words <= 2 * _SHORT:
            weights["give_details"] = 2 * _MUCH
    if pending is not None and words <= _SHORT:
        weights.update(_ANSWERS)
    return weights
