from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.core.back_office import AppointmentState, Item, OrderStatus, Refund, TicketRequest
from bot.core.facts import Fact, Facts
from bot.integrations.back_office_wire import read_error, read_order, read_ticket, signature, ticket_body

MANUAL = Path("docs/back-office-api.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", MANUAL, re.DOTALL)]
ORDER: dict[str, Any] = next(example for example in EXAMPLES if "status" in example)
TICKET: dict[str, Any] = next(example for example in EXAMPLES if "case_code" in example)


def spoiled(**changes: Any) -> bytes:
    return json.dumps({**ORDER, **changes}).encode()


def test_the_order_of_the_manual_is_read_whole():
    order = read_order(spoiled())

    assert (order.number, order.status, order.promised) == ("48213", OrderStatus.SHIPPED, date(2026, 11, 19))
    assert order.changed == datetime(2026, 11, 17, 6, 45, tzinfo=timezone.utc)
    assert order.items == (Item("Poltrona Domenica", 1),)
    assert order.refund == Refund(Decimal("49.00"), date(2026, 11, 24), paid=False)
    (visit,) = order.appointments
    assert (visit.kind, visit.state, visit.end - visit.start) == (
        "delivery",
        AppointmentState.PLANNED,
        timedelta(hours=2),
    )


def test_what_may_be_left_out_may_be():
    least = {name: ORDER[name] for name in ("number", "status", "placed", "changed")}

    order = read_order(json.dumps(least).encode())

    assert (order.promised, order.items, order.appointments, order.refund) == (None, (), (), None)


def test_fields_of_others_are_ignored():
    assert read_order(spoiled(warehouse="Udine")).number == "48213"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"null",
        b'{"number": "48213"}',
        "{}".encode("utf-16"),
        spoiled(status="lost"),
        spoiled(changed="ieri"),
        spoiled(changed="2026-11-17T06:45:00"),
        spoiled(promised="presto"),
        spoiled(
            appointments=[{"kind": "party", "start": ORDER["placed"], "end": ORDER["changed"], "state": "planned"}]
        ),
        spoiled(refund={"amount": "-3", "day": "2026-11-24", "state": "paid"}),
        spoiled(refund={"amount": "NaN", "day": "2026-11-24", "state": "paid"}),
    ],
)
def test_anything_else_is_not_an_order(body: bytes):
    with pytest.raises(ValueError):  # noqa: PT011
        read_order(body)


def test_the_ticket_of_the_manual_is_what_is_sent():
    request = TicketRequest(
        case_code="T6QYJ5XIA",
        category="complaint_missed_appointment",
        opened=datetime(2026, 11, 20, 15, 30, tzinfo=timezone.utc),
        department="Montaggi e assistenza a domicilio",
        facts=Facts((Fact("order_number", "48213", "ordine 48213", 7),)),
        asks=("delivery_search",),
    )

    assert json.loads(ticket_body(request)) == TICKET


@pytest.mark.parametrize("body", [b"{}", b'{"number": "", "opened": "2026-11-20T15:30:04Z"}', b'{"number": "TK1"}'])
def test_a_ticket_without_number_or_time_is_none(body: bytes):
    with pytest.raises(ValueError):  # noqa: PT011
        read_ticket(body, case_code="T6QYJ5XIA")


@pytest.mark.parametrize(
    ("body", "error"), [(b'{"error": "order_unknown"}', "order_unknown"), (b"<html>", ""), (b"[]", ""), (b"{}", "")]
)
def test_the_word_of_a_refusal(body: bytes, error: str):
    assert read_error(body) == error


def test_the_signature_of_the_manual_is_ours():
    found = re.search(r"POST (\S+) +timestamp (\d+) +body (\{.*\})\nv1=(\w{64})", MANUAL)
    assert found

    made = signature(
        "0123456789abcdef" * 2, timestamp=int(found[2]), method="POST", path=found[1], body=found[3].encode()
    )

    assert made == found[4]
