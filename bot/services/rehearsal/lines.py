"""Lines to the service: the widget's public API, and the inbox for channels without an API of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

import httpx

from bot.core.errors import Unavailable
from bot.core.ports import Clock, Inbox, StoredMessage

_TRIES = 20
_BUSY = (429, 503)


class WidgetLine:
    """A visitor of a site, on the widget's API; raises Unavailable when the service does not answer as it should."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        session = self._call("POST", "/api/widget/session", json={"locale": "it"})
        self.conversation = str(session["conversation_id"])
        self._headers = {"Authorization": f"Bearer {session['token']}"}

    def send(self, message_id: str, text: str) -> None:
        """Write one message."""
        body = {"id": message_id, "text": text}
        self._call("POST", "/api/widget/messages", json=body, headers=self._headers)

    def read(self, *, after: int) -> tuple[Sequence[StoredMessage], str]:
        """The messages after a number, and the state."""
        page = self._call("GET", "/api/widget/messages", params={"after": after}, headers=self._headers)
        return [_message(row) for row in page["messages"]], str(page["state"])

    def _call(self, method: str, path: str, **options: Any) -> Mapping[str, Any]:
        """One call; a service that is busy is asked again when it says so."""
        for _ in range(_TRIES):
            try:
                response = self._client.request(method, path, **options)
            except httpx.HTTPError as error:
                raise Unavailable("service_unavailable", call=f"{method} {path}", reason=str(error)) from error
            if response.status_code not in _BUSY:
                break
            time.sleep(min(float(response.headers.get("Retry-After") or 0.5), 5.0))
        if response.is_error:
            raise Unavailable("service_refused", call=f"{method} {path}", status=response.status_code)
        answer: Mapping[str, Any] = response.json()
        return answer


class Messages(Protocol):
    """Where a conversation's messages are read."""

    def messages(self, conversation_id: int, *, after: int) -> tuple[Sequence[StoredMessage], str]:
        """The messages after a number, and the state."""
        ...


class InboxLine:
    """A customer on a channel that hands its messages to the inbox, as the channel's adapter does."""

    def __init__(
        self, channel: str, *, inbox: Inbox, messages: Messages, ring: Callable[[int], object], clock: Clock
    ) -> None:
        self._inbox = inbox
        self._messages = messages
        self._ring = ring
        self._clock = clock
        thread = inbox.open_thread(channel, str(uuid4()), name=None, locale="it", at=clock.now())
        self.conversation = thread.public_id
        self._conversation_id = thread.conversation_id

    def send(self, message_id: str, text: str) -> None:
        """Write one message."""
        self._inbox.receive(self._conversation_id, message_id, text, at=self._clock.now(), extra={})
        self._ring(self._conversation_id)

    def read(self, *, after: int) -> tuple[Sequence[StoredMessage], str]:
        """The messages after a number, and the state."""
        return self._messages.messages(self._conversation_id, after=after)


def _message(row: Mapping[str, Any]) -> StoredMessage:
    extra = {"meta": row["meta"]} if row.get("meta") else {}
    at = datetime.fromisoformat(str(row["at"]).replace("Z", "+00:00"))
    return StoredMessage(int(row["seq"]), str(row["id"]), str(row["author"]), str(row["text"]), at, extra)
