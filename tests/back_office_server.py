"""A whole back office as docs/back-office-api.md describes it, in memory; tests spoil its answers as they like."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import unquote

SECRET = "a secret of more than thirty-two characters"
BASE = "/teorema"
WINDOW = 300  # seconds that a signature counts

Answer = tuple[int, Mapping[str, Any]]
Spoil = Callable[["Handler"], None]


class BackOfficeServer(ThreadingHTTPServer):
    """Orders as JSON by number, tickets by case code; `spoil`, when set, answers instead."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.orders: dict[str, Mapping[str, Any]] = {}
        self.tickets: dict[str, Mapping[str, Any]] = {}
        self.asked: list[str] = []
        self.bodies: list[Mapping[str, Any]] = []
        self.spoil: Spoil | None = None
        self.lock = Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{BASE}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    """Checks the signature, then answers."""

    server: BackOfficeServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def log_message(self, *_: Any) -> None:
        """Tests need no access log."""

    def reply(self, status: int, body: Mapping[str, Any] | bytes) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _answer(self, body: bytes) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        if self.server.spoil is not None:
            self.server.spoil(self)
            return
        refusal = self._refusal(body)
        self.reply(*(refusal or self._answered(body)))

    def _refusal(self, body: bytes) -> Answer | None:
        timestamp = self.headers.get("X-Teorema-Timestamp", "0")
        if abs(time.time() - int(timestamp)) > WINDOW:
            return 401, {"error": "timestamp_stale"}
        signed = b"\n".join((timestamp.encode(), self.command.encode(), self.path.encode(), body))
        right = "v1=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, self.headers.get("X-Teorema-Signature", "")):
            return 401, {"error": "signature_wrong"}
        return None

    def _answered(self, body: bytes) -> Answer:
        method, path = self.command, self.path.removeprefix(BASE)
        if (method, path) == ("GET", "/v1/ping"):
            return 200, {}
        if method == "GET" and path.startswith("/v1/orders/"):
            order = self.server.orders.get(unquote(path.removeprefix("/v1/orders/")))
            return (200, order) if order else (404, {"error": "order_unknown"})
        if (method, path) == ("POST", "/v1/tickets"):
            return self._ticket(json.loads(body))
        return 404, {}

    def _ticket(self, request: Mapping[str, Any]) -> Answer:
        key = self.headers["Idempotency-Key"]
        if key != request["case_code"]:
            return 422, {"error": "key_wrong"}
        with self.server.lock:
            self.server.bodies.append(request)
            if key in self.server.tickets:
                return 200, self.server.tickets[key]
            number = f"TK{len(self.server.tickets) + 1:06d}"
            self.server.tickets[key] = {"number": number, "opened": "2026-11-23T09:00:00Z"}
            return 201, self.server.tickets[key]


@contextmanager
def running() -> Iterator[BackOfficeServer]:
    """The server on a port of its own."""
    server = BackOfficeServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
