"""Short conversations for the tests of the care score."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.core.care_score import CareScore, Sin, Transcript, score_care
from bot.core.care_score.reading import Reading
from bot.core.care_score.story import Story
from bot.core.care_score.transcript import ITALY, Message

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ITALY)  # a Monday
PROBLEM = "Buongiorno, la lavastoviglie dell'ordine 55120 perde acqua da tre giorni e ho la cucina allagata"


def talk(*said: str, every: timedelta = timedelta(minutes=2), **known: Any) -> Transcript:
    """A transcript of lines `C: ...` (customer), `B: ...` (bot) and `O: ...` (operator).

    A line may begin with the time since the conversation began: `+3h C: ...`, `+2d O: ...`, `+10m B: ...`.
    """
    messages, at = [], MORNING - every
    for number, told in enumerate(said, start=1):
        offset, line = told[1:].split(" ", 1) if told.startswith("+") else ("", told)
        at = MORNING + _length(offset) if offset else at + every
        author, text = line.split(": ", 1)
        messages.append(Message(number, {"C": "customer", "B": "bot", "O": "operator"}[author], text, at))
    return Transcript(tuple(messages), **known)


def _length(offset: str) -> timedelta:
    return timedelta(**{{"d": "days", "h": "hours", "m": "minutes"}[offset[-1]]: float(offset[:-1])})


def judged(*said: str, **known: Any) -> CareScore:
    """The score of a conversation."""
    return score_care(talk(*said, **known))


def answered(answer: str, *, problem: str = PROBLEM) -> CareScore:
    """The score of one answer to a problem."""
    return judged(f"C: {problem}", f"O: {answer}")


def sins(score: CareScore) -> set[str]:
    """The names of the sins."""
    return {sin.name for sin in score.sins}


def the(score: CareScore, name: str) -> Sin:
    """The only sin of a name."""
    (found,) = [sin for sin in score.sins if sin.name == name]
    return found


def degree(score: CareScore, name: str) -> float | None:
    """How far a step was done."""
    return next(step.degree for step in score.steps if step.name == name)


def reading(text: str) -> Reading:
    """What the company said, read."""
    return Story(talk(f"C: {PROBLEM}", f"O: {text}")).companys[0]
