"""A running service is spoken to over the widget's API, and only what is known about it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from bot.core.errors import Unavailable
from bot.core.record import Record
from bot.services.rehearsal import remote
from bot.services.rehearsal.lines import WidgetLine
from bot.services.rehearsal.remote import RemoteService
from bot.services.rehearsal.stage import Patience
from tests.rehearsing import FakeLine, heard

QUICK = Patience(longest=0.05, look=0.001, settle=0.0, silence=0.0)
AT = "2026-11-23T09:00:00Z"


def a_client(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(base_url="http://service.example", transport=httpx.MockTransport(answer))


class FakeService:
    """The widget's API with one conversation; busy as often as it is told."""

    def __init__(self, *, busy: int = 0) -> None:
        self.busy = busy
        self.sent: list[dict[str, str]] = []
        self.tokens: list[str | None] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.tokens.append(request.headers.get("Authorization"))
        if self.busy:
            self.busy -= 1
            return httpx.Response(503, headers={"Retry-After": "0.001"})
        if request.url.path.endswith("/session"):
            return httpx.Response(201, json={"token": "t", "conversation_id": "c-9", "messages": []})
        if request.method == "POST":
            self.sent.append(json.loads(request.content))
            return httpx.Response(202, json={"message_id": self.sent[-1]["id"]})
        row = {"seq": 2, "id": "b", "author": "bot", "text": "Eccomi", "at": AT, "meta": {"promise": 3}}
        return httpx.Response(200, json={"messages": [row], "state": "waiting"})


def test_a_visitor_opens_a_session_writes_and_reads_with_its_token():
    service = FakeService()
    line = WidgetLine(a_client(service))

    line.send("0f8fad5b-d9cb-469f-a165-70867728950e", "ciao")
    (message,), state = line.read(after=1)

    assert line.conversation == "c-9"
    assert service.sent == [{"id": "0f8fad5b-d9cb-469f-a165-70867728950e", "text": "ciao"}]
    assert service.tokens == [None, "Bearer t", "Bearer t"]
    assert (message.seq, message.author, message.text, state) == (2, "bot", "Eccomi", "waiting")
    assert message.extra == {"meta": {"promise": 3}}


def test_a_busy_service_is_asked_again():
    assert WidgetLine(a_client(FakeService(busy=2))).conversation == "c-9"


@pytest.mark.parametrize("status", [401, 404, 500])
def test_a_service_that_refuses_is_an_error_with_the_call(status: int):
    with pytest.raises(Unavailable, match=f"/api/widget/session.*{status}"):
        WidgetLine(a_client(lambda _: httpx.Response(status)))


def test_a_service_that_is_not_there_is_an_error_with_the_reason():
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    with pytest.raises(Unavailable, match="connection refused"):
        WidgetLine(a_client(refuse))


def a_stage(look_up: Callable[[str], Record | None]) -> RemoteService:
    return RemoteService(FakeLine, look_up=look_up, patience=QUICK)


def test_outside_pauses_are_skipped_and_the_report_says_so_once():
    stage = a_stage(lambda _: None)

    stage.pass_time(timedelta(days=2))
    stage.pass_time(timedelta(days=2))

    assert stage.notes == [remote.NO_PAUSES]


def test_outside_other_channels_are_played_in_the_widget_and_noted():
    stage = a_stage(lambda _: None)

    stage.say(["ciao"], channel="telegram")

    assert stage.notes == [remote.ONLY_WEB]


def test_without_the_database_only_the_messages_are_known():
    stage = a_stage(lambda _: None)
    stage.say(["ciao"], channel="web")

    record = stage.record()

    assert [(message.author, message.text) for message in record.messages] == [
        ("customer", "ciao"),
        ("bot", "Hai detto: ciao"),
    ]
    assert not record.complete
    assert record.messages[0].signals is None
    assert stage.notes == [remote.NOT_HERE]


def test_with_the_database_at_hand_everything_is_known():
    stored = Record((heard("ciao"),))

    assert a_stage({"c-1": stored}.get).record() is stored
