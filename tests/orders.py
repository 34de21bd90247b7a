"""Orders and a back office in memory, around Monday 23 November 2026, ten in the morning in Rome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.core.back_office import (
    Appointment,
    AppointmentState,
    Order,
    OrderStatus,
    Refund,
    Ticket,
    TicketRequest,
)
from bot.core.facts import Fact, Facts
from tests.fakes import MONDAY_MORNING, ROME

NUMBER = "48213"
NAMED = Facts((Fact("order_number", NUMBER, NUMBER, 1),))
TODAY = MONDAY_MORNING.astimezone(ROME).date()


def day(ahead: int) -> date:
    """A day counted from Monday."""
    return TODAY + timedelta(days=ahead)


def an_order(status: str = "shipped", *, changed: float = -2, promised: int | None = 3, **changes: Any) -> Order:
    """An order of two weeks ago; `changed` and `promised` count days from Monday."""
    order = Order(
        NUMBER,
        OrderStatus(status),
        placed=MONDAY_MORNING - timedelta(days=14),
        changed=MONDAY_MORNING + timedelta(days=changed),
        promised=None if promised is None else day(promised),
    )
    return replace(order, **changes)


def a_visit(ahead: int, state: str = "planned", *, hours: tuple[int, int] = (9, 11)) -> Appointment:
    """A visit so many days from Monday, in Rome's hours."""
    start, end = (datetime.combine(day(ahead), time(hour), ROME) for hour in hours)
    return Appointment("assembly", start, end, AppointmentState(state))


def a_refund(ahead: int, *, paid: bool) -> Refund:
    return Refund(Decimal("49.00"), day(ahead), paid)


class FakeBackOffice:
    """Knows these orders, keeps tickets by case code, and fails when told to."""

    def __init__(self, *orders: Order, failure: Exception | None = None) -> None:
        self._orders = {order.number: order for order in orders}
        self.failure = failure
        self.asked: list[str] = []
        self.requests: list[TicketRequest] = []
        self.tickets: dict[str, Ticket] = {}

    def order(self, number: str) -> Order | None:
        self.asked.append(number)
        self._fail()
        return self._orders.get(number)

    def open_ticket(self, request: TicketRequest) -> Ticket:
        self.requests.append(request)
        self._fail()
        new = Ticket(f"TK{len(self.tickets) + 1}", request.case_code, MONDAY_MORNING)
        return self.tickets.setdefault(request.case_code, new)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
