"""Judging what is over, and what somebody asks about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest

from bot.core.care_score import CareScore, Transcript
from bot.core.care_score.judged import JudgedConversation
from bot.core.errors import Refused
from bot.services.score_care import CareScorer
from tests.fakes import MONDAY_MORNING, ROME, FakeClock
from tests.unit.core.care_score.talking import PROBLEM, talk


class FakeCareBook:
    """Conversations in memory; `slow` makes reading take so long."""

    def __init__(self, *transcripts: Transcript, clock: FakeClock, slow: timedelta = timedelta()) -> None:
        self._transcripts = dict(enumerate(transcripts, start=1))
        self._clock = clock
        self._slow = slow
        self.kept: dict[int, tuple[CareScore, datetime]] = {}

    def find(self, name: str) -> int | None:
        return int(name) if name.isdigit() and int(name) in self._transcripts else None

    def load(self, conversation_id: int) -> Transcript:
        self._clock.time += self._slow
        return self._transcripts[conversation_id]

    def unjudged(self, *, now: datetime, limit: int) -> Sequence[int]:
        return [number for number in self._transcripts if number not in self.kept][:limit]

    def save(self, conversation_id: int, score: CareScore, *, at: datetime) -> None:
        self.kept[conversation_id] = score, at

    def judged(self) -> Iterator[JudgedConversation]:
        for number, (care, at) in self.kept.items():
            yield JudgedConversation(str(number), "web", at, care, at)


def a_scorer(*transcripts: Transcript, slow: timedelta = timedelta()) -> tuple[CareScorer, FakeCareBook]:
    clock = FakeClock()
    book = FakeCareBook(*transcripts, clock=clock, slow=slow)
    return CareScorer(book=book, clock=clock, zone=ROME), book


COMPLAINT = talk(f"C: {PROBLEM}", "O: Buongiorno.")


def test_every_finished_conversation_is_judged_however_many_there_are():
    scorer, book = a_scorer(*[COMPLAINT] * 250)

    assert len(scorer.score_finished()) == 250
    assert len(book.kept) == 250


def test_a_score_counts_from_before_the_conversation_was_read():
    scorer, book = a_scorer(COMPLAINT, slow=timedelta(seconds=5))
    scorer.score_finished()

    assert [at for _, at in book.kept.values()] == [MONDAY_MORNING]


def test_asking_about_one_conversation_keeps_nothing():
    scorer, book = a_scorer(COMPLAINT)

    assert scorer.score("1").score is not None
    assert book.kept == {}


def test_a_conversation_that_is_not_there_is_refused():
    scorer, _ = a_scorer(COMPLAINT)

    with pytest.raises(Refused) as refused:
        scorer.score("2")
    assert refused.value.key == "conversation_unknown"


def test_listing_them_all_judges_what_is_missing_first():
    scorer, _ = a_scorer(COMPLAINT, COMPLAINT)

    assert len(list(scorer.all_finished())) == 2
