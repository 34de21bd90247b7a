"""A stand-in for the service, for the widget's own tests: the real widget API with a scripted brain and planned faults.

Run it by hand with `python -m tests.e2e.fake_server --port 8123` from the root of the repository. `POST /fake/...`
plans what the next calls meet; every answer of the bot is an echo unless the text holds one of the markers of `BRAIN`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

import uvicorn
from fastapi import FastAPI, Header, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import JSONResponse
from sse_starlette.sse import EventSourceResponse

from bot.channels.widget_assets import answer, site_assets

TEXT_LIMIT = 10_000
PING_SECONDS = 15
PICTURE, PICTURE_ALT = "/art/lampada.svg", "Lampada ad arco accesa"
HOSTILE_TEXT = '<img src=x onerror="hacked=1"><script>hacked=1</script> vedi https://example.org/a?b=1.'


class ApiProblem(Exception):
    """An error as the API reports it."""

    def __init__(self, status: int, code: str, message: str, *, hint: str = "", retry_after: int | None = None) -> None:
        self.status, self.code, self.message, self.hint, self.retry_after = status, code, message, hint, retry_after


@dataclass
class Conversation:
    """Everything one customer sees, and the streams that watch it."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    state: str = "bot"
    messages: list[dict[str, Any]] = field(default_factory=list)
    watchers: list[asyncio.Queue[dict[str, str]]] = field(default_factory=list)

    def add(self, *, author: str, text: str, **rest: Any) -> None:
        """Number a message, keep it and show it to every stream."""
        defaults = {"id": str(uuid.uuid4()), "at": datetime.now(timezone.utc).isoformat()}
        message = {"seq": len(self.messages) + 1, "author": author, "text": text, **defaults, **rest}
        self.messages.append(message)
        self.show("message", message, id=str(message["seq"]))

    def show(self, event: str, data: object, **rest: str) -> None:
        """Send one event to every stream."""
        for queue in self.watchers:
            queue.put_nowait({"event": event, "data": json.dumps(data), **rest})

    def change_state(self, state: str) -> None:
        """Change who answers and tell the streams."""
        self.state = state
        self.show("state", {"state": state})


@dataclass
class Faults:
    """What the next calls meet: planned failures by call name, and how the stream behaves."""

    planned: dict[str, list[ApiProblem]] = field(default_factory=dict)
    stream: str = "normal"

    def meet(self, call: str) -> None:
        """Raise the next failure planned for this call, if any."""
        if self.planned.get(call):
            raise self.planned[call].pop(0)


class World:
    """All conversations and tokens of one fake service."""

    def __init__(self) -> None:
        self.conversations: dict[str, Conversation] = {}
        self.tokens: dict[str, str] = {}
        self.retired: dict[str, str] = {}
        self.faults = Faults()
        self.posts: list[str] = []

    def reset(self) -> None:
        """Nothing planned any more, no post counted."""
        self.faults, self.posts = Faults(), []

    def open_session(self, resume: str | None) -> tuple[str, Conversation]:
        """A fresh token, for the conversation of an earlier one when it is known."""
        known = self.tokens.get(resume or "") or self.retired.get(resume or "")
        if resume and not known:
            raise ApiProblem(401, "token_unknown", "Sessione scaduta.")
        conversation = self.conversations[known] if known else Conversation()
        self.conversations[conversation.id] = conversation
        token = uuid.uuid4().hex
        self.tokens[token] = conversation.id
        return token, conversation

    def of(self, authorization: str) -> Conversation:
        """The conversation that a bearer token opens."""
        token = authorization.removeprefix("Bearer ")
        if token not in self.tokens:
            raise ApiProblem(401, "token_expired", "Sessione scaduta.")
        return self.conversations[self.tokens[token]]

    def expire_tokens(self) -> None:
        """Make every token invalid for calls; it can still be used to resume."""
        self.retired.update(self.tokens)
        self.tokens.clear()

    @property
    def last(self) -> Conversation:
        """The conversation begun last."""
        return list(self.conversations.values())[-1]


def _hand_over(conversation: Conversation) -> None:
    conversation.change_state("waiting")
    conversation.add(author="bot", text="Chiamo un collega: gli ho già raccontato tutto.")
    conversation.change_state("human")
    conversation.add(author="operator", text="Ciao, ho letto tutto: me ne occupo io.", meta={"name": "Giulia"})


def _close(conversation: Conversation) -> None:
    conversation.add(author="bot", text="Grazie a te. A presto!")
    conversation.change_state("closed")


BRAIN: dict[str, Callable[[Conversation], None]] = {
    "#bottoni": lambda c: c.add(
        author="bot",
        text="Quando ti va bene?",
        buttons=[{"title": "Domani mattina", "payload": "slot_1"}, {"title": "Sabato"}, {"title": "Un altro giorno"}],
    ),
    "#immagine": lambda c: c.add(author="bot", text="Ecco la lampada.", image=PICTURE, meta={"alt": PICTURE_ALT}),
    "#html": lambda c: c.add(author="bot", text=HOSTILE_TEXT),
    "#operatore": _hand_over,
    "#chiudi": _close,
    "#muto": lambda c: None,
}


async def reply(conversation: Conversation, text: str) -> None:
    """Answer as the brain would: typing first, then one or more messages."""
    if conversation.state == "human":
        return
    conversation.show("typing", {"on": True, "author": "bot"})
    await asyncio.sleep(0.15)
    marker = next((marker for marker in BRAIN if marker in text), None)
    if marker:
        BRAIN[marker](conversation)
    else:
        conversation.add(author="bot", text=f"Ho letto: {text[:200]}")
    conversation.show("typing", {"on": False, "author": "bot"})


