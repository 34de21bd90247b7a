from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest

from bot.core.attachments import Attachment
from bot.core.errors import Refused, Unavailable
from bot.services.attachments import Attachments, download_headers
from tests.fakes import FakeClock
from tests.files import PDF, PNG, REFUSED

LIMIT = 2000


class FakeBook:
    """Remembers the order of what happens, together with FakeFiles."""

    def __init__(self, log: list[str], *, full: bool = False) -> None:
        self.log = log
        self.full = full
        self.known: dict[str, tuple[int, Attachment]] = {}

    def add(self, conversation_id: int, attachment: Attachment, *, most_unsent: int) -> bool:
        self.log.append("noted")
        self.known[attachment.id] = (conversation_id, attachment)
        return not self.full

    def find(self, attachment_id: str, *, conversation_id: int | None = None) -> Attachment | None:
        owner, found = self.known.get(attachment_id, (None, None))
        return found if conversation_id in (None, owner) else None

    def drop(self, attachment_id: str) -> None:
        self.log.append("forgotten")
        del self.known[attachment_id]

    def drop_unsent(self, *, before: datetime, remove: Callable[[str], None]) -> int:
        old = [name for name, (_, one) in self.known.items() if one.at < before]
        for name in old:
            remove(name)
            del self.known[name]
        return len(old)

    def drop_of_conversation(self, conversation_id: int, *, remove: Callable[[str], None]) -> int:
        raise NotImplementedError

    def drop_of_customer(self, customer_id: int, *, remove: Callable[[str], None]) -> int:
        raise NotImplementedError


class FakeFiles:
    """A disk in memory that can be full, or broken."""

    def __init__(self, log: list[str], *, room: bool = True) -> None:
        self.log = log
        self.room = room
        self.failing: tuple[str, ...] = ()
        self.kept: dict[str, bytes] = {}

    def check_room(self, size: int) -> None:
        if not self.room:
            raise Unavailable("disk_full")

    def write(self, attachment_id: str, content: BinaryIO) -> None:
        self.log.append("written")
        self._break("write", "disk_full")
        self.kept[attachment_id] = content.read()

    def path(self, attachment_id: str) -> Path | None:
        return Path(attachment_id) if attachment_id in self.kept else None

    def remove(self, attachment_id: str) -> None:
        self.log.append("removed")
        self._break("remove", "attachments_unavailable")
        self.kept.pop(attachment_id, None)

    def _break(self, what: str, key: str) -> None:
        if what in self.failing:
            raise Unavailable(key)


class House:
    def __init__(self, **options: bool) -> None:
        self.log: list[str] = []
        self.clock = FakeClock()
        self.book = FakeBook(self.log, full=options.get("full", False))
        self.files = FakeFiles(self.log, room=options.get("room", True))
        self.attachments = Attachments(book=self.book, files=self.files, clock=self.clock, limit=LIMIT)

    def keep(self, content: bytes = PNG, name: str = "foto.png") -> Attachment:
        return self.attachments.keep(1, name, BytesIO(content))


def test_a_file_is_noted_before_it_is_written_so_that_a_crash_leaves_nothing_unknown():
    house = House()

    kept = house.keep()

    assert house.log == ["noted", "written"]
    assert house.files.kept == {kept.id: PNG}
    assert (kept.name, kept.media_type, kept.size) == ("foto.png", "image/png", len(PNG))
    assert kept.sha256 == hashlib.sha256(PNG).hexdigest()
    assert kept.at == house.clock.now()


@pytest.mark.parametrize("content", [b"", *REFUSED.values()])
def test_what_we_do_not_take_touches_neither_book_nor_disk(content):
    house = House()

    with pytest.raises(Refused):
        house.keep(content, "foto.png")

    assert house.log == []


def test_the_limit_is_the_largest_size_that_is_taken():
    house = House()
    largest = PDF.ljust(LIMIT, b" ")

    assert house.keep(largest).size == LIMIT
    with pytest.raises(Refused, match="attachment_too_large"):
        house.keep(largest + b" ")


def test_without_room_nothing_is_noted():
    house = House(room=False)

    with pytest.raises(Unavailable, match="disk_full"):
        house.keep()

    assert house.log == []


def test_when_writing_fails_nothing_is_left_and_the_reason_is_told():
    house = House()
    house.files.failing = ("write",)

    with pytest.raises(Unavailable, match="disk_full"):
        house.keep()

    assert house.log == ["noted", "written", "removed", "forgotten"]
    assert house.book.known == {}


def test_what_cannot_be_cleaned_up_stays_noted_for_the_sweep():
    house = House()
    house.files.failing = ("write", "remove")

    with pytest.raises(Unavailable, match="disk_full"):
        house.keep()
    house.files.failing = ()
    house.clock.advance(hours=25)

    assert house.attachments.sweep() == 1
    assert house.book.known == {}


def test_too_many_unsent_files_are_refused():
    with pytest.raises(Refused, match="attachment_unsent"):
        House(full=True).keep()


def test_a_file_is_found_by_its_own_conversation_and_by_nobody_elses():
    house = House()
    kept = house.keep()

    assert house.attachments.find(kept.id)[0] == kept
    assert house.attachments.find(kept.id, conversation_id=1)[0] == kept
    with pytest.raises(Refused, match="not_found"):
        house.attachments.find(kept.id, conversation_id=2)


def test_a_note_without_its_content_is_not_found():
    house = House()
    kept = house.keep()
    house.files.kept.clear()

    with pytest.raises(Refused, match="not_found"):
        house.attachments.find(kept.id)


def test_files_younger_than_a_day_survive_the_sweep():
    house = House()
    house.keep()
    house.clock.advance(hours=23)

    assert house.attachments.sweep() == 0


def test_only_images_are_shown_and_nothing_runs():
    image = House().keep(name='a"; x=.png')
    headers, saved = download_headers(image), download_headers(replace(image, media_type="application/pdf"))

    assert headers["Content-Disposition"] == "inline; filename*=UTF-8''a%22%3B%20x%3D.png"
    assert saved["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
