"""What every page and call shares: errors as JSON, limits on bodies, headers that keep browsers careful."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.core.errors import Refused, TeoremaError, Unavailable

log = logging.getLogger(__name__)

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
_RETRY_AFTER = "5"
_NOT_JSON = ("json_invalid", "value_error.jsondecode")


class ErrorTexts:
    """What went wrong and how to mend it, by error key, from a catalogue."""

    def __init__(self, catalogue: Mapping[str, Mapping[str, str]]) -> None:
        self._catalogue = catalogue

    def body(self, key: str, **values: object) -> dict[str, Any]:
        """The JSON body of an error: `code`, `message` and `hint`."""
        texts = self._catalogue.get(key) or self._catalogue["unexpected"]
        filled = {name: text.format_map(_Blank(values)) for name, text in texts.items()}
        return {"error": {"code": key, **filled}}


class _Blank(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


def add_error_handlers(app: FastAPI, texts: ErrorTexts) -> None:
    """Answer every error with JSON that says what is wrong and how to mend it."""

    @app.exception_handler(Refused)
    async def _refused(_: Request, error: Refused) -> Response:
        values = dict(error.values)
        return JSONResponse(texts.body(error.key, **values), status_code=int(str(values.get("status", 422))))

    @app.exception_handler(Unavailable)
    async def _unavailable(_: Request, error: Unavailable) -> Response:
        log.error("unavailable: %s", error)
        return JSONResponse(texts.body(error.key), status_code=503, headers={"Retry-After": _RETRY_AFTER})

    @app.exception_handler(RequestValidationError)
    async def _invalid(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] in _NOT_JSON:
            return JSONResponse(texts.body("not_json"), status_code=400)
        field = ".".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
        return JSONResponse(texts.body("field_wrong", field=field, reason=first["msg"]), status_code=422)

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> Response:
        key = {404: "not_found", 405: "method_not_allowed", 400: "not_json"}.get(error.status_code, "unexpected")
        return JSONResponse(texts.body(key), status_code=error.status_code, headers=error.headers)

    app.add_middleware(_Faults, texts=texts)


class _Faults:
    """Turns what nobody expected into a JSON answer that the middleware outside completes like any other."""

    def __init__(self, app: ASGIApp, *, texts: ErrorTexts) -> None:
        self._app = app
        self._texts = texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer 500 when it fails before it has begun to answer."""
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except _TooLarge:
            raise
        except Exception as error:
            log.exception("a request failed")
            if started or scope["type"] != "http":
                raise
            key = error.key if isinstance(error, TeoremaError) else "unexpected"
            await JSONResponse(self._texts.body(key), status_code=500)(scope, receive, send)


class BodyLimit:
    """Refuses bodies over `limit` bytes with 413 before anybody reads them whole; `larger` are limits by path."""

    def __init__(self, app: ASGIApp, *, texts: ErrorTexts, limit: int, larger: Mapping[str, int]) -> None:
        self._app = app
        self._texts = texts
        self._limit = limit
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its bytes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(scope["path"], self._limit)
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > limit:
            await self._refuse(scope, receive, send, limit)
            return
        await self._counting(scope, receive, send, limit)

    async def _counting(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        total, started = 0, False

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > limit:
                raise _TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except _TooLarge:
            if not started:
                await self._refuse(scope, receive, send, limit)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        body = self._texts.body("body_too_large", limit=limit // 1024)
        await JSONResponse(body, status_code=413, headers={"Connection": "close"})(scope, receive, send)


class _TooLarge(Exception):
    pass


class CarefulHeaders:
    """Adds the headers that keep browsers careful to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the headers of its answer."""

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _HEADERS if pair[0] not in present)]
            await send(message)

        await self._app(scope, receive, completed if scope["type"] == "http" else send)


def load_error_texts(text: str) -> ErrorTexts:
    """The catalogue of errors from its JSON."""
    return ErrorTexts(json.loads(text))
