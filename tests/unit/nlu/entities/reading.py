"""Reads a message on a fixed day: Saturday 21 November 2026, three in the afternoon in Rome."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.nlu.entities.durations import waiting
from bot.nlu.entities.mention import Mention, Passage
from bot.nlu.entities.rules import find_facts, settle

NOW = datetime(2026, 11, 21, 15, tzinfo=ZoneInfo("Europe/Rome"))


def mentions(text: str) -> list[Mention]:
    passage = Passage.of(text, NOW)
    return settle(passage, find_facts(passage))


def found(text: str, *kinds: str) -> list[tuple[str, str]]:
    """What the message says (as written) and its value, for these kinds of fact."""
    return [(text[one.start : one.end], one.value) for one in mentions(text) if one.entity in kinds]


def values(text: str, *kinds: str) -> list[str]:
    return [value for _, value in found(text, *kinds)]


def waited(text: str) -> str | None:
    passage = Passage.of(text, NOW)
    return waiting(passage, mentions(text))
