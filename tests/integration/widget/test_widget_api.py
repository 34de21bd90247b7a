"""The widget's API as INTERFACES says it, on a real SQLite database with a fake mind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from bot.app import build_parts, create_app
from bot.settings import Settings
from tests.fakes import FakeMind, a_brand


@pytest.fixture
def mind() -> FakeMind:
    return FakeMind()


@pytest.fixture
def client(tmp_path: Path, mind: FakeMind) -> Iterator[TestClient]:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/widget.db", listen_window=0.0, state_dir=tmp_path)
    with TestClient(
        create_app(build_parts(settings, brand=a_brand(), mind=mind)), raise_server_exceptions=False
    ) as client:
        yield client


class Customer:
    """A widget without a browser."""

    def __init__(self, client: TestClient, **session: str) -> None:
        self.client = client
        answer = client.post("/api/widget/session", json=session)
        assert answer.status_code == 201, answer.text
        self.opened = answer.json()
        self.headers = {"Authorization": f"Bearer {self.opened['token']}"}

    def send(self, text: str, *, message_id: str | None = None, **more: object):
        body = {"id": message_id or str(uuid4()), "text": text, **more}
        return self.client.post("/api/widget/messages", json=body, headers=self.headers)

    def read(self, after: int = 0) -> dict:
        answer = self.client.get("/api/widget/messages", params={"after": after}, headers=self.headers)
        assert answer.status_code == 200
        return answer.json()

    def wait_for(self, count: int) -> list[dict]:
        """The messages once there are so many."""
        for _ in range(200):
            messages = self.read()["messages"]
            if len(messages) >= count:
                return messages
            import time

            time.sleep(0.02)
        raise AssertionError(f"only {messages}")


def test_a_message_is_accepted_stored_and_answered(client: TestClient):
    customer = Customer(client)
    message_id = str(uuid4())

    accepted = customer.send("il divano non arriva", message_id=message_id)

    assert accepted.status_code == 202
    assert accepted.json() == {"message_id": message_id}
    messages = customer.wait_for(2)
    assert [(m["author"], m["text"]) for m in messages] == [
        ("customer", "il divano non arriva"),
        ("bot", "Hai detto: il divano non arriva"),
    ]
    assert messages[0]["id"] == message_id
    assert [m["seq"] for m in messages] == [1, 2]


def test_sending_again_changes_nothing(client: TestClient):
    customer, message_id = Customer(client), str(uuid4())
    customer.send("una volta sola", message_id=message_id)
    customer.wait_for(2)

    again = customer.send("una volta sola", message_id=message_id)

    assert again.status_code == 202
    assert len(customer.wait_for(2)) == 2


def test_only_what_is_new_is_read(client: TestClient):
    customer = Customer(client)
    customer.send("prima")
    customer.wait_for(2)

    assert [m["author"] for m in customer.read(after=1)["messages"]] == ["bot"]
    assert customer.read(after=2) == {"messages": [], "state": "bot"}


def test_a_session_goes_on_with_an_earlier_token(client: TestClient):
    first = Customer(client)
    first.send("ci sono ancora?")
    first.wait_for(2)

    second = Customer(client, resume=first.opened["token"])

    assert second.opened["conversation_id"] == first.opened["conversation_id"]
    assert [m["author"] for m in second.opened["messages"]] == ["customer", "bot"]


def test_one_customer_never_reads_another(client: TestClient):
    one, other = Customer(client), Customer(client)
    one.send("il mio codice fiscale è segreto")
    one.wait_for(2)

    assert other.read()["messages"] == []


def test_the_stream_brings_the_backlog_then_what_happens(client: TestClient):
    customer = Customer(client)
    customer.send("eccomi")
    customer.wait_for(2)

    events = list(read_events(client, customer.headers, count=3))

    assert [kind for kind, _ in events] == ["message", "message", "state"]
    assert events[-1][1] == {"state": "bot"}


def test_the_stream_goes_on_after_what_was_seen(client: TestClient):
    customer = Customer(client)
    customer.send("eccomi")
    customer.wait_for(2)

    events = list(read_events(client, {**customer.headers, "Last-Event-ID": "1"}, count=2))

    assert [data.get("author") for _, data in events] == ["bot", None]


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer "}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer nope"}]
)
@pytest.mark.parametrize("path", ["/api/widget/messages", "/api/widget/stream"])
def test_without_a_known_token_nothing_is_told(client: TestClient, path: str, headers: dict[str, str]):
    answer = client.get(path, headers=headers)

    assert answer.status_code == 401
    assert says_how_to_mend(answer)


def test_an_unknown_token_cannot_be_resumed(client: TestClient):
    answer = client.post("/api/widget/session", json={"resume": "x" * 43})

    assert answer.status_code == 401
    assert says_how_to_mend(answer)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        (b"{}", 422),
        (json.dumps({"id": "1", "text": "ciao"}).encode(), 422),
        (json.dumps({"id": str(uuid4()), "text": False}).encode(), 422),
        (json.dumps({"id": str(uuid4()), "text": ["ciao"]}).encode(), 422),
        (json.dumps({"id": str(uuid4())}).encode(), 422),
        (json.dumps({"id": str(uuid4()), "text": "ciao", "admin": True}).encode(), 422),
        (json.dumps({"id": str(uuid4()), "text": "a" * 10_001}).encode(), 413),
        (json.dumps({"id": str(uuid4()), "text": "a" * 100_000}).encode(), 413),
    ],
)
def test_a_wrong_body_is_refused_with_what_to_mend_and_the_next_message_works(
    client: TestClient, body: bytes, status: int
):
    customer = Customer(client)
    headers = {**customer.headers, "Content-Type": "application/json"}

    answer = client.post("/api/widget/messages", content=body, headers=headers)

    assert answer.status_code == status
    assert says_how_to_mend(answer)
    assert customer.send("e adesso?").status_code == 202
    assert len(customer.wait_for(2)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "😂😂",
        "<script>alert(1)</script>",
        "'; DROP TABLE message; --",
        "\x00\x07 ciao \x1b[31m",
        "\u202eoaic",
        "/restart",
        "è" * 10_000,
    ],
)
def test_unusual_texts_are_stored_as_they_are_and_answered(client: TestClient, text: str):
    customer = Customer(client)

    assert customer.send(text).status_code == 202
    messages = customer.wait_for(2)

    assert messages[0]["text"] == text.replace("\x00", "\ufffd")
    assert messages[1]["author"] == "bot"


def test_a_thousand_messages_in_a_row_are_all_answered(client: TestClient, mind: FakeMind):
    customer = Customer(client)
    for number in range(1000):
        assert customer.send(f"messaggio {number}").status_code == 202

    customer.client.get("/healthz")
    for _ in range(300):
        if sum(len(dossier.incoming) for dossier in mind.thought) == 1000:
            break
        import time

        time.sleep(0.02)

    assert sum(len(dossier.incoming) for dossier in mind.thought) == 1000


def test_a_failing_brain_is_answered_honestly_and_a_human_is_asked_for(client: TestClient, mind: FakeMind):
    mind.failing = True
    customer = Customer(client)

    customer.send("aiuto")
    messages = customer.wait_for(2)

    assert messages[1]["author"] == "bot"
    assert customer.read()["state"] == "waiting"


def test_a_page_elsewhere_may_call(client: TestClient):
    answer = client.options(
        "/api/widget/messages",
        headers={
            "Origin": "https://negozio.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


def test_ready_tells_what_is_missing(client: TestClient):
    assert client.get("/readyz").json()["checks"]["database"] == "ok"
    assert b"teorema_turns_total" in client.get("/metrics").content


def says_how_to_mend(answer) -> bool:
    error = answer.json()["error"]
    return all(error[part] for part in ("code", "message", "hint"))


def read_events(client: TestClient, headers: dict[str, str], *, count: int) -> Iterator[tuple[str, dict]]:
    """The first events of the stream, read from the application itself: a test client cannot leave an endless one."""
    import asyncio

    from bot.channels.widget_api import WidgetApi, events_of

    api: WidgetApi = client.app.state.widget_api
    token = headers["Authorization"].removeprefix("Bearer ")
    seen = int(headers.get("Last-Event-ID", 0))

    async def collect() -> list[tuple[str, dict]]:
        thread = api.sessions.thread(token, at=api.clock.now())
        stream = events_of(api, thread, seen)
        found = [await anext(stream) for _ in range(count)]
        await stream.aclose()
        return [(event.event, json.loads(event.data)) for event in found]

    yield from asyncio.run(collect())
