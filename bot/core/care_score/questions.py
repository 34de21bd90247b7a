"""Asked twice: a fact the customer had given, or the whole story, asked for again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.core.care_score.lexicon import data_lines
from bot.core.care_score.reading import Reading, Span
from bot.core.care_score.story import Story
from bot.core.care_score.verdict import Sin

_CODE = r"(?<![\w@.])(?=[a-z/-]*\d)[a-z\d][a-z\d/-]{3,}(?![\w@])"


@dataclass(frozen=True)
class Fact:
    """A kind of fact: how a company asks for it, what a customer writes who gives it, what an answer looks like."""

    asked: re.Pattern[str]
    given: re.Pattern[str]
    value: re.Pattern[str]


def asked_twice(story: Story) -> Iterator[Sin]:
    """Every question for what was known, at most one a message."""
    for reading in story.companys:
        found = _known(story, reading) or _story_again(story, reading) or _testified(story, reading)
        if found:
            yield found


@lru_cache(maxsize=1)
def facts() -> tuple[Fact, ...]:
    """The kinds of facts of `data/facts.txt`, and the codes of `data/codes.txt`."""
    nouns = " ".join(data_lines("codes.txt")).split()
    return *(_coded(noun) for noun in nouns), *(_described(lines) for lines in _sections("facts.txt"))


def _coded(noun: str) -> Fact:
    asked = rf"\b(?:numero|n[.°]|codice|riferimento|estremi|id)[^.?!]{{0,15}}\b{noun}\w*"
    given = rf"\b{noun}\w*\b(?:n\.|[^.?!\n]){{0,25}}?{_CODE}"
    return Fact(re.compile(asked), re.compile(given), re.compile(_CODE))


def _described(lines: Mapping[str, str]) -> Fact:
    given = lines["given"]
    return Fact(re.compile(lines["asked"]), re.compile(given), re.compile(lines.get("value", given)))


def _sections(name: str) -> Iterator[Mapping[str, str]]:
    section: dict[str, str] = {}
    for line in data_lines(name):
        if line.startswith("["):
            if section:
                yield section
            section = {}
        else:
            key, _, pattern = line.partition(" = ")
            section[key] = pattern.replace("%code", _CODE)
    yield section


def _known(story: Story, reading: Reading) -> Sin | None:
    before = story.readings[: reading.place]
    for question in _questions(reading):
        words = reading.words(question)
        asked = (fact for fact in facts() if fact.asked.search(words) and not fact.value.search(words))
        if any(_given(fact, before) for fact in asked):
            return Sin("asked_twice", reading.evidence("asked_twice.known", question))
    return None


def _questions(reading: Reading) -> Iterator[Span]:
    return (span for span in reading.sentences if "asks" in reading.kinds_in(span))


def _given(fact: Fact, before: Sequence[Reading]) -> bool:
    """Whether the customer has given it: by its name, or as the answer to the same question."""
    asked = False
    for reading in before:
        if reading.message.is_customers:
            if fact.given.search(reading.folded) or (asked and fact.value.search(reading.folded)):
                return True
        else:
            asked = any(fact.asked.search(reading.words(span)) for span in _questions(reading))
    return False


def _story_again(story: Story, reading: Reading) -> Sin | None:
    hit = next(iter(reading.all("story_again")), None)
    if hit is None or story.problem is None or reading.place < story.problem.place:
        return None
    return Sin("asked_twice", reading.evidence("asked_twice.story", hit))


def _testified(story: Story, reading: Reading) -> Sin | None:
    """A question of ours that the customer answers with: I have told you."""
    reply = story.after(reading)
    if reply is None or not reply.message.is_customers or not reading.has("asks"):
        return None
    told = next(iter(reply.all("told_before")), None)
    return Sin("asked_twice", reply.evidence("asked_twice.testimony", told)) if told else None
