"""Turns of the real brain on messages that are given as understood: quick, and without the model's opinion."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.brain.brain import Brain, Understanding
from bot.core.case import Case
from bot.core.conversation import Dossier, Incoming
from bot.core.outcome import Outcome
from bot.core.signals import Signals
from tests.fakes import MONDAY_MORNING, a_dossier


def understood(dossier: Dossier, signals: Signals) -> Understanding:
    """The waiting messages, understood like this."""
    ranking = [{"name": name, "confidence": score} for name, score in signals.ranking]
    parse = {
        "text": "\n".join(message.text for message in dossier.incoming),
        "intent": {"name": signals.intent, "confidence": signals.confidence},
        "intent_ranking": ranking,
        "entities": [],
    }
    return Understanding(signals, {message.id: signals for message in dossier.incoming}, parse)


def after(dossier: Dossier, outcome: Outcome, text: str) -> Dossier:
    """The conversation as the next message finds it, as the database would give it back."""
    number = dossier.incoming[-1].id + 1
    cases: dict[str, Case] = {case.code: case for case in dossier.cases}
    for case in outcome.cases:
        cases.pop(case.code, None)
        cases[case.code] = case
    return replace(
        dossier,
        state=outcome.state,
        incoming=(Incoming(number, number, text, MONDAY_MORNING),),
        memory=outcome.memory,
        cases=tuple(cases.values()),
        promises=(*dossier.promises, *(promise for promise, _ in outcome.promises)),
        tracker_state=outcome.tracker_state,
    )


def play(brain: Brain, story: list[Signals], *, now: datetime = MONDAY_MORNING, channel: str = "web") -> list[Outcome]:
    """A conversation in which each message is understood as the story says."""
    dossier = a_dossier("messaggio 1", channel=channel)
    outcomes: list[Outcome] = []
    for number, signals in enumerate(story, 2):
        outcomes.append(brain.decide(dossier, understood(dossier, signals), now=now))
        dossier = after(dossier, outcomes[-1], f"messaggio {number}")
    return outcomes


def actions_of(outcome: Outcome) -> list[str]:
    """The actions that a turn ran, in order."""
    return [str(event["name"]) for event in outcome.tracker_events if event["event"] == "action"]
