"""A company's own back office over HTTP (docs/back-office-api.md): signed, impatient, never in the way of an answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

import httpx

from bot.core.back_office import Order, Ticket, TicketRequest
from bot.core.errors import Refused, Unavailable
from bot.integrations.back_office_wire import read_error, read_order, read_ticket, signature, ticket_body
from bot.integrations.breaker import Breaker

T = TypeVar("T")

_LARGEST = 256 * 1024  # bytes of an answer
_AT_ONCE = 4  # questions under way
_NO_ORDER = frozenset({"order_unknown", "order_malformed"})


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for a connection, and for a whole answer."""

    connect: float
    total: float


IN_TURN = Patience(connect=0.5, total=1.5)  # a customer is waiting
AT_LEISURE = Patience(connect=3.0, total=10.0)


class HttpBackOffice:
    """`BackOffice` of a company that fulfils the contract at `url`; `now` gives Unix seconds for the signature.

    Everything that goes wrong is Unavailable and counts against the breaker, but for Refused: that one is our fault.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        patience: Patience = IN_TURN,
        breaker: Breaker | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._url = httpx.URL(url.rstrip("/"))
        self._secret = secret
        self._patience = patience
        self._breaker = breaker or Breaker()
        self._now = now
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="back-office")
        limits = httpx.Limits(max_connections=_AT_ONCE)
        timeout = httpx.Timeout(patience.total, connect=patience.connect)
        self._client = httpx.Client(timeout=timeout, limits=limits)

    def order(self, number: str) -> Order | None:
        """The order of this number, or None; raises Unavailable."""
        return self._in_time(lambda: self._order(number))

    def open_ticket(self, request: TicketRequest) -> Ticket:
        """Open the ticket of a case, or find the one it has; raises Unavailable, or Refused when it never will be."""
        return self._in_time(lambda: self._open_ticket(request))

    def ping(self) -> None:
        """See that it is there and accepts our signature; raises Unavailable, Refused."""
        self._in_time(lambda: self._ask("GET", "/v1/ping"))

    def _order(self, number: str) -> Order | None:
        try:
            return read_order(self._ask("GET", f"/v1/orders/{quote(number, safe='')}"))
        except Refused as refusal:
            if refusal.values["error"] in _NO_ORDER:
                return None
            raise Unavailable("back_office_refused", **refusal.values) from refusal

    def _open_ticket(self, request: TicketRequest) -> Ticket:
        code = request.case_code
        return read_ticket(self._ask("POST", "/v1/tickets", ticket_body(request), key=code), case_code=code)

    def _in_time(self, work: Callable[[], T]) -> T:
        """Do a piece of work in a thread, so that not even a name server that hangs takes longer than we wait."""
        if not self._breaker.allows():
            raise Unavailable("back_office_resting")
        future = self._pool.submit(work)
        try:
            done = future.result(self._patience.total)
        except Refused:
            self._breaker.succeeded()
            raise
        except Late as late:
            future.cancel()
            self._breaker.failed()
            raise Unavailable("back_office_slow", seconds=self._patience.total) from late
        except Exception as error:
            self._breaker.failed()
            raise Unavailable("back_office_failed", reason=f"{type(error).__name__}: {error}") from error
        self._breaker.succeeded()
        return done

    def _ask(self, method: str, path: str, body: bytes = b"", *, key: str = "") -> bytes:
        """The body of a good answer; raises Refused with the contract's `error`, ValueError for any other answer."""
        request = self._signed(method, path, body, key)
        response = self._client.send(request, stream=True)
        try:
            answer = _whole(response, until=time.monotonic() + self._patience.total)
        finally:
            response.close()
        if response.status_code in (200, 201):
            return answer
        error = read_error(answer)
        if response.status_code in (400, 404, 409, 422) and error:
            raise Refused("back_office_refused", status=response.status_code, error=error)
        raise ValueError(f"{method} {path} was answered {response.status_code} {error}".rstrip())

    def _signed(self, method: str, path: str, body: bytes, key: str) -> httpx.Request:
        url = self._url.copy_with(raw_path=self._url.raw_path.rstrip(b"/") + path.encode())
        timestamp = int(self._now())
        signed = signature(self._secret, timestamp=timestamp, method=method, path=url.raw_path.decode(), body=body)
        headers = {
            "Accept": "application/json",
            "X-Teorema-Timestamp": str(timestamp),
            "X-Teorema-Signature": f"v1={signed}",
        }
        if body:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        return self._client.build_request(method, url, content=body or None, headers=headers)


def _whole(response: httpx.Response, *, until: float) -> bytes:
    """The body, if it comes before `until` (monotonic seconds) and is not absurdly large; else ValueError."""
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > _LARGEST:
            raise ValueError("the answer is too large")
        if time.monotonic() > until:
            raise ValueError("the answer does not end")
    return body
