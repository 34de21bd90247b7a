from __future__ import annotations

import errno
import shutil
from collections import namedtuple
from io import BytesIO
from pathlib import Path

import pytest

from bot.core.errors import Unavailable
from bot.storage import attachment_files
from bot.storage.attachment_files import FolderFiles

ID = "0b5c7c1e-8e0f-4d0a-9a59-0f4d53c2b5a1"
Usage = namedtuple("Usage", "total used free")


class BreaksHalfway(BytesIO):
    """A content whose second half meets a full disk."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code
        self.parts = [b"half of it"]

    def read(self, size: int | None = -1) -> bytes:
        if self.parts:
            return self.parts.pop()
        raise OSError(self.code, "told to")


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "state" / "attachments")


def test_a_content_lies_under_its_id_and_nobody_else_may_read_it(files, tmp_path):
    files.write(ID, BytesIO(b"abc"))

    path = files.path(ID)
    assert path == tmp_path / "state" / "attachments" / ID
    assert path.read_bytes() == b"abc"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("code", "key"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EIO, "attachments_unavailable")],
)
def test_a_write_that_breaks_off_never_gets_its_name_and_can_be_cleaned_up(files, code, key, tmp_path):
    with pytest.raises(Unavailable, match=key):
        files.write(ID, BreaksHalfway(code))

    assert files.path(ID) is None
    files.remove(ID)
    assert list((tmp_path / "state" / "attachments").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "state").write_text("a file where a folder should be")

    with pytest.raises(Unavailable, match="attachments_unavailable"):
        FolderFiles(tmp_path / "state" / "attachments").write(ID, BytesIO(b"abc"))


def test_removing_what_is_not_there_is_fine(files):
    files.remove(ID)

    assert files.path(ID) is None


@pytest.mark.parametrize(("free", "fits"), [(101 * 1024**2, True), (64 * 1024**2 + 1000, True), (64 * 1024**2, False)])
def test_files_leave_the_database_its_room(files, monkeypatch, free, fits):
    monkeypatch.setattr(attachment_files.shutil, "disk_usage", lambda _: Usage(100 * 1024**3, 0, free))

    if fits:
        files.check_room(1000)
        return
    with pytest.raises(Unavailable, match="disk_full"):
        files.check_room(1000)


def test_a_disk_with_room_has_room(files, tmp_path):
    free = shutil.disk_usage(tmp_path).free

    files.check_room(1)
    with pytest.raises(Unavailable, match="disk_full"):
        files.check_room(free + 1)
