"""A whole conversation once it has been read: turns, answers, the problem and how often it had to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.core.care_score.meaning import topics
from bot.core.care_score.reading import Reading
from bot.core.care_score.transcript import Transcript

_PROBLEM_INTENTS = ("complaint_", "threat_", "problem_not_solved")
_TROLL = "troll"
_OWNS_UP = ("apology", "responsibility", "trouble", "denial")
_AROUND_A_PROBLEM = (*_OWNS_UP, "refusal", "blame", "act", "elsewhere", "rules")
_ENOUGH_SIGNS = 2
_A_STORY = 6  # things spoken of


@dataclass(frozen=True)
class Exchange:
    """Messages of one side in a row: several of the customer's are one story, several of the company's one answer."""

    readings: tuple[Reading, ...]

    @property
    def is_customers(self) -> bool:
        """Whose they are."""
        return self.first.message.is_customers

    @property
    def first(self) -> Reading:
        """The message it begins with."""
        return self.readings[0]

    @property
    def last(self) -> Reading:
        """The message it ends with."""
        return self.readings[-1]

    def has(self, *kinds: str) -> bool:
        """Whether something of any of these kinds is said in it."""
        return any(reading.has(*kinds) for reading in self.readings)

    @property
    def wants_nothing(self) -> bool:
        """Whether it asks for nothing more: thanks, good-bye, all is well, a face."""
        last = self.last
        if "?" in last.folded or last.has("failure", "chaser", "told_before", "heat", "threat"):
            return False
        return last.has("thanks", "solved") or not any(character.isalnum() for character in last.folded)


class Story:
    """The whole conversation, read."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        told = [one for one in transcript.messages if one.text.strip() or one.attachments]
        self.readings = tuple(Reading.of(message, place) for place, message in enumerate(told))
        self.exchanges = tuple(_exchanges(self.readings))
        self.customers = tuple(one for one in self.readings if one.message.is_customers)
        self.companys = tuple(one for one in self.readings if not one.message.is_customers)

    @cached_property
    def problem(self) -> Reading | None:
        """The message in which the customer first tells a problem; None when there is none."""
        heard = (one for one in self.customers if one.message.intent.startswith(_PROBLEM_INTENTS))
        told = (one for one in self.customers if not one.message.intent and one.has("failure"))
        found = next(heard, None) or next(told, None)
        if found is None and (self.transcript.cases or self._shows_a_problem()):
            found = self._first_words()
        return self._told_before(found) if found else None

    @property
    def only_trolls(self) -> bool:
        """Whether every message of the customer was found to be without need."""
        return bool(self.customers) and all(one.message.verdict == _TROLL for one in self.customers)

    @cached_property
    def answers(self) -> tuple[Reading, ...]:
        """What the company said after the problem was told."""
        return tuple(one for one in self.companys if self.problem and one.place > self.problem.place)

    @cached_property
    def rounds(self) -> tuple[Exchange, ...]:
        """The company's answers after the problem was told, each with all its messages."""
        return tuple(one for one in self.exchanges if one.last in self.answers)

    @cached_property
    def insistences(self) -> tuple[Reading, ...]:
        """The customer's messages after the problem was told that press for an answer or are hotter than the first."""
        start = self.problem
        return tuple(one for one in self.customers if start and one.place > start.place and _presses(one, start))

    def round_of(self, reading: Reading) -> int:
        """Which answer of the company a message belongs to, from 0."""
        return next((index for index, one in enumerate(self.rounds) if reading in one.readings), len(self.rounds))

    def about(self, before: Reading) -> frozenset[str]:
        """What the customer's messages before this one are about."""
        return topics(" ".join(one.folded for one in self.customers if one.place < before.place))

    def after(self, reading: Reading) -> Reading | None:
        """The message that follows."""
        return next(iter(self.readings[reading.place + 1 : reading.place + 2]), None)

    def reply_to(self, reading: Reading) -> Reading | None:
        """The customer's next message."""
        return next((one for one in self.customers if one.place > reading.place), None)

    def _told_before(self, found: Reading) -> Reading:
        """The message in which the story begins: an earlier one that was already a whole story, else the one found."""
        before = (one for one in self.customers if one.place < found.place and not one.message.intent)
        return next((one for one in before if len(topics(one.folded)) >= _A_STORY), found)

    def _first_words(self) -> Reading | None:
        """The first message of the customer's that is about anything."""
        spoken = (one for one in self.customers if topics(one.folded) and not one.has("thanks"))
        return next(spoken, next(iter(self.customers), None))

    def _shows_a_problem(self) -> bool:
        """Whether both sides behave as people do around a problem that the customer names in no words we know."""
        if any(one.message.intent for one in self.customers):
            return False
        first = self._first_words()
        answer = first and next((one for one in self.companys if one.place > first.place), None)
        if first and answer and "?" not in first.folded and answer.has(*_OWNS_UP):
            return True
        hurt = any(one.has("chaser", "heat", "threat", "told_before") for one in self.customers)
        signs = {kind for one in self.companys for kind in _AROUND_A_PROBLEM if one.has(kind)}
        return len(signs) + hurt >= _ENOUGH_SIGNS


def _presses(reading: Reading, start: Reading) -> bool:
    hotter = reading.temperature >= 2 and reading.temperature > start.temperature
    return hotter or reading.has("chaser")


def _exchanges(readings: tuple[Reading, ...]) -> Iterator[Exchange]:
    side: list[Reading] = []
    for reading in readings:
        if side and side[-1].message.is_customers != reading.message.is_customers:
            yield Exchange(tuple(side))
            side = []
        side.append(reading)
    if side:
        yield Exchange(tuple(side))
