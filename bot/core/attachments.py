"""Files that customers send: what they are by their content, how they are called, who keeps them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

HEAD = 16
"""Bytes at the beginning of a file that tell what it is."""

_SUFFIXES = {
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
}
_SIGNATURES = (
    ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/gif", re.compile(rb"GIF8[79]a")),
    ("image/webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    ("application/pdf", re.compile(rb"%PDF-")),
)
_LONGEST_NAME = 120
_NAMELESS = "file"


@dataclass(frozen=True)
class Attachment:
    """A kept file: `id` is a UUID, `name` is cleaned for display, `size` is in bytes, `sha256` in hexadecimal."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime

    @property
    def is_image(self) -> bool:
        """Whether a browser may show it within a page; a raster image runs no script."""
        return self.media_type.startswith("image/")

    def as_dict(self) -> dict[str, Any]:
        """What a message says about it: `{id, name, type, size}`."""
        return {"id": self.id, "name": self.name, "type": self.media_type, "size": self.size}


class AttachmentBook(Protocol):
    """What is known about the kept files, and the conversation each belongs to."""

    def add(self, conversation_id: int, attachment: Attachment, *, most_unsent: int) -> bool:
        """Note a file before it is written; False when so many of the conversation wait to be sent with a message."""
        ...

    def find(self, attachment_id: str, *, conversation_id: int | None = None) -> Attachment | None:
        """The file of this id, in this conversation only if one is given."""
        ...

    def drop(self, attachment_id: str) -> None:
        """Forget a file that could not be written."""
        ...

    def drop_unsent(self, *, before: datetime, remove: Callable[[str], None]) -> int:
        """Remove the files noted before an instant that no message carries; how many there were."""
        ...

    def drop_of_conversation(self, conversation_id: int, *, remove: Callable[[str], None]) -> int:
        """Remove every file of a conversation, in its messages too; how many there were."""
        ...

    def drop_of_customer(self, customer_id: int, *, remove: Callable[[str], None]) -> int:
        """Remove every file of a customer's conversations, in their messages too; how many there were."""
        ...


class AttachmentFiles(Protocol):
    """Where the contents lie."""

    def check_room(self, size: int) -> None:
        """Raise Unavailable("disk_full") when so many bytes would not fit."""
        ...

    def write(self, attachment_id: str, content: BinaryIO) -> None:
        """Keep a content durably; raises Unavailable, `disk_full` when there is no room, and leaves parts behind."""
        ...

    def path(self, attachment_id: str) -> Path | None:
        """Where a content lies, or None when it is not there."""
        ...

    def remove(self, attachment_id: str) -> None:
        """Remove a content and what an interrupted write left of it, if they are there."""
        ...


def media_type_of(head: bytes) -> str | None:
    """The type of a file by its first HEAD bytes; None for every type that we do not take."""
    return next((media_type for media_type, signature in _SIGNATURES if signature.match(head)), None)


def display_name(name: str, media_type: str) -> str:
    """A file's name fit to be shown and saved: no folders, nothing invisible, and the suffix of its real type.

    A suffix that contradicts the content would decide, on the computer of whoever saves it, which program opens it.
    """
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(char for char in last if unicodedata.category(char)[0] != "C" or char in "\t\r\n")
    clean = " ".join(unicodedata.normalize("NFC", visible).split()).strip(". ")
    suffixes = _SUFFIXES[media_type]
    suffix = next((suffix for suffix in suffixes if clean.lower().endswith(suffix)), "")
    stem = clean[: len(clean) - len(suffix)].rstrip(". ")
    kept = clean[len(clean) - len(suffix) :] if suffix else suffixes[0]
    return (stem[: _LONGEST_NAME - len(kept)].rstrip() or _NAMELESS) + kept


def names_of(attachments: Sequence[Mapping[str, Any]]) -> str:
    """The names of attachments as messages carry them, on one line."""
    return ", ".join(str(attachment["name"]) for attachment in attachments)
