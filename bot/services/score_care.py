"""The care score of every conversation that is over, and of one that somebody asks about."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.care_score import CareScore, Transcript, score_care
from bot.core.care_score.judged import JudgedConversation
from bot.core.errors import Refused
from bot.core.ports import Clock

log = logging.getLogger(__name__)

_BATCH = 100


class CareBook(Protocol):
    """Conversations to judge, and what was judged."""

    def find(self, name: str) -> int | None:
        """The conversation of this public id or number, or None."""
        ...

    def load(self, conversation_id: int) -> Transcript:
        """A conversation with its cases and promises."""
        ...

    def unjudged(self, *, now: datetime, limit: int) -> Sequence[int]:
        """Finished conversations without a score since their last change."""
        ...

    def save(self, conversation_id: int, score: CareScore, *, at: datetime) -> None:
        """Keep a score, in the place of an earlier one."""
        ...

    def judged(self) -> Iterator[JudgedConversation]:
        """Every conversation that has been judged, the newest first."""
        ...


class CareScorer:
    """Judges conversations; `zone` is where their customers live."""

    def __init__(self, *, book: CareBook, clock: Clock, zone: ZoneInfo) -> None:
        self._book = book
        self._clock = clock
        self._zone = zone

    def score_finished(self) -> list[CareScore]:
        """Judge and keep every finished conversation that changed since it was judged; return the scores."""
        scores: list[CareScore] = []
        while batch := self._book.unjudged(now=self._clock.now(), limit=_BATCH):
            scores += [self._keep(conversation_id) for conversation_id in batch]
        if scores:
            log.info("%s conversations judged", len(scores))
        return scores

    def score(self, name: str) -> CareScore:
        """Judge one conversation as it is now, finished or not; raises Refused("conversation_unknown")."""
        conversation_id = self._book.find(name)
        if conversation_id is None:
            raise Refused("conversation_unknown", name=name)
        return self._judge(conversation_id)

    def all_finished(self) -> Iterator[JudgedConversation]:
        """Every finished conversation with its score, the newest first; judges what has not been judged yet."""
        self.score_finished()
        yield from self._book.judged()

    def _keep(self, conversation_id: int) -> CareScore:
        at = self._clock.now()  # before it is read: what is said meanwhile makes it due again
        score = self._judge(conversation_id)
        self._book.save(conversation_id, score, at=at)
        return score

    def _judge(self, conversation_id: int) -> CareScore:
        return score_care(replace(self._book.load(conversation_id), zone=self._zone))