async def stream_events(conversation: Conversation, after: int) -> AsyncIterator[dict[str, str]]:
    """The state, what was missed, then everything as it happens."""
    queue: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    conversation.watchers.append(queue)
    try:
        yield {"event": "state", "data": json.dumps({"state": conversation.state})}
        for message in [m for m in conversation.messages if m["seq"] > after]:
            after = message["seq"]
            yield {"event": "message", "data": json.dumps(message), "id": str(message["seq"])}
        while True:
            event = await queue.get()
            if event["event"] == "message" and int(event["id"]) <= after:
                continue
            yield event
    finally:
        conversation.watchers.remove(queue)


async def silence() -> AsyncIterator[dict[str, str]]:
    """A stream that a proxy holds back: nothing ever comes."""
    await asyncio.Event().wait()
    yield {}


def create_app() -> FastAPI:
    """The fake service with a world of its own."""
    app = FastAPI()
    everything = ["*"]
    app.add_middleware(
        CORSMiddleware,
        allow_origins=everything,
        allow_methods=everything,
        allow_headers=everything,
        expose_headers=["Retry-After"],
    )
    world = World()
    background: set[asyncio.Task[None]] = set()
    _add_widget_api(app, world, background)
    _add_controls(app, world)
    _add_pages(app)

    @app.exception_handler(ApiProblem)
    async def problem(_: Request, error: ApiProblem) -> JSONResponse:
        headers = {"Retry-After": str(error.retry_after)} if error.retry_after else None
        body = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
        return JSONResponse(body, error.status, headers)

    return app


def _add_widget_api(app: FastAPI, world: World, background: set[asyncio.Task[None]]) -> None:
    @app.post("/api/widget/session", status_code=201)
    async def session(request: Request) -> dict[str, Any]:
        world.faults.meet("session")
        token, conversation = world.open_session((await request.json()).get("resume"))
        return {"token": token, "conversation_id": conversation.id, "messages": conversation.messages}

    @app.post("/api/widget/messages", status_code=202)
    async def post(request: Request, authorization: str = Header("")) -> dict[str, str]:
        body = await request.json()
        world.posts.append(body["id"])
        world.faults.meet("messages")
        conversation = world.of(authorization)
        if len(body["text"]) > TEXT_LIMIT:
            raise ApiProblem(413, "too_long", "Il messaggio è troppo lungo.", hint="Dividilo in due.")
        if all(message["id"] != body["id"] for message in conversation.messages):
            conversation.add(author="customer", id=body["id"], text=body["text"])
            task = asyncio.create_task(reply(conversation, body["text"]))
            background.add(task)
            task.add_done_callback(background.discard)
        world.faults.meet("messages_after_storing")
        return {"message_id": body["id"]}

    @app.get("/api/widget/messages")
    async def read(after: int = 0, authorization: str = Header("")) -> dict[str, Any]:
        world.faults.meet("poll")
        conversation = world.of(authorization)
        return {"messages": [m for m in conversation.messages if m["seq"] > after], "state": conversation.state}

    @app.get("/api/widget/stream")
    async def stream(authorization: str = Header(""), last_event_id: str = Header("0")) -> Response:
        world.faults.meet("stream")
        if world.faults.stream == "refused":
            raise ApiProblem(503, "unavailable", "Riprova più tardi.")
        conversation = world.of(authorization)
        if world.faults.stream == "silent":
            return EventSourceResponse(silence(), ping=3600)
        return EventSourceResponse(stream_events(conversation, int(last_event_id)), ping=PING_SECONDS)


def _add_controls(app: FastAPI, world: World) -> None:
    """What a test may plan: failures, messages out of the blue, states, expired tokens, a broken stream."""

    @app.post("/fake/{control}")
    async def control(control: str, request: Request) -> dict[str, Any]:
        CONTROLS[control](world, await request.json())
        conversations = world.conversations.values()
        return {
            "messages": world.last.messages if conversations else [],
            "conversations": len(conversations),
            "watchers": sum(len(conversation.watchers) for conversation in conversations),
            "posts": world.posts,
        }


def _fail(world: World, plan: dict[str, Any]) -> None:
    times, call = plan.pop("times", 1), plan.pop("call")
    problem = ApiProblem(plan.pop("status"), "planned", plan.pop("message", ""), **plan)
    world.faults.planned.setdefault(call, []).extend([problem] * times)


def _repeat(world: World, _: dict[str, Any]) -> None:
    for message in world.last.messages:
        world.last.show("message", message, id=str(message["seq"]))


CONTROLS: dict[str, Callable[[World, dict[str, Any]], object]] = {
    "look": lambda world, plan: None,
    "fail": _fail,
    "stream": lambda world, plan: setattr(world.faults, "stream", plan["mode"]),
    "say": lambda world, plan: world.last.add(**plan),
    "state": lambda world, plan: world.last.change_state(plan["state"]),
    "typing": lambda world, plan: world.last.show("typing", plan),
    "repeat": _repeat,
    "expire": lambda world, plan: world.expire_tokens(),
    "forget": lambda world, plan: world.tokens.clear(),
    "reset": lambda world, plan: world.reset(),
}


def _add_pages(app: FastAPI) -> None:
    @app.get("/{path:path}")
    async def page(path: str, request: Request) -> Response:
        asset = site_assets().get(f"/{path}")
        if not asset:
            return Response(status_code=404)
        tag, encodings = (request.headers.get(name, "") for name in ("if-none-match", "accept-encoding"))
        got = answer(asset, if_none_match=tag, accept_encoding=encodings)
        return Response(got.body, got.status, dict(got.headers))


def main() -> None:
    """Serve on the loopback interface until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8123)
    port = parser.parse_args().port
    uvicorn.run(create_app(), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()
