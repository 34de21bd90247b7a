"""The care score: what the steps have earned, less the share that each sin takes.

A conversation earns points for the steps of LATTE and LEARN (`POINTS`, together 100; a step that was not called for is
left out and the others count more). Every sin then takes a share of what was earned (`SHARES`); a sin committed again
takes half its share, at most `_COUNTED` times. So a fine apology before a denial is worth less than without it, and no
number of formulas makes up for silence. docs/care-score.md gives the reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.care_score.sins import judge_sins
from bot.core.care_score.steps import judge_steps
from bot.core.care_score.story import Story
from bot.core.care_score.transcript import Transcript
from bot.core.care_score.verdict import CareScore, Sin, Step
from bot.core.care_score.wording import sentence

POINTS: Mapping[str, int] = {
    "listen": 10,
    "acknowledge": 20,
    "apologise": 15,
    "act": 25,
    "react_now": 10,
    "explain": 15,
    "thank": 5,
}
SHARES: Mapping[str, float] = {
    "paraculismo": 0.2,
    "attesa": 0.15,
    "negazione": 0.25,
    "zittismo": 0.25,
    "late_action": 0.2,
    "asked_twice": 0.12,
    "sent_elsewhere": 0.2,
}
_COUNTED = 4


def score_care(transcript: Transcript) -> CareScore:
    """Judge a conversation; there is no score when the customer told no problem."""
    local = tuple(replace(one, at=one.at.astimezone(transcript.zone)) for one in transcript.messages)
    story = Story(replace(transcript, messages=local))
    note = _no_score(story)
    if note:
        return CareScore(None, sentence(f"note.{note}"))
    sins = judge_sins(story)
    steps = judge_steps(story, asked_twice=any(sin.name == "asked_twice" for sin in sins))
    return CareScore(round(100 * earned(steps) * left(sins)), "", steps, sins)


def earned(steps: Sequence[Step]) -> float:
    """The share (0-1) of the points that the steps earned."""
    called = [step for step in steps if step.degree is not None]
    possible = sum(POINTS[step.name] for step in called)
    return sum(POINTS[step.name] * (step.degree or 0.0) for step in called) / possible


def left(sins: Sequence[Sin]) -> float:
    """The share (0-1) that the sins leave."""
    rest = 1.0
    for name, times in Counter(sin.name for sin in sins).items():
        rest *= (1 - SHARES[name]) * (1 - SHARES[name] / 2) ** (min(times, _COUNTED) - 1)
    return rest


def _no_score(story: Story) -> str:
    if not story.customers:
        return "no_messages"
    if story.only_trolls and not story.transcript.cases:
        return "troll"
    return "" if story.problem else "no_problem"
