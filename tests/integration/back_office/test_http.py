"""The back office over HTTP, against a real server that follows the contract, breaks it, or does not answer at all."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from threading import Thread
from typing import Any

import httpx
import pytest

from bot.core.back_office import OrderStatus, TicketRequest
from bot.core.errors import Refused, Unavailable
from bot.core.facts import Fact, Facts
from bot.integrations.back_office_http import HttpBackOffice, Patience
from bot.integrations.back_office_wire import signature
from bot.integrations.breaker import Breaker
from tests.back_office_server import BASE, SECRET, BackOfficeServer, Handler
from tests.fakes import MONDAY_MORNING

ORDER: Mapping[str, Any] = {
    "number": "48213",
    "status": "shipped",
    "placed": "2026-11-09T17:20:00Z",
    "changed": "2026-11-21T06:45:00Z",
    "promised": "2026-11-26",
}
SHORT = Patience(connect=0.3, total=0.6)
SLACK = 1.0  # seconds; the machine may do other things too
REQUEST = TicketRequest("TSVZ79SS5", "complaint_delivery_delay", MONDAY_MORNING)


@pytest.fixture
def office(server: BackOfficeServer) -> HttpBackOffice:
    server.orders["48213"] = ORDER
    return an_office(server.url)


def an_office(url: str, *, secret: str = SECRET, **options: Any) -> HttpBackOffice:
    return HttpBackOffice(url, secret, patience=SHORT, **options)


def refuses(office: HttpBackOffice, number: str = "48213") -> Unavailable:
    with pytest.raises(Unavailable) as error:
        office.order(number)
    return error.value


def test_an_order_is_read(office: HttpBackOffice):
    order = office.order("48213")

    assert order is not None
    assert (order.status, order.promised) == (OrderStatus.SHIPPED, date(2026, 11, 26))


def test_an_order_that_does_not_exist_is_none(office: HttpBackOffice):
    assert office.order("99999") is None


@pytest.mark.parametrize("number", ["A/12 3", "../../admin", "?x=1", "100%", "à"])
def test_whatever_the_number_it_stays_one_piece_of_the_path_and_is_signed_as_sent(
    office: HttpBackOffice, server: BackOfficeServer, number: str
):
    server.orders[number] = {**ORDER, "number": number}

    order = office.order(number)

    assert order is not None
    assert order.number == number
    assert server.asked[-1].startswith(f"GET {BASE}/v1/orders/")
    assert "/" not in server.asked[-1].removeprefix(f"GET {BASE}/v1/orders/")


def test_a_ticket_is_opened_once_and_found_again(office: HttpBackOffice, server: BackOfficeServer):
    facts = Facts((Fact("place", "Forlì", "forlì", 1),))

    tickets = {office.open_ticket(REQUEST), office.open_ticket(REQUEST)}

    assert [ticket.number for ticket in tickets] == ["TK000001"]
    assert len(server.tickets) == 1
    office.open_ticket(TicketRequest("TKVQ97QR6", "complaint_refund", MONDAY_MORNING, facts=facts))
    assert server.bodies[-1]["facts"] == [{"name": "place", "value": "Forlì", "text": "forlì"}]


def test_a_wrong_secret_is_refused_by_the_server(server: BackOfficeServer):
    server.orders["48213"] = ORDER

    assert "signature_wrong" in str(refuses(an_office(server.url, secret="another secret of thirty-two letters")))


def test_a_request_that_was_signed_too_long_ago_is_refused_by_the_server(server: BackOfficeServer):
    late = an_office(server.url, now=lambda: time.time() - 301)

    assert "timestamp_stale" in str(refuses(late))


@pytest.mark.parametrize("change", ["method", "path", "body", "timestamp"])
def test_a_signature_holds_for_nothing_but_what_was_signed(server: BackOfficeServer, change: str):
    now = int(time.time())
    said = {"timestamp": now, "method": "POST", "path": f"{BASE}/v1/tickets", "body": b'{"case_code": "TSVZ79SS5"}'}
    other = {
        "timestamp": now - 1,
        "method": "GET",
        "path": f"{BASE}/v1/tickets?x=1",
        "body": b'{"case_code": "TSVZ79SS6"}',
    }
    sent = {**said, change: other[change]}
    headers = {
        "X-Teorema-Timestamp": str(sent["timestamp"]),
        "X-Teorema-Signature": "v1=" + signature(SECRET, **said),
        "Idempotency-Key": "TSVZ79SS5",
    }
    url = server.url.removesuffix(BASE) + str(sent["path"])

    answer = httpx.request(str(sent["method"]), url, content=bytes(sent["body"]), headers=headers)

    assert (answer.status_code, answer.json()) == (401, {"error": "signature_wrong"})
    assert server.tickets == {}


def replying(status: int, body: Mapping[str, Any] | bytes) -> Callable[[Handler], None]:
    return lambda handler: handler.reply(status, body)


@pytest.mark.parametrize(
    "spoil",
    [
        replying(500, {"error": "oops"}),
        replying(503, b"<html>maintenance</html>"),
        replying(429, {"error": "slow_down"}),
        replying(404, b"<html>wrong address</html>"),
        replying(404, {}),
        replying(302, {"error": "elsewhere"}),
        replying(204, b""),
        replying(200, b"<html>login</html>"),
        replying(200, b'{"number": "48213", "status'),
        replying(200, {**ORDER, "status": "teleported"}),
        replying(200, {"items": "x" * 300_000}),
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort") and None,
        lambda handler: handler.wfile.write(b"not even HTTP\r\n\r\n") and None,
        lambda handler: handler.connection.shutdown(socket.SHUT_RDWR),
    ],
    ids=[
        "500", "503", "429", "404 of another server", "404 without a word", "redirect", "nothing", "a page",
        "half of JSON", "unknown status", "too large", "cut off", "no HTTP", "hung up",
    ],
)  # fmt: skip
def test_an_answer_outside_the_contract_is_no_answer(
    office: HttpBackOffice, server: BackOfficeServer, spoil: Callable[[Handler], None]
):
    server.spoil = spoil

    refuses(office)


def test_a_number_that_the_back_office_cannot_read_is_an_unknown_order(
    office: HttpBackOffice, server: BackOfficeServer
):
    server.spoil = replying(422, {"error": "order_malformed"})

    assert office.order("48213") is None


@pytest.mark.parametrize("status", [400, 409, 422])
def test_a_ticket_that_is_refused_is_told_apart_from_a_failure(
    office: HttpBackOffice, server: BackOfficeServer, status: int
):
    server.spoil = replying(status, {"error": "category_unknown"})

    with pytest.raises(Refused, match="category_unknown"):
        office.open_ticket(REQUEST)


def never_ends(handler: Handler) -> None:
    """A byte now and then: each comes in time, the whole never."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    for _ in range(40):
        time.sleep(0.1)
        handler.wfile.write(b" ")


