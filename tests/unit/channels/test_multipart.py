from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.multipart import only_file, read_form
from bot.core.errors import Refused

TYPE = "multipart/form-data; boundary=XX"
FILE = b'--XX\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\ncontent\r\n'
OTHER = FILE.replace(b'"file"', b'"other"')
TEXT = b'--XX\r\nContent-Disposition: form-data; name="note"\r\n\r\nciao\r\n'
END = b"--XX--\r\n"


def a_request(body: bytes, content_type: str | None = TYPE, *, chunk: int = 7) -> Request:
    """A request whose body comes in small pieces."""
    headers = [] if content_type is None else [(b"content-type", content_type.encode("latin-1"))]
    pieces: Iterator[int] = iter(range(0, len(body), chunk))

    async def receive() -> dict[str, object]:
        at = next(pieces, None)
        if at is None:
            return {"type": "http.request", "body": b"", "more_body": False}
        return {"type": "http.request", "body": body[at : at + chunk], "more_body": True}

    return Request({"type": "http", "method": "POST", "path": "/", "headers": headers}, receive)


def read(body: bytes, content_type: str | None = TYPE, *, chunk: int = 7) -> bytes:
    async def content() -> bytes:
        form = await read_form(a_request(body, content_type, chunk=chunk))
        try:
            return await only_file(form).read()
        finally:
            await form.close()

    return asyncio.run(content())


@pytest.mark.parametrize("body", [FILE + END, TEXT + FILE + END, FILE + b"--XX--", b"\r\n" + FILE + END])
def test_the_one_file_is_found(body):
    assert read(body) == b"content"


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (END, "attachment_missing"),
        (TEXT + END, "attachment_missing"),
        (OTHER + END, "attachment_missing"),
        (TEXT.replace(b"note", b"file") + END, "attachment_missing"),
        (FILE + FILE + END, "attachments_at_once"),
        (FILE + OTHER + END, "attachments_at_once"),
    ],
)
def test_no_file_or_several_are_refused(body, key):
    with pytest.raises(Refused, match=key):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"preamble\r\n" + FILE + END,
        FILE,
        FILE[:-4],
        FILE[:30],
        FILE.replace(b"XX", b"YY") + b"--YY--\r\n",
        FILE.replace(b'name="file"; ', b"") + END,
        FILE.replace(b"Content-Disposition: form-data;", b"X:") + END,
        b"--XX\r\nno colon here\r\n\r\ncontent\r\n" + END,
        b"--XX" + FILE,
    ],
)
def test_a_body_that_breaks_off_or_is_written_wrongly_is_refused(body):
    with pytest.raises(Refused, match=r"multipart_broken|attachment_missing"):
        read(body)


@pytest.mark.parametrize("content_type", [None, "", "application/json", "image/png", "multipart/mixed; boundary=XX"])
def test_another_kind_of_body_is_refused(content_type):
    with pytest.raises(Refused, match="not_multipart"):
        read(FILE + END, content_type)


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        'multipart/form-data; boundary="',
        "multipart/form-data; boundary=" + "x" * 5000,
        "multipart/form-data; charset=klingon; boundary=Y",
    ],
)
def test_a_boundary_that_is_missing_or_another_is_refused(content_type):
    with pytest.raises(Refused, match="multipart_broken"):
        read(FILE + END, content_type)


@given(
    body=st.one_of(st.binary(max_size=300), st.lists(st.sampled_from([FILE, TEXT, END, b"\r\n", b"--XX", b"\x00"]))),
    chunk=st.integers(1, 50),
)
def test_whatever_comes_is_a_file_or_refused(body, chunk):
    whole = body if isinstance(body, bytes) else b"".join(body)

    assert outcome(whole, chunk=chunk) in {"taken", "multipart_broken", "attachment_missing", "attachments_at_once"}


def outcome(body: bytes, *, chunk: int) -> str:
    try:
        read(body, chunk=chunk)
    except Refused as error:
        return error.key
    return "taken"
