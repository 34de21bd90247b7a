"""Keeping the files that customers send, and getting rid of them when they must go."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote
from uuid import uuid4

from bot.core.attachments import (
    HEAD,
    Attachment,
    AttachmentBook,
    AttachmentFiles,
    display_name,
    media_type_of,
)
from bot.core.errors import Refused, Unavailable
from bot.core.ports import Clock

log = logging.getLogger(__name__)

_UNSENT_LASTS = timedelta(days=1)
_MOST_UNSENT = 30
_BLOCK = 64 * 1024


class Attachments:
    """The kept files. Each is noted before it is written and forgotten after it is removed, so none is ever lost."""

    def __init__(self, *, book: AttachmentBook, files: AttachmentFiles, clock: Clock, limit: int) -> None:
        """Keep files of at most `limit` bytes."""
        self._book = book
        self._files = files
        self._clock = clock
        self._limit = limit

    def keep(self, conversation_id: int, name: str, content: BinaryIO) -> Attachment:
        """Keep a file of a conversation; raises Refused when it is none that we take, Unavailable when it cannot be."""
        attachment = self._read(name, content)
        self._files.check_room(attachment.size)
        if not self._book.add(conversation_id, attachment, most_unsent=_MOST_UNSENT):
            raise Refused("attachment_unsent", status=429, limit=_MOST_UNSENT)
        try:
            self._files.write(attachment.id, content)
        except Unavailable:
            self._take_back(attachment)
            raise
        return attachment

    def find(self, attachment_id: str, *, conversation_id: int | None = None) -> tuple[Attachment, Path]:
        """A file and where its content lies, of this conversation only if one is given; raises Refused("not_found")."""
        attachment = self._book.find(attachment_id, conversation_id=conversation_id)
        path = self._files.path(attachment.id) if attachment else None
        if attachment is None or path is None:
            raise Refused("not_found", status=404)
        return attachment, path

    def sweep(self) -> int:
        """Remove the files that no message has carried within a day; how many there were."""
        return self._book.drop_unsent(before=self._clock.now() - _UNSENT_LASTS, remove=self._files.remove)

    def erase_conversation(self, conversation_id: int) -> int:
        """Remove every file of a conversation; how many there were."""
        return self._book.drop_of_conversation(conversation_id, remove=self._files.remove)

    def erase_customer(self, customer_id: int) -> int:
        """Remove every file that a customer has sent, in all their conversations; how many there were."""
        return self._book.drop_of_customer(customer_id, remove=self._files.remove)

    def _take_back(self, attachment: Attachment) -> None:
        try:
            self._files.remove(attachment.id)
            self._book.drop(attachment.id)
        except Unavailable as error:
            log.warning("a half written file stays until the next sweep: %s", error)

    def _read(self, name: str, content: BinaryIO) -> Attachment:
        """What a content is; it stands at its beginning again afterwards."""
        head = content.read(HEAD)
        if not head:
            raise Refused("attachment_empty")
        media_type = media_type_of(head)
        if media_type is None:
            raise Refused("attachment_type", status=415)
        size, digest = self._measure(content)
        return Attachment(str(uuid4()), display_name(name, media_type), media_type, size, digest, self._clock.now())

    def _measure(self, content: BinaryIO) -> tuple[int, str]:
        content.seek(0)
        size, digest = 0, hashlib.sha256()
        while block := content.read(_BLOCK):
            size += len(block)
            digest.update(block)
            if size > self._limit:
                raise Refused("attachment_too_large", status=413, limit=_kilobytes(self._limit))
        content.seek(0)
        return size, digest.hexdigest()


def download_headers(attachment: Attachment) -> dict[str, str]:
    """The headers of a file on its way out: images may be shown, everything else is saved, nothing ever runs."""
    disposition = "inline" if attachment.is_image else "attachment"
    return {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(attachment.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


def _kilobytes(size: int) -> str:
    return f"{size / 1024:.4g}"
