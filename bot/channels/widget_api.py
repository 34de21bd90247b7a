"""The widget's API: sessions, messages, live events (INTERFACES, Widget API)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Header, Query
from pydantic import BaseModel, ConstrainedStr, Extra
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from bot.channels.widget_attachments import add_attachment_routes
from bot.core.errors import Refused
from bot.core.ports import Clock, Inbox, Meter, NoMeter, Received, StoredMessage, Thread
from bot.services.attachments import Attachments
from bot.services.live import MISSED, Ear, LiveHub
from bot.services.public import as_json

CHANNEL = "web"
LONGEST_TEXT = 10_000
MOST_ATTACHMENTS = 10
_PING = 15  # seconds between comments that keep a stream open through proxies
_PATIENCE = 3600.0


class Sessions(Protocol):
    """Tokens and what they open."""

    def issue(self, conversation_id: int, *, at: datetime) -> str:
        """A new token for a conversation."""
        ...

    def thread(self, token: str, *, at: datetime) -> Thread | None:
        """The conversation a token opens."""
        ...

    def messages(self, conversation_id: int, *, after: int, limit: int = 500) -> tuple[Sequence[StoredMessage], str]:
        """The messages after a number, and the state."""
        ...


@dataclass(frozen=True)
class WidgetApi:
    """What the widget's calls need."""

    inbox: Inbox
    sessions: Sessions
    live: LiveHub
    clock: Clock
    ring: Callable[[int], None]
    attachments: Attachments
    meter: Meter = field(default_factory=NoMeter)


class _Name(ConstrainedStr):
    strict = True
    max_length = 200
    strip_whitespace = True


class _Locale(ConstrainedStr):
    strict = True
    regex = r"^[A-Za-z]{2}([-_][A-Za-z]{2})?$"


class _Token(ConstrainedStr):
    strict = True
    max_length = 200


class _Text(ConstrainedStr):
    strict = True


class _Strict(BaseModel):
    class Config:
        """What nobody reads must not be sent."""

        extra = Extra.forbid


class SessionRequest(_Strict):
    """A widget opens: perhaps it knows the page's language, the visitor's name, an earlier token."""

    locale: _Locale | None = None
    name: _Name | None = None
    resume: _Token | None = None


class MessageRequest(_Strict):
    """What a customer says; `id` is the client's UUID and makes sending again harmless.

    With `attachments`, the ids of uploaded files, `text` may be empty.
    """

    id: _Token
    text: _Text
    payload: _Name | None = None
    attachments: list[_Token] | None = None


def widget_router(api: WidgetApi) -> APIRouter:
    """The routes under /api/widget."""
    router = APIRouter(prefix="/api/widget", tags=["widget"], responses=_ERRORS)

    async def thread_of(authorization: str = Header("", max_length=300)) -> Thread:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Refused("token_missing", status=401)
        return await _thread(api, token.strip())

    @router.post("/session", status_code=201)
    async def open_session(body: SessionRequest) -> dict[str, Any]:
        """Open a conversation, or go on with an earlier one."""
        if body.resume is None:
            token, thread = await run_in_threadpool(_new_session, api, body)
        else:
            token, thread = str(body.resume), await _thread(api, body.resume)
        messages, state = await run_in_threadpool(_all_messages, api, thread)
        return {"token": token, "conversation_id": thread.public_id, "messages": messages, "state": state}

    @router.post("/messages", status_code=202)
    async def send(body: MessageRequest, thread: Thread = Depends(thread_of)) -> dict[str, str]:
        """Store a message; it is answered in a moment."""
        message_id = _uuid(body.id)
        if len(body.text) > LONGEST_TEXT:
            raise Refused("text_too_long", status=413, limit=LONGEST_TEXT, length=len(body.text))
        received = await run_in_threadpool(_receive, api, thread, message_id, body)
        if not received.duplicate:
            api.meter.received(CHANNEL)
            api.live.publish(thread.conversation_id, "message", as_json(received.message))
        api.ring(thread.conversation_id)
        return {"message_id": message_id}

    add_attachment_routes(router, api.attachments, thread_of)

    @router.get("/messages")
    async def read(after: int = Query(0, ge=0, le=2**31 - 1), thread: Thread = Depends(thread_of)) -> dict[str, Any]:
        """The messages after a number: what a client polls when it cannot stream."""
        messages, state = await run_in_threadpool(api.sessions.messages, thread.conversation_id, after=after)
        return {"messages": [as_json(message) for message in messages], "state": state}

    @router.get("/stream")
    async def stream(
        thread: Thread = Depends(thread_of),
        last_event_id: str = Header("0", max_length=20),
        after: int = Query(0, ge=0, le=2**31 - 1),
    ) -> EventSourceResponse:
        """The same as server-sent events; `Last-Event-ID` or `after` says what has been seen."""
        seen = max(after, int(last_event_id) if last_event_id.isdigit() else 0)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return EventSourceResponse(events_of(api, thread, seen), ping=_PING, headers=headers)

    return router


