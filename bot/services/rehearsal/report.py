"""The report of a rehearsal, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.care_score import CareScore
from bot.core.case import Case
from bot.core.promise import Promise
from bot.core.record import Record, RecordedMessage
from bot.core.signals import Signals
from bot.services.rehearsal.asking import AskedTwice, asked_twice
from bot.services.rehearsal.judging import Verdict, failures, judge
from bot.services.rehearsal.playing import Performance
from bot.services.rehearsal.scoring import care_score
from bot.services.rehearsal.speaking import acknowledgement

_SIGNALS = ("intent", "triage", "temperature", "severity", "threats", "irony")


@dataclass(frozen=True)
class Result:
    """A scenario played and judged."""

    performance: Performance
    verdicts: tuple[Verdict, ...]
    care: CareScore

    @property
    def passed(self) -> bool:
        """Whether nothing fell short."""
        return not any(failures(self.verdicts))


def result_of(performance: Performance, *, zone: ZoneInfo) -> Result:
    """Judge a performance; `zone` is that of the company and its customers."""
    care = care_score(performance.record, zone=zone)
    return Result(performance, judge(performance, score=care.score), care)


def report_of(
    results: Sequence[Result], *, at: datetime, stage: str, files: Sequence[str], warnings: Sequence[str]
) -> dict[str, Any]:
    """The whole report: totals, then one entry a scenario; instants are UTC, durations seconds."""
    passed = sum(result.passed for result in results)
    return {
        "at": _instant(at),
        "stage": stage,
        "files": list(files),
        "warnings": list(warnings),
        "passed": passed,
        "failed": len(results) - passed,
        "mean_care_score": mean_score(results),
        "seconds": round(sum(result.performance.seconds for result in results), 3),
        "scenarios": [scenario_report(result) for result in results],
    }


def mean_score(results: Sequence[Result]) -> float | None:
    """The mean care score of those that have one."""
    scores = [result.care.score for result in results if result.care.score is not None]
    return round(sum(scores) / len(scores), 1) if scores else None


def scenario_report(result: Result) -> dict[str, Any]:
    """One scenario: what was said, what it shows, and how it was judged."""
    performance = result.performance
    scenario, record = performance.scenario, performance.record
    return {
        "id": scenario.id,
        "title": scenario.title,
        "channel": scenario.channel,
        "passed": result.passed,
        "expectations": [verdict.__dict__ for verdict in result.verdicts],
        "facts_asked_twice": [_needless(found) for found in asked_twice(record.messages)],
        "problem_acknowledged": _acknowledged(result),
        **_decided(record),
        "tones": [answer.tone for answer in performance.answers() if answer is not None],
        "care_score": result.care.as_dict(),
        "transcript": [_line(message) for message in record.messages],
        "notes": list(performance.notes),
        "began": _instant(performance.began),
        "ended": _instant(performance.ended),
        "seconds": performance.seconds,
    }


def _acknowledged(result: Result) -> dict[str, Any]:
    """Whether the customer's problem was named, and the words that did; only the words tell where no more is known."""
    record = result.performance.record
    if record.complete:
        named = acknowledgement(record)
        return {"acknowledged": named is not None, "evidence": named}
    step = next((step for step in result.care.steps if step.name == "acknowledge"), None)
    return {"acknowledged": bool(step and step.done), "evidence": step.evidence.quote if step and step.done else None}


def _decided(record: Record) -> dict[str, Any]:
    """Cases, promises, handoff and facts; null when nobody here knows them."""
    if not record.complete:
        return dict.fromkeys(("cases", "promises", "handoff", "facts"))
    handoffs = [{"reason": handoff.reason, "at": _instant(handoff.requested)} for handoff in record.handoffs]
    return {
        "cases": [_case(case) for case in record.cases],
        "promises": [_promise(promise) for promise in record.promises],
        "handoff": handoffs[0] if handoffs else None,
        "facts": [{"name": fact.name, "value": fact.value, "text": fact.text} for fact in record.facts],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "code": case.code,
        "category": case.category,
        "state": case.state.value,
        "severity": list(case.severity),
        "opened": _instant(case.opened),
        "facts": [{"name": fact.name, "value": fact.value} for fact in case.facts],
        "asked": list(case.asked),
    }


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "kind": promise.kind,
        "case": promise.case_code,
        "made": _instant(promise.made),
        "due": _instant(promise.due),
        "state": promise.state.value,
    }


def _needless(found: AskedTwice) -> dict[str, Any]:
    return {**found.__dict__, "at": _instant(found.at)}


def _line(message: RecordedMessage) -> dict[str, Any]:
    """A message of the transcript: a customer's has its signals, an answer its tone."""
    line = {"author": message.author, "channel": message.channel, "at": _instant(message.at), "text": message.text}
    if message.author == "customer":
        return {**line, "signals": _signals(message.signals)}
    return {**line, "tone": message.tone} if message.tone else line


def _signals(signals: Signals | None) -> Mapping[str, Any] | None:
    if signals is None:
        return None
    known = signals.as_dict()
    return {name: known[name] for name in _SIGNALS}


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
