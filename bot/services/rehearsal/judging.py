"""Whether a performance was as expected: each expectation with what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.promise import Promise
from bot.services.rehearsal.asking import asked_twice, facts_asked
from bot.services.rehearsal.playing import Performance
from bot.services.rehearsal.speaking import says_bot, words_before

_THE_ONE = frozenset({"order_number", "case_code", "flight_or_train", "phone", "email", "iban", "tax_code"})
_CHARACTERS_OF_A_DAY = 10


@dataclass(frozen=True)
class Verdict:
    """One expectation: `passed` is None when it could not be judged here; `seen` is what was seen instead or too."""

    name: str
    passed: bool | None
    expected: Any
    seen: Any


def judge(performance: Performance, *, score: int | None) -> tuple[Verdict, ...]:
    """The house rules, which hold in every scenario, then what the scenario expects; `score` is the care score."""
    expected = performance.scenario.expect
    verdicts = [_answered(performance), _asked_once(performance)]
    for name, wanted in expected.items():
        if name == "score_at_least":
            verdicts.append(Verdict(name, None if score is None else score >= wanted, wanted, score))
        elif _unknowable(name, performance):
            verdicts.append(Verdict(name, None, wanted, None))
        else:
            passed, seen = _JUDGES[name](performance, wanted)
            verdicts.append(Verdict(name, passed, wanted, seen))
    return tuple(verdicts)


def _unknowable(name: str, performance: Performance) -> bool:
    """Whether an expectation is about something that cannot be seen from here, or did not have the time to happen."""
    if name == "update_before_deadline" and not performance.waited:
        return True
    return name not in _FROM_MESSAGES and not performance.record.complete


def _answered(performance: Performance) -> Verdict:
    silent = [number for number, answer in enumerate(performance.answers(), 1) if answer is None]
    return Verdict("every_turn_answered", not silent, [], [f"turn {number}" for number in silent])


def _asked_once(performance: Performance) -> Verdict:
    needless = [found.fact for found in asked_twice(performance.record.messages)]
    return Verdict("nothing_asked_twice", not needless, [], needless)


def _triage(performance: Performance, wanted: tuple[str, ...]) -> tuple[bool, Any]:
    """The verdict on each turn's whole story; without an answer, that on its messages."""
    seen = []
    for asked, answer in zip(performance.asked(), performance.answers(), strict=True):
        own = {message.signals.triage.verdict for message in asked if message.signals}
        of_story = answer.verdict if answer else None
        seen.append(of_story or ("troll" if own == {"troll"} else "need"))
    return tuple(seen) == wanted, seen


def _cases(performance: Performance, wanted: tuple[str, ...]) -> tuple[bool, Any]:
    seen = [case.category for case in performance.record.cases]
    return sorted(seen) == sorted(wanted), seen


def _facts(performance: Performance, wanted: Mapping[str, tuple[str, ...]]) -> tuple[bool, Any]:
    """Every value is known; what a customer has only one of (an order's number) counts as said last."""
    seen: dict[str, list[str]] = {name: _known(performance, name) for name in wanted}
    return all(_same(value, seen[name]) for name, values in wanted.items() for value in values), seen


def _known(performance: Performance, name: str) -> list[str]:
    facts = performance.record.facts
    latest = facts.latest(name)
    if name in _THE_ONE and latest is not None:
        return [latest.value]
    return [fact.value for fact in facts.all(name)]


def _same(wanted: str, seen: list[str]) -> bool:
    return any(_normal(wanted) in (_normal(value), _normal(value)[:_CHARACTERS_OF_A_DAY]) for value in seen)


def _normal(value: str) -> str:
    try:
        return f"{float(value):.2f}"
    except ValueError:
        return value.strip().casefold()


def _never_asks(performance: Performance, wanted: tuple[str, ...]) -> tuple[bool, Any]:
    seen = facts_asked(performance.record.messages)
    return not set(seen) & set(wanted), list(seen)


def _promise(performance: Performance, wanted: bool) -> tuple[bool, Any]:
    seen = bool(performance.record.promises)
    return seen is wanted, seen


def _update(performance: Performance, wanted: bool) -> tuple[bool, Any]:
    """A word came before a deadline, and no deadline passed without one."""
    record = performance.record
    told = [promise for promise in record.promises if words_before(record.messages, promise)]
    missed = [promise for promise in record.promises if _passed_unheard(promise, performance.ended, told)]
    seen = bool(told) and not missed
    return seen is wanted, {"heard_in_time": len(told), "not_heard_in_time": len(missed)}


def _passed_unheard(promise: Promise, end: datetime, told: list[Promise]) -> bool:
    return promise.due <= end and promise.state.value != "kept" and promise not in told


def _handoff(performance: Performance, wanted: bool) -> tuple[bool, Any]:
    reasons = [handoff.reason for handoff in performance.record.handoffs]
    return bool(reasons) is wanted, reasons


def _temperature(performance: Performance, wanted: int) -> tuple[bool, Any]:
    messages = performance.record.messages
    seen = max((message.signals.temperature for message in messages if message.signals), default=0)
    return seen >= wanted, seen


def _tones(performance: Performance, wanted: tuple[tuple[str, ...], ...]) -> tuple[bool, Any]:
    seen = [answer.tone for answer in performance.answers() if answer is not None]
    fits = len(seen) == len(wanted) and all(tone in good for tone, good in zip(seen, wanted, strict=True))
    return fits, seen


def _says_bot(performance: Performance, wanted: bool) -> tuple[bool, Any]:
    first = next(iter(performance.by_the_bot), None)
    seen = first is not None and says_bot(first.text)
    return seen is wanted, seen


_FROM_MESSAGES = frozenset({"never_asks", "says_bot"})  # these need only what the customer reads too
_JUDGES: Mapping[str, Callable[[Performance, Any], tuple[bool, Any]]] = {
    "triage": _triage,
    "cases": _cases,
    "facts": _facts,
    "never_asks": _never_asks,
    "promise": _promise,
    "update_before_deadline": _update,
    "handoff": _handoff,
    "temperature_at_least": _temperature,
    "tones": _tones,
    "says_bot": _says_bot,
}


def failures(verdicts: tuple[Verdict, ...]) -> Iterator[Verdict]:
    """The expectations that fell short."""
    return (verdict for verdict in verdicts if verdict.passed is False)
