"""What every page and call shares: errors that help, bodies that are not too large, careful headers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient
from pydantic import BaseModel
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request

from bot.core.errors import Misconfigured, Refused, Unavailable
from bot.web import BodyLimit, CarefulHeaders, ErrorTexts, add_error_handlers, load_error_texts

LIMIT, LARGER = 1024, 4096
TEXTS = load_error_texts(files("bot").joinpath("texts/errors.it.json").read_text(encoding="utf-8"))


class Body(BaseModel):
    number: int


def an_app() -> FastAPI:
    app = FastAPI()
    add_error_handlers(app, TEXTS)
    app.add_middleware(BodyLimit, texts=TEXTS, limit=LIMIT, larger={"/large": LARGER})
    app.add_middleware(CarefulHeaders)
    raised = {
        "refused": Refused("message_too_long", status=422, limit=10),
        "gone": Refused("session_unknown", status=401),
        "unavailable": Unavailable("database_unavailable"),
        "misconfigured": Misconfigured("TEOREMA_BRAND", "a secret path"),
        "fault": ZeroDivisionError("a secret detail"),
        "teapot": HTTPException(418),
    }

    @app.get("/raise/{name}")
    def raises(name: str) -> None:
        raise raised[name]

    @app.post("/number")
    def number(body: Body) -> int:
        return body.number

    @app.post("/size")
    @app.post("/large")
    async def size(request: Request) -> int:
        return len(await request.body())

    return app


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(an_app(), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "status"),
    [("refused", 422), ("gone", 401), ("unavailable", 503), ("misconfigured", 500), ("fault", 500), ("teapot", 418)],
)
def test_every_error_is_json_with_a_code_a_message_and_a_hint(client: TestClient, name: str, status: int):
    answer = client.get(f"/raise/{name}")

    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "hint"}
    assert all(error.values())


@pytest.mark.parametrize("name", ["fault", "misconfigured"])
def test_an_error_never_tells_what_went_on_inside(client: TestClient, name: str):
    assert "secret" not in client.get(f"/raise/{name}").text


def test_who_is_refused_for_now_is_told_when_to_come_back(client: TestClient):
    assert int(client.get("/raise/unavailable").headers["Retry-After"]) > 0


def test_a_wrong_field_is_named(client: TestClient):
    error = client.post("/number", json={"number": "molti"}).json()["error"]

    assert error["code"] == "field_wrong"
    assert "number" in json.dumps(error)


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[1,"])
def test_what_is_no_json_is_refused(client: TestClient, body: bytes):
    answer = client.post("/number", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/number", 405)])
def test_what_is_not_there_says_so(client: TestClient, method: str, path: str, status: int):
    answer = client.request(method, path)

    assert answer.status_code == status
    assert answer.json()["error"]["hint"]


def in_pieces(size: int) -> Iterator[bytes]:
    """A body that does not say how long it is."""
    for _ in range(size // 256):
        yield b"x" * 256


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/size", LIMIT, 200), ("/size", LIMIT + 256, 413), ("/large", LARGER, 200), ("/large", LARGER + 256, 413)],
)
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "undeclared"])
def test_a_body_over_the_limit_is_refused(client: TestClient, path: str, size: int, status: int, declared: bool):
    answer = client.post(path, content=b"x" * size if declared else in_pieces(size))

    assert answer.status_code == status
    assert answer.json() == size if status == 200 else answer.json()["error"]["code"] == "body_too_large"


@pytest.mark.parametrize("path", ["/nowhere", "/raise/refused", "/raise/fault"])
def test_every_answer_keeps_browsers_careful(client: TestClient, path: str):
    headers = client.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_a_site_that_embeds_the_widget_may_read_a_fault_too():
    app = an_app()
    app.add_middleware(CORSMiddleware, allow_origins=["*"])

    answer = TestClient(app).get("/raise/fault", headers={"Origin": "https://shop.example"})

    assert answer.status_code == 500
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_header_that_is_there_is_left_alone():
    app = FastAPI()
    app.add_middleware(CarefulHeaders)

    @app.get("/")
    def page() -> dict[str, str]:
        return {}

    @app.middleware("http")
    async def own(request: Request, call_next):
        answer = await call_next(request)
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    assert TestClient(app).get("/").headers.get_list("referrer-policy") == ["no-referrer"]


def test_an_unknown_error_and_a_missing_value_still_make_a_sentence():
    texts = ErrorTexts({"unexpected": {"message": "Qualcosa non va{detail}.", "hint": "Riprova."}})

    assert texts.body("never_heard_of")["error"] == {
        "code": "never_heard_of",
        "message": "Qualcosa non va.",
        "hint": "Riprova.",
    }
