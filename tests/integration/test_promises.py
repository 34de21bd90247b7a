"""Promises on a real database: who is owed a word, who may speak it, and when the debt is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.core.case import Case, CaseState
from bot.core.conversation import ConversationState, Dossier
from bot.core.outcome import Outcome, Reply
from bot.core.promise import Promise
from bot.storage.engine import open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.promises import SqlPromiseBook
from bot.storage.tables import metadata, promise
from bot.storage.turns import SqlTurns
from tests.databases import postgres_url
from tests.fakes import MONDAY_MORNING

DUE = MONDAY_MORNING + timedelta(hours=4)
NEXT = DUE - timedelta(hours=1)
CASE = Case("TSVZ79SS5", "complaint_refund", MONDAY_MORNING)
MADE = Promise(CASE.category, "utter_promise_complaint_refund", DUE, MONDAY_MORNING, CASE.code)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield from with_tables(f"sqlite:///{tmp_path}/promises.db")
        return
    with postgres_url() as url:
        yield from with_tables(url)


def with_tables(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


class Story:
    """One customer's conversation with a promise in it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._inbox, self._turns, self.book = SqlInbox(engine), SqlTurns(engine), SqlPromiseBook(engine)
        self.id = self._inbox.open_thread("web", "c-1", name=None, locale="it", at=MONDAY_MORNING).conversation_id
        self.turn(cases=(CASE,), promises=((MADE, NEXT),))

    def look(self) -> Dossier:
        """The conversation as the next turn finds it."""
        self._inbox.receive(self.id, str(uuid4()), "e allora?", at=MONDAY_MORNING, extra={})
        dossier = self._turns.load(self.id)
        assert dossier is not None
        return dossier

    def turn(self, **decided: Any) -> None:
        """A message and its answer."""
        dossier = self.look()
        ids = tuple(message.id for message in dossier.incoming)
        outcome = Outcome(ids, MONDAY_MORNING, dossier.memory, dossier.state, replies=(Reply("Va bene."),))
        self._turns.commit(self.id, replace(outcome, **decided))

    def states(self) -> list[tuple[str, bool]]:
        """Each promise's state, and whether another word is planned for it."""
        with self._engine.connect() as session:
            rows = session.execute(select(promise.c.state, promise.c.next_update).order_by(promise.c.id)).all()
        return [(row.state, row.next_update is not None) for row in rows]


@pytest.fixture
def story(engine: Engine) -> Story:
    return Story(engine)


def speak(story: Story, owed: Any, **changes: Any) -> Any:
    usual = {"at": NEXT, "state": "updated", "next_update": DUE, "renewed": None}
    return story.book.speak(owed, Reply("Non ci siamo dimenticati."), **{**usual, **changes})


def test_a_promise_is_owing_when_its_next_word_falls_due(story: Story):
    assert story.book.owing(by=NEXT - timedelta(seconds=1), limit=9) == []

    (owed,) = story.book.owing(by=NEXT, limit=9)

    assert (owed.conversation_id, owed.case_code, owed.promise.due) == (story.id, CASE.code, DUE)


def test_of_two_who_would_speak_only_one_does(story: Story):
    (owed,) = story.book.owing(by=NEXT, limit=9)

    assert speak(story, owed) is not None
    assert speak(story, owed) is None
    assert story.states() == [("updated", True)]


def test_promises_are_counted_by_their_state(story: Story):
    (owed,) = story.book.owing(by=NEXT, limit=9)
    speak(story, owed, state="broken", renewed=DUE + timedelta(hours=4))

    assert story.book.counts() == {"broken": 1, "open": 1}


def test_it_is_known_how_often_a_promise_in_the_matter_was_broken(story: Story):
    (first,) = story.book.owing(by=NEXT, limit=9)
    speak(story, first, state="broken", renewed=DUE + timedelta(hours=4), next_update=DUE + timedelta(hours=3))
    (second,) = story.book.owing(by=DUE + timedelta(hours=3), limit=9)

    assert (first.broken, second.broken) == (0, 1)


def test_a_broken_promise_is_made_again_and_a_human_is_asked_for(story: Story):
    (owed,) = story.book.owing(by=NEXT, limit=9)

    speak(story, owed, state="broken", renewed=DUE + timedelta(hours=4))

    assert story.states() == [("broken", False), ("open", True)]
    assert story.look().state is ConversationState.WAITING


def test_nobody_is_written_to_about_a_case_that_is_solved(story: Story):
    story.turn(cases=(story.look().cases[0].with_event("solved", at=MONDAY_MORNING, state=CaseState.SOLVED),))

    assert story.states() == [("kept", False)]
    assert story.book.owing(by=DUE + timedelta(days=9), limit=9) == []
    assert story.look().promises == ()


def test_a_case_that_is_opened_again_can_be_promised_an_answer_again(story: Story):
    solved = story.look().cases[0].with_event("solved", at=MONDAY_MORNING, state=CaseState.SOLVED)
    story.turn(cases=(solved,))
    reopened = story.look().cases[0].with_event("reopened", at=MONDAY_MORNING, state=CaseState.OPEN)

    story.turn(cases=(reopened,), promises=((MADE, NEXT),))

    assert story.states() == [("kept", False), ("open", True)]
