"""What the customers of the benchmark say: held-out messages, which neither side was trained on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

HELD_OUT = Path("tests/nlu/heldout.tsv")

# one round of a long conversation, as it might go on in a bad month: an intent of the held-out messages for each turn
_ROUND = (
    "greet", "complaint_delivery_delay", "give_details", "affirm", "ask_case_status",
    "chitchat", "complaint_no_reply", "give_details", "threat_public", "thanks",
    "problem_not_solved", "complaint_refund", "correction", "ask_information", "deny",
    "bot_challenge", "troll_provocation", "complaint_wrong_charge", "problem_solved", "goodbye",
)  # fmt: skip
ROUND = len(_ROUND)


def held_out(path: Path = HELD_OUT) -> list[tuple[str, str]]:
    """Texts and right intents."""
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    text, intent = (header.split("\t").index(name) for name in ("text", "intent"))
    return [(fields[text], fields[intent]) for fields in (line.split("\t") for line in lines if line.strip())]


def shuffled(messages: Sequence[tuple[str, str]], *, seed: int) -> list[str]:
    """All texts in an order that is the same in every run."""
    texts = [text for text, _ in messages]
    random.Random(seed).shuffle(texts)
    return texts


def long_conversation(messages: Sequence[tuple[str, str]]) -> Iterator[str]:
    """A conversation without end: rounds of twenty turns, the same in every round, so that turns can be compared."""
    unused = list(messages)
    turns = [_take(unused, intent) for intent in _ROUND]
    while True:
        yield from turns


def _take(messages: list[tuple[str, str]], intent: str) -> str:
    at = next(place for place, (_, right) in enumerate(messages) if right == intent)
    return messages.pop(at)[0]
