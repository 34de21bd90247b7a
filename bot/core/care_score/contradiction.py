"""Negation by facts: the company affirms what the customer has just said did not happen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.care_score.reading import Reading, Span
from bot.core.care_score.story import Story

# what happens or fails to happen in a complaint, by the beginnings of its words
_EVENTS = (
    "consegn|recapit|arriv|ricev|ritir",
    "pass|ven|vien|vist|present|interven",
    "rimbors|accredit|riaccredit|storn|restitu",
    "rispo|contatt|chiam|richiam|ricontatt|avvis",
    "funzion|attiv|ripristin|ripar|risol",
    "sped|part|invi|mand",
    "annull|disd|cancell|chiu|reced",
)
_DENIED = tuple(
    re.compile(rf"\b(?:non|mai|nessuno|nessuna|nessun|senza|ne)(?: (?!e\b)[\w']+){{0,4}} (?:{stems})\w*")
    for stems in _EVENTS
)
_AFFIRMED = tuple(
    re.compile(
        rf"(?<!non )(?<!quando )(?<!se )\b(?:e|e'|sono|ha|hanno|abbiamo|risulta|risultano)"
        rf"(?: (?!non\b)(?:stat[oaie]|gia|regolarmente|correttamente|stato gia)){{0,3}} (?:{stems})\w*(?:t|s)[oaie]\b"
    )
    for stems in _EVENTS
)
_SORRY = ("apology", "responsibility", "empathy")


def contradictions(story: Story) -> Iterator[tuple[Reading, Span]]:
    """Messages of the company that affirm what the customer denied, and neither apologise nor do anything."""
    for reading in story.answers:
        told = [one.folded for one in story.customers if one.place < reading.place]
        place = None if reading.has(*_SORRY, "denial") else next(_affirmed(reading, told[-2:]), None)
        if place and not _does_more(reading, place):
            yield reading, place


def _does_more(reading: Reading, place: Span) -> bool:
    """Whether the company does anything besides: what it affirms may itself read like an act."""
    return any(hit.end <= place.start or place.end <= hit.start for hit in reading.all("act"))


def _affirmed(reading: Reading, told: list[str]) -> Iterator[Span]:
    for denied, affirmed in zip(_DENIED, _AFFIRMED, strict=True):
        match = affirmed.search(reading.folded)
        if match and any(denied.search(text) for text in told):
            yield Span(*match.span(), "contradiction")
