"""The contents of attachments in a folder of their own, outside everything that is served."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.core.errors import Unavailable

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_MOST_LEFT_FREE = 64 * 1024 * 1024  # bytes; files must not take the database's last room


class FolderFiles:
    """`AttachmentFiles` in a folder: one file each, named by its random id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()

    def check_room(self, size: int) -> None:
        """Raise Unavailable("disk_full") when so many bytes would not leave the database its room."""
        with _own_words():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            total, _, free = shutil.disk_usage(self._folder)
            if free - size < min(total // 100, _MOST_LEFT_FREE):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._folder))

    def write(self, attachment_id: str, content: BinaryIO) -> None:
        """Write beside, sync, rename: a file has its name only when all of it is on the disk."""
        beside = self._beside(attachment_id)
        with _own_words():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                shutil.copyfileobj(content, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self._named(attachment_id))
            _sync(self._folder)

    def path(self, attachment_id: str) -> Path | None:
        """Where a content lies, or None when it is not there."""
        named = self._named(attachment_id)
        return named if named.is_file() else None

    def remove(self, attachment_id: str) -> None:
        """Remove a content and what an interrupted write left of it; raises Unavailable when the disk refuses."""
        with _own_words():
            for path in (self._beside(attachment_id), self._named(attachment_id)):
                path.unlink(missing_ok=True)

    def _named(self, attachment_id: str) -> Path:
        return self._folder / attachment_id

    def _beside(self, attachment_id: str) -> Path:
        return self._folder / f"{attachment_id}.part"


@contextmanager
def _own_words() -> Iterator[None]:
    """The disk's troubles as Unavailable."""
    try:
        yield
    except OSError as error:
        key = "disk_full" if error.errno in _NO_ROOM else "attachments_unavailable"
        raise Unavailable(key, reason=str(error)) from error


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