_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"description": text}
    for status, text in {
        400: "Not JSON",
        401: "Unknown or missing token",
        413: "Too long",
        415: "Not a kind of file that we take",
        422: "A field is wrong",
        503: "Try again",
    }.items()
}


async def _thread(api: WidgetApi, token: str) -> Thread:
    thread = await run_in_threadpool(api.sessions.thread, token, at=api.clock.now())
    if thread is None:
        raise Refused("token_unknown", status=401)
    return thread


def _new_session(api: WidgetApi, body: SessionRequest) -> tuple[str, Thread]:
    now = api.clock.now()
    thread = api.inbox.open_thread(CHANNEL, str(uuid4()), name=body.name or None, locale=body.locale, at=now)
    return api.sessions.issue(thread.conversation_id, at=now), thread


def _receive(api: WidgetApi, thread: Thread, message_id: str, body: MessageRequest) -> Received:
    files = body.attachments or []
    if len(files) > MOST_ATTACHMENTS:
        raise Refused("attachments_too_many", limit=MOST_ATTACHMENTS, number=len(files))
    extra = {"payload": body.payload} if body.payload else {}
    return api.inbox.receive(
        thread.conversation_id, message_id, body.text, at=api.clock.now(), extra=extra, attachments=files
    )


def _all_messages(api: WidgetApi, thread: Thread) -> tuple[list[dict[str, Any]], str]:
    """All messages of a conversation, read in pages."""
    found: list[dict[str, Any]] = []
    while True:
        after = found[-1]["seq"] if found else 0
        page, state = api.sessions.messages(thread.conversation_id, after=after)
        found += [as_json(message) for message in page]
        if not page:
            return found, state


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise Refused("id_not_uuid", status=422, field="id") from error


async def events_of(api: WidgetApi, thread: Thread, seen: int) -> AsyncIterator[ServerSentEvent]:
    """Listen first, then read the backlog, then pass on what happens; nothing is missed and nothing comes twice."""
    with api.live.listening(thread.conversation_id) as ear:
        async for event, number in _backlog(api, thread, seen):
            seen = max(seen, number)
            yield event
        async for event in _following(api, thread, ear, seen):
            yield event


async def _backlog(api: WidgetApi, thread: Thread, seen: int) -> AsyncIterator[tuple[ServerSentEvent, int]]:
    while True:
        messages, state = await run_in_threadpool(api.sessions.messages, thread.conversation_id, after=seen)
        for message in messages:
            seen = message.seq
            yield _sse("message", as_json(message), number=seen), seen
        if not messages:
            yield _sse("state", {"state": state}), seen
            return


async def _following(api: WidgetApi, thread: Thread, ear: Ear, seen: int) -> AsyncIterator[ServerSentEvent]:
    while True:
        event = await ear.next(timeout=_PATIENCE)
        if event is None:
            continue
        number = event.data.get("seq", seen)
        if (
            event is MISSED or number > seen + 1
        ):  # two turns may announce in the wrong order: the store has the right one
            async for sent, number in _backlog(api, thread, seen):
                seen = max(seen, number)
                yield sent
        elif event.kind != "message":
            yield _sse(event.kind, event.data)
        elif number > seen:
            seen = number
            yield _sse(event.kind, event.data, number=number)


def _sse(kind: str, data: Any, *, number: int | None = None) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=kind, id=str(number) if number else None)


__all__ = ["WidgetApi", "events_of", "widget_router"]
