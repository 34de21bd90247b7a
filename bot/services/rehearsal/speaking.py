"""What the bot's messages do: name the problem, say that a bot writes, keep a promise's customer informed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.promise import Promise
from bot.core.record import Record, RecordedMessage

_BOT = re.compile(r"\b(?:chat)?bot\b|\brobot\b|\b(?:un|solo un) programma\b|\bassistente (?:digitale|virtuale)\b", re.I)
_NAMES_IT = ("utter_ack_complaint_", "utter_stake_", "utter_privacy", "utter_not_solved", "utter_still_not_solved")


def says_bot(text: str) -> bool:
    """Whether a text says that a bot wrote it."""
    return bool(_BOT.search(text))


def words_before(messages: Sequence[RecordedMessage], promise: Promise) -> tuple[RecordedMessage, ...]:
    """What we wrote by ourselves about a promise before it fell due."""
    return tuple(
        message for message in messages if message.meta.get("promise") == promise.id and message.at < promise.due
    )


def acknowledgement(record: Record) -> str | None:
    """The words with which the customer's problem was named; None when it was not, or there was none."""
    parts = (part for message in record.messages for part in message.parts)
    return next((part.text for part in parts if part.response.startswith(_NAMES_IT)), None)