@contextmanager
def deaf() -> Iterator[str]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def seconds_until_refused(office: HttpBackOffice) -> float:
    begun = time.monotonic()
    refuses(office)
    return time.monotonic() - begun


@pytest.mark.parametrize("spoil", [lambda handler: time.sleep(4), never_ends], ids=["silence", "a trickle"])
def test_slowness_costs_no_more_than_our_patience(
    office: HttpBackOffice, server: BackOfficeServer, spoil: Callable[[Handler], None]
):
    server.spoil = spoil

    assert SHORT.total * 0.9 < seconds_until_refused(office) < SHORT.total + SLACK


def test_a_deaf_port_costs_no_more_either():
    with deaf() as url:
        assert seconds_until_refused(an_office(url)) < SHORT.total + SLACK


def test_a_name_server_that_hangs_costs_no_more_either(monkeypatch: pytest.MonkeyPatch, server: BackOfficeServer):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(2))

    assert seconds_until_refused(an_office(server.url.replace("127.0.0.1", "erp.example"))) < SHORT.total + SLACK


def test_a_port_where_nobody_listens_is_a_failure_like_any_other():
    with deaf() as url:
        pass

    assert "ConnectError" in str(refuses(an_office(url)))


def test_after_three_failures_the_back_office_is_left_in_peace_and_found_again(server: BackOfficeServer):
    watch = [0.0]
    office = an_office(server.url, breaker=Breaker(failures=3, rest=30.0, seconds=lambda: watch[0]))
    server.orders["48213"] = ORDER
    server.spoil = replying(500, {})
    for _ in range(5):
        refuses(office)
    assert len(server.asked) == 3

    server.spoil = None
    watch[0] = 30.0

    assert office.order("48213") is not None
    assert office.order("48213") is not None


def test_a_customer_who_waits_is_answered_at_once_while_it_rests(server: BackOfficeServer):
    office = an_office(server.url)
    server.spoil = lambda handler: time.sleep(4)
    for _ in range(3):
        refuses(office)

    assert seconds_until_refused(office) < SHORT.total / 2


def test_an_unknown_order_is_an_answer_and_no_failure(office: HttpBackOffice, server: BackOfficeServer):
    for _ in range(5):
        assert office.order("99999") is None

    assert len(server.asked) == 5


def test_many_ask_at_once(office: HttpBackOffice):
    found: list[object] = []
    asking = [Thread(target=lambda: found.append(office.order("48213"))) for _ in range(12)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()

    assert len(found) == 12
    assert None not in found


def test_a_ping_shows_a_good_and_a_bad_secret(server: BackOfficeServer):
    an_office(server.url).ping()

    with pytest.raises(Unavailable, match="signature_wrong"):
        an_office(server.url, secret="another secret of thirty-two letters").ping()


def test_the_secret_is_never_written_down(
    office: HttpBackOffice, server: BackOfficeServer, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    office.order("48213")
    server.spoil = replying(500, {})

    assert SECRET not in str(refuses(office))
    assert SECRET not in caplog.text
