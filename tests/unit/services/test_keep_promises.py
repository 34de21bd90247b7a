"""The customer hears from us before a deadline, even without news, and the truth when it cannot be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.outcome import Reply
from bot.core.ports import OwedPromise, Spoken, StoredMessage
from bot.core.promise import Promise, PromiseState
from bot.services.keep_promises import LAST_WORD, PromiseKeeper, Words
from tests.fakes import MONDAY_MORNING, FakeClock, FakeLive, a_brand, fake_phrases

DUE = MONDAY_MORNING + timedelta(hours=4)
FORMAL = "Non l'abbiamo dimenticata: {case_code}, {deadline}."
UPDATE, LATE = "Novità ancora no: {case_code}, {deadline}.", "Non ce la facciamo: {case_code}, {deadline}."


class FakePromiseBook:
    """Promises in memory, each with when its customer must next hear from us."""

    def __init__(self, *owed: tuple[OwedPromise, datetime], taken: bool = False) -> None:
        self._owed = owed
        self._taken = taken
        self.spoken: list[tuple[Reply, dict[str, Any]]] = []

    def owing(self, *, by: datetime, limit: int) -> Sequence[OwedPromise]:
        return [owed for owed, at in self._owed if at <= by][:limit]

    def counts(self) -> dict[str, int]:
        return {"kept": 3, "broken": 1}

    def speak(self, owed: OwedPromise, reply: Reply, **what: Any) -> Spoken | None:
        if self._taken:
            return None
        self.spoken.append((reply, what))
        return Spoken(StoredMessage(9, "id-9", "bot", reply.text, what["at"]), alerted=what["renewed"] is not None)


def owed(state: PromiseState = PromiseState.OPEN) -> OwedPromise:
    promise = Promise("complaint_refund", "", DUE, MONDAY_MORNING, "TSVZ79SS5", state=state, id=1)
    return OwedPromise(promise, 7, "TSVZ79SS5")


class Desk:
    """A keeper with one promise in the book, at some time before or after its deadline."""

    def __init__(self, one: OwedPromise, at: datetime, *, next_update: datetime = MONDAY_MORNING, taken: bool = False):
        self.book = FakePromiseBook((one, next_update), taken=taken)
        self.live = FakeLive()
        words = Words(update={"tu": [UPDATE], "lei": [FORMAL]}, late={"tu": [LATE]}, phrases=fake_phrases)
        self._keeper = PromiseKeeper(book=self.book, live=self.live, clock=FakeClock(at), brand=a_brand(), words=words)
        self.sent = self._keeper.keep()
        self.counts = self._keeper.counts()

    @property
    def said(self) -> str:
        return self.book.spoken[0][0].text

    @property
    def done(self) -> dict[str, Any]:
        return self.book.spoken[0][1]


def test_a_customer_hears_from_us_before_the_deadline_even_without_news():
    desk = Desk(owed(), DUE - timedelta(hours=1))

    assert desk.sent == 1
    assert desk.said == "Novità ancora no: TSVZ79SS5, today|14:00."
    assert desk.done["state"] == "updated"
    assert desk.done["renewed"] is None
    assert desk.done["next_update"] == DUE - LAST_WORD


def test_a_customer_who_asked_for_lei_gets_it():
    desk = Desk(replace(owed(), address="lei"), DUE - timedelta(hours=1))

    assert desk.said == "Non l'abbiamo dimenticata: TSVZ79SS5, today|14:00."


def test_who_watches_the_conversation_sees_the_word_at_once():
    desk = Desk(owed(), DUE - timedelta(hours=1))

    assert [(conversation, kind) for conversation, kind, _ in desk.live.events] == [(7, "message")]


def test_whoever_watches_sees_that_a_late_promise_put_it_in_the_queue():
    desk = Desk(owed(PromiseState.UPDATED), DUE - LAST_WORD)

    assert [(kind, data.get("state")) for _, kind, data in desk.live.events] == [
        ("message", None),
        ("state", "waiting"),
    ]


def test_what_cannot_be_kept_is_admitted_before_the_deadline_with_a_new_one():
    now = DUE - LAST_WORD

    desk = Desk(owed(PromiseState.UPDATED), now)

    assert desk.said == "Non ce la facciamo: TSVZ79SS5, tomorrow|13:00."
    assert desk.done["state"] == "broken"
    assert desk.done["at"] < DUE < desk.done["renewed"]
    assert desk.done["next_update"] == desk.done["renewed"] - LAST_WORD


def test_each_new_deadline_is_farther_than_the_last_and_none_is_out_of_sight():
    admitted = [Desk(replace(owed(PromiseState.UPDATED), broken=broken), DUE - LAST_WORD) for broken in range(8)]

    waits = [desk.done["renewed"] - DUE for desk in admitted]
    assert waits == sorted(waits)
    assert waits[0] < waits[1]
    assert waits[-1] == waits[-2] < timedelta(days=5)


def test_a_promise_found_too_late_is_admitted_without_an_update_first():
    desk = Desk(owed(), DUE + timedelta(hours=1))

    assert desk.done["state"] == "broken"


def test_the_new_deadline_lies_inside_opening_hours():
    desk = Desk(owed(), DUE + timedelta(hours=3))

    assert a_brand().hours.is_open(desk.done["renewed"] - timedelta(minutes=1))
    assert desk.done["renewed"] > DUE + timedelta(hours=12)


def test_nobody_is_written_to_too_early():
    desk = Desk(owed(), MONDAY_MORNING, next_update=DUE - timedelta(hours=1))

    assert (desk.sent, desk.book.spoken) == (0, [])


def test_when_somebody_else_has_spoken_nothing_is_said_twice():
    desk = Desk(owed(), DUE - timedelta(hours=1), taken=True)

    assert desk.sent == 0
    assert desk.live.events == []


def test_promises_are_counted_in_every_state():
    desk = Desk(owed(), MONDAY_MORNING, next_update=DUE)

    assert desk.counts == {"open": 0, "updated": 0, "kept": 3, "broken": 1}
