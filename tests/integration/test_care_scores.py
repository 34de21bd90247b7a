"""Care scores on a real database: which conversations are over, what is judged of them, and when again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.engine import Engine

from bot.core.care_score import CareScore
from bot.core.conversation import ConversationState
from bot.core.promise import Promise
from bot.services.score_care import CareScorer
from bot.storage.care_scores import SqlCareScores
from bot.storage.engine import open_engine
from bot.storage.tables import care_score, conversation, message, metadata, promise
from tests.databases import postgres_url
from tests.desk import NOW, Desk, Said, a_case
from tests.fakes import ROME, FakeClock, a_signal

LATER = NOW + timedelta(hours=25)
COMPLAINT = Said(
    "Il tavolo dell'ordine 48213 è arrivato rotto, e mi serviva per domani",
    "Il tavolo dell'ordine 48213 rotto, e proprio oggi: ti chiedo scusa. Entro domani alle 12:00 ti scrivo qui.",
    a_signal("complaint_defective_product", temperature=1),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield from with_tables(f"sqlite:///{tmp_path}/care.db")
        return
    with postgres_url() as url:
        yield from with_tables(url)


def with_tables(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


@pytest.fixture
def book(engine: Engine) -> SqlCareScores:
    return SqlCareScores(engine)


def unjudged(book: SqlCareScores, at: datetime = LATER) -> int:
    return len(book.unjudged(now=at, limit=9))


def told(desk: Desk, **ending: Any) -> str:
    return desk.conversation(COMPLAINT, **ending)


def owing(due: datetime) -> dict[str, Any]:
    case = a_case("TSVZ79SS5", opened=NOW)
    return {"case": case, "promise": Promise(case.category, "utter_promise", due, NOW, case.code)}


def test_a_conversation_is_over_a_day_after_its_last_message(desk: Desk, book: SqlCareScores):
    told(desk)

    assert unjudged(book, NOW + timedelta(hours=23)) == 0
    assert unjudged(book, LATER) == 1


def test_a_closed_conversation_is_over_at_once(desk: Desk, book: SqlCareScores):
    told(desk, state=ConversationState.CLOSED)

    assert unjudged(book, NOW + timedelta(minutes=1)) == 1


def test_who_waits_for_a_human_is_not_done_with(desk: Desk, book: SqlCareScores):
    told(desk, state=ConversationState.WAITING, reason="asked")

    assert unjudged(book) == 0


def test_a_message_that_nobody_has_answered_keeps_it_open(desk: Desk, book: SqlCareScores):
    desk.conversation(COMPLAINT, Said("allora?"))

    assert unjudged(book) == 0


def test_a_promise_that_is_owed_keeps_it_open(desk: Desk, book: SqlCareScores, engine: Engine):
    told(desk, **owing(LATER + timedelta(days=1)))
    assert unjudged(book) == 0

    with engine.begin() as session:
        session.execute(update(promise).values(state="kept"))
    assert unjudged(book) == 1


def test_a_conversation_without_a_message_is_nothing_to_judge(desk: Desk, book: SqlCareScores, engine: Engine):
    told(desk)
    with engine.begin() as session:
        session.execute(delete(message))
        session.execute(update(conversation).values(last_seq=0))

    assert unjudged(book) == 0


def test_everything_known_of_a_conversation_is_loaded(desk: Desk, book: SqlCareScores):
    public_id = told(desk, **owing(LATER))
    transcript = book.load(book.find(public_id) or 0)

    first, answer = transcript.messages
    assert (first.number, first.author, first.intent, first.temperature, first.verdict) == (
        1, "customer", "complaint_defective_product", 1, "need",
    )  # fmt: skip
    assert (answer.author, answer.intent, answer.temperature) == ("bot", "", None)
    assert [case.code for case in transcript.cases] == ["TSVZ79SS5"]
    assert [(one.due, one.state) for one in transcript.promises] == [(LATER, "open")]


def test_a_conversation_is_found_by_its_public_id_or_its_number(desk: Desk, book: SqlCareScores):
    public_id = told(desk)
    number = book.find(public_id)

    assert number is not None
    assert book.find(str(number)) == number
    assert [book.find(name) for name in ("nessuna", "999999", "", "²", "9" * 40)] == [None] * 5


def scorer(book: SqlCareScores, at: datetime = LATER) -> CareScorer:
    return CareScorer(book=book, clock=FakeClock(at), zone=ROME)


def test_finished_conversations_are_judged_once(desk: Desk, book: SqlCareScores):
    told(desk)
    desk.conversation(Said("ciao!", "Ciao!", a_signal("greet")), at=NOW - timedelta(minutes=5))

    first = scorer(book).score_finished()

    assert [care.score is None for care in first] == [True, False]
    assert scorer(book, LATER + timedelta(hours=1)).score_finished() == []


def test_what_is_said_later_makes_it_judged_again(desk: Desk, book: SqlCareScores):
    desk.conversation(COMPLAINT, person="p")
    (first,) = scorer(book).score_finished()
    desk.conversation(Said("e allora? VERGOGNA!!", "Ti leggo."), person="p", at=LATER + timedelta(hours=1))

    (second,) = scorer(book, LATER + timedelta(days=2)).score_finished()

    assert first.score is not None
    assert second.score is not None
    assert second.score < first.score
    assert len(list(book.judged())) == 1


def test_the_score_is_kept_with_its_evidence(desk: Desk, book: SqlCareScores):
    public_id = told(desk)
    (care,) = scorer(book).score_finished()

    (kept,) = book.judged()

    assert (kept.public_id, kept.channel, kept.at) == (public_id, "web", LATER)
    assert kept.care == care
    assert {step.evidence.message for step in care.steps if step.done} == {2}


def test_many_scores_are_listed_newest_first(desk: Desk, book: SqlCareScores, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.storage.care_scores._PAGE", 2)
    ids = [told(desk) for _ in range(5)]
    scorer(book).score_finished()

    assert [one.public_id for one in book.judged()] == ids[::-1]


def test_a_score_goes_with_its_conversation(desk: Desk, book: SqlCareScores, engine: Engine):
    told(desk)
    scorer(book).score_finished()
    with engine.begin() as session:
        session.execute(delete(message))
        session.execute(delete(conversation))

    with engine.connect() as session:
        assert session.execute(select(care_score)).all() == []


def test_a_conversation_without_a_problem_is_kept_without_a_number(desk: Desk, book: SqlCareScores):
    desk.conversation(Said("ciao!", "Ciao!", a_signal("greet")))
    scorer(book).score_finished()

    (kept,) = book.judged()
    assert kept.care == CareScore(None, kept.care.note)
    assert kept.care.note
