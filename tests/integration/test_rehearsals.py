"""What a rehearsal reads of a conversation on a real database, and how two customers become one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.core.case import Case
from bot.core.conversation import Memory
from bot.core.facts import Fact, Facts
from bot.core.outcome import HandoffRequest, Outcome, Reply
from bot.core.promise import Promise
from bot.core.record import Record, SaidPart
from bot.storage.engine import open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.promises import SqlPromiseBook
from bot.storage.rehearsals import SqlRehearsals
from bot.storage.tables import customer, metadata
from bot.storage.turns import SqlTurns
from tests.databases import postgres_url
from tests.fakes import MONDAY_MORNING, a_signal

DUE = MONDAY_MORNING + timedelta(hours=4)
NEXT = DUE - timedelta(hours=1)
CASE = Case("TSVZ79SS5", "complaint_refund", MONDAY_MORNING)
MADE = Promise(CASE.category, "utter_promise_complaint_refund", DUE, MONDAY_MORNING, CASE.code)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield from with_tables(f"sqlite:///{tmp_path}/rehearsals.db")
        return
    with postgres_url() as url:
        yield from with_tables(url)


def with_tables(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


class Talks:
    """Conversations of customers who write, each answered as the test decides."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._inbox, self._turns = SqlInbox(engine), SqlTurns(engine)
        self.rehearsals = SqlRehearsals(engine)

    def open(self, channel: str) -> tuple[int, str]:
        """A new customer's conversation: its number and its public id."""
        thread = self._inbox.open_thread(channel, str(uuid4()), name=None, locale="it", at=MONDAY_MORNING)
        return thread.conversation_id, thread.public_id

    def turn(self, conversation: int, text: str, *, at: datetime = MONDAY_MORNING, **decided: Any) -> None:
        """A message and its answer."""
        self._inbox.receive(conversation, str(uuid4()), text, at=at, extra={})
        dossier = self._turns.load(conversation)
        assert dossier is not None
        ids = tuple(message.id for message in dossier.incoming)
        outcome = Outcome(ids, at, dossier.memory, dossier.state, replies=(Reply("Va bene."),))
        signals = {"signals": {ids[-1]: a_signal(temperature=3)}}
        self._turns.commit(conversation, replace(outcome, **{**signals, **decided}))

    def record(self, public_id: str) -> Record:
        found = self.rehearsals.record(public_id)
        assert found is not None
        return found

    def customers(self) -> int:
        with self._engine.connect() as session:
            return int(session.execute(select(func.count()).select_from(customer)).scalar_one())


@pytest.fixture
def talks(engine: Engine) -> Talks:
    return Talks(engine)


def spoken(*parts: tuple[str, str], **slots: str) -> dict[str, Any]:
    """What the tracker keeps of an answer: slots that changed, then the parts."""
    changed = [{"event": "slot", "name": name, "value": value} for name, value in slots.items()]
    bot = [{"event": "bot", "text": text, "metadata": {"utter_action": name}} for name, text in parts]
    return {"tracker_state": {"events": []}, "tracker_events": (*changed, *bot)}


def test_a_record_holds_what_was_written_understood_and_decided(talks: Talks):
    conversation, public_id = talks.open("web")
    memory = Memory(facts=Facts((Fact("order_number", "48213", "48213"),)))
    talks.turn(
        conversation,
        "dove sono i miei soldi?",
        memory=memory,
        cases=(CASE,),
        promises=((MADE, NEXT),),
        handoff=HandoffRequest("asked"),
    )

    record = talks.record(public_id)

    question, answer = record.messages
    assert (question.author, question.text, question.channel) == ("customer", "dove sono i miei soldi?", "web")
    assert question.signals is not None
    assert question.signals.temperature == 3
    assert (answer.author, answer.text) == ("bot", "Va bene.")
    assert [case.code for case in record.cases] == [CASE.code]
    assert [(promise.case_code, promise.due) for promise in record.promises] == [(CASE.code, DUE)]
    assert [handoff.reason for handoff in record.handoffs] == ["asked"]
    assert [fact.value for fact in record.facts] == ["48213"]
    assert record.complete


def test_each_answer_has_the_tone_and_the_parts_of_its_turn(talks: Talks):
    conversation, public_id = talks.open("web")
    later = MONDAY_MORNING + timedelta(minutes=1)
    talks.turn(conversation, "ciao", **spoken(("utter_greet", "Ciao!")))
    talks.turn(
        conversation, "ladri", at=later, **spoken(("utter_troll_insult", "Ahi."), tone="ironic", verdict="troll")
    )
    talks.turn(conversation, "eh", at=later + timedelta(minutes=1), **spoken(("utter_x", "Uno"), ("utter_y", "Due")))

    answers = [message for message in talks.record(public_id).messages if message.author == "bot"]

    assert [(answer.tone, answer.verdict) for answer in answers] == [
        ("warm", "need"),
        ("ironic", "troll"),
        ("ironic", "troll"),
    ]
    assert answers[2].parts == (SaidPart("utter_x", "Uno"), SaidPart("utter_y", "Due"))


def test_a_word_about_a_promise_has_its_meta_and_no_tone(talks: Talks, engine: Engine):
    conversation, public_id = talks.open("web")
    talks.turn(conversation, "soldi", cases=(CASE,), promises=((MADE, NEXT),), **spoken(("utter_x", "Va bene.")))
    book = SqlPromiseBook(engine)
    (owed,) = book.owing(by=NEXT, limit=9)
    reply = Reply("Non dimentico.", meta={"promise": owed.promise.id})
    book.speak(owed, reply, at=NEXT, state="updated", next_update=DUE, renewed=None)

    word = talks.record(public_id).messages[-1]

    assert word.meta == {"promise": owed.promise.id}
    assert (word.tone, word.parts) == (None, ())


def test_an_unknown_conversation_has_no_record(talks: Talks):
    assert talks.rehearsals.record("nobody") is None


def test_the_next_word_is_the_earliest_that_is_owed_by_then(talks: Talks):
    conversation, _ = talks.open("web")
    talks.turn(conversation, "soldi", cases=(CASE,), promises=((MADE, NEXT), (MADE, NEXT + timedelta(hours=9))))

    assert talks.rehearsals.next_word(by=DUE) == NEXT
    assert talks.rehearsals.next_word(by=NEXT - timedelta(minutes=1)) is None


def test_joined_customers_are_one_whose_story_runs_over_both_channels(talks: Talks):
    web, first = talks.open("web")
    talks.turn(web, "dove sono i miei soldi?", cases=(CASE,), promises=((MADE, NEXT),))
    telegram, second = talks.open("telegram")

    talks.rehearsals.join(first, second)
    talks.turn(telegram, "sono sempre io", at=MONDAY_MORNING + timedelta(hours=1))

    assert talks.customers() == 1
    record = talks.record(second)
    assert [(message.channel, message.text) for message in record.messages if message.author == "customer"] == [
        ("web", "dove sono i miei soldi?"),
        ("telegram", "sono sempre io"),
    ]
    assert [case.code for case in record.cases] == [CASE.code]
    assert len(record.promises) == 1


def test_joining_a_customer_with_themselves_or_nobody_changes_nothing(talks: Talks):
    _, public_id = talks.open("web")

    talks.rehearsals.join(public_id, public_id)
    talks.rehearsals.join(public_id, "nobody")

    assert talks.customers() == 1
