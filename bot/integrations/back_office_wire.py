"""The language spoken with a company's back office: JSON and signatures (docs/back-office-api.md)."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, Field, validator

from bot.core.back_office import (
    Appointment,
    AppointmentState,
    Item,
    Order,
    OrderStatus,
    Refund,
    Ticket,
    TicketRequest,
)


def signature(secret: str, *, timestamp: int, method: str, path: str, body: bytes) -> str:
    """HMAC-SHA256, in hexadecimal, of "timestamp LF method LF path LF body"; the path as sent, query included."""
    signed = f"{timestamp}\n{method}\n{path}\n".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def ticket_body(request: TicketRequest) -> bytes:
    """A ticket request as JSON."""
    facts = [{"name": fact.name, "value": fact.value, "text": fact.text} for fact in request.facts]
    body = {
        "case_code": request.case_code,
        "category": request.category,
        "department": request.department,
        "severity": list(request.severity),
        "asks": list(request.asks),
        "facts": facts,
        "opened": request.opened.isoformat(),
    }
    return json.dumps(body, ensure_ascii=False).encode()


def read_order(body: bytes) -> Order:
    """An order; raises ValueError when the JSON is not one."""
    return _Order.parse_raw(body).value()


def read_ticket(body: bytes, *, case_code: str) -> Ticket:
    """The ticket of a case; raises ValueError when the JSON is not one."""
    read = _Ticket.parse_raw(body)
    return Ticket(read.number, case_code, read.opened)


def read_error(body: bytes) -> str:
    """The `error` of a refusal, or nothing when it is not in the contract's shape."""
    try:
        read = json.loads(body)
    except ValueError:
        return ""
    return str(read.get("error", "")) if isinstance(read, dict) else ""


class _Read(BaseModel):
    """What we are sent; fields that we do not know are for others."""

    @validator("*")
    def _zoned(cls, value: Any) -> Any:
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value


class _Item(_Read):
    name: str
    quantity: int = 1


class _Appointment(_Read):
    kind: Literal["delivery", "assembly", "repair", "pickup"]
    start: datetime
    end: datetime
    state: AppointmentState


class _Refund(_Read):
    amount: Decimal = Field(..., gt=0, lt=10_000_000)
    currency: str = Field("EUR", regex="^[A-Z]{3}$")
    day: date
    state: Literal["planned", "paid"]


class _Order(_Read):
    number: str
    status: OrderStatus
    placed: datetime
    changed: datetime
    promised: date | None = None
    items: tuple[_Item, ...] = ()
    appointments: tuple[_Appointment, ...] = ()
    refund: _Refund | None = None

    def value(self) -> Order:
        return Order(
            number=self.number,
            status=self.status,
            placed=self.placed,
            changed=self.changed,
            promised=self.promised,
            items=tuple(Item(one.name, one.quantity) for one in self.items),
            appointments=tuple(Appointment(one.kind, one.start, one.end, one.state) for one in self.appointments),
            refund=_refund(self.refund),
        )


def _refund(read: _Refund | None) -> Refund | None:
    return Refund(read.amount, read.day, paid=read.state == "paid", currency=read.currency) if read else None


class _Ticket(_Read):
    number: str = Field(..., min_length=1, max_length=64)
    opened: datetime
