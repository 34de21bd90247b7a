"""Files and the messages that carry them, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine

from bot.core.attachments import Attachment
from bot.core.errors import Refused
from bot.storage.attachments import SqlAttachments
from bot.storage.engine import open_engine
from bot.storage.inbox import SqlInbox
from bot.storage.migrate import migrate
from bot.storage.turns import SqlTurns
from tests.databases import postgres_url
from tests.fakes import MONDAY_MORNING

LATER = MONDAY_MORNING + timedelta(days=2)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield from migrated(f"sqlite:///{tmp_path}/book.db")
        return
    with postgres_url() as url:
        yield from migrated(url)


def migrated(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    migrate(engine)
    yield engine
    engine.dispose()


class House:
    """A conversation and the files that its customer uploaded."""

    def __init__(self, engine: Engine) -> None:
        self.inbox, self.book, self.turns = SqlInbox(engine), SqlAttachments(engine), SqlTurns(engine)
        thread = self.inbox.open_thread("web", str(uuid4()), name=None, locale="it", at=MONDAY_MORNING)
        self.id = thread.conversation_id

    def file(self) -> Attachment:
        kept = Attachment(str(uuid4()), "foto.png", "image/png", 10, "0" * 64, MONDAY_MORNING)
        assert self.book.add(self.id, kept, most_unsent=100)
        return kept

    def send(self, *files: Attachment) -> str:
        """`sent`, or why not."""
        ids = [one.id for one in files]
        try:
            self.inbox.receive(self.id, str(uuid4()), "ecco", at=MONDAY_MORNING, extra={}, attachments=ids)
        except Refused as error:
            return error.key
        return "sent"


@pytest.fixture
def house(engine: Engine) -> House:
    return House(engine)


def test_what_is_noted_is_found_as_it_was(house: House):
    kept = house.file()

    assert house.book.find(kept.id) == kept
    assert house.book.find(kept.id, conversation_id=house.id) == kept
    assert house.book.find(kept.id, conversation_id=house.id + 1) is None


def test_of_many_messages_at_once_one_carries_the_file(house: House):
    kept = house.file()

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: house.send(kept), range(8)))

    assert sorted(results) == ["attachment_used"] * 7 + ["sent"]
    dossier = house.turns.load(house.id)
    assert dossier is not None
    assert [message.extra["attachments"] for message in dossier.incoming] == [[kept.as_dict()]]


def test_a_file_on_its_way_into_a_message_is_never_swept(house: House):
    files = [house.file() for _ in range(20)]
    removed: list[str] = []

    with ThreadPoolExecutor(8) as pool:
        sweeps = [pool.submit(house.book.drop_unsent, before=LATER, remove=removed.append) for _ in range(3)]
        results = list(pool.map(house.send, files))
        swept = sum(sweep.result() for sweep in sweeps)

    sent = {file.id for file, result in zip(files, results, strict=True) if result == "sent"}
    assert not sent & set(removed)
    assert swept == len(removed) == len(files) - len(sent)


def test_more_files_than_one_batch_are_all_removed(house: House):
    for _ in range(450):
        house.book.add(
            house.id, Attachment(str(uuid4()), "a.png", "image/png", 1, "0", MONDAY_MORNING), most_unsent=999
        )
    removed: list[str] = []

    assert house.book.drop_of_conversation(house.id, remove=removed.append) == 450
    assert len(set(removed)) == 450


def test_a_file_that_cannot_be_removed_stays_noted(house: House):
    kept = house.file()

    def refuse(_: str) -> None:
        raise OSError("told to")

    with pytest.raises(OSError, match="told to"):
        house.book.drop_unsent(before=LATER, remove=refuse)

    assert house.book.find(kept.id) == kept


def test_the_files_of_a_customer_are_those_of_all_their_conversations(engine: Engine, house: House):
    other = House(engine)
    mine, carried, others = house.file(), house.file(), other.file()
    house.send(carried)
    dossier = house.turns.load(house.id)
    assert dossier is not None
    removed: list[str] = []

    assert house.book.drop_of_customer(dossier.customer_id, remove=removed.append) == 2

    assert set(removed) == {mine.id, carried.id}
    assert other.book.find(others.id) == others
    after = house.turns.load(house.id)
    assert after is not None
    assert "attachments" not in after.incoming[0].extra
