"""The back office that needs nothing else: orders and tickets in our own database."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine, Row
from sqlalchemy.exc import IntegrityError

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
from bot.core.errors import Refused
from bot.core.ports import Clock
from bot.integrations.tables import bo_appointment, bo_order, bo_order_item, bo_ticket
from bot.storage.guard import unavailable_when_down


class EmbeddedBackOffice:
    """`BackOffice` on the tables `bo_*`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    @unavailable_when_down
    def order(self, number: str) -> Order | None:
        """The order of this number, or None."""
        with self._engine.connect().execution_options(read_only=True) as session:
            row = session.execute(select(bo_order).where(bo_order.c.number == number)).one_or_none()
            if row is None:
                return None
            items = select(bo_order_item).where(bo_order_item.c.order_id == row.id).order_by(bo_order_item.c.id)
            visits = select(bo_appointment).where(bo_appointment.c.order_id == row.id)
            visits = visits.order_by(bo_appointment.c.window_start)
            return _order(row, session.execute(items).all(), session.execute(visits).all())

    @unavailable_when_down
    def open_ticket(self, request: TicketRequest) -> Ticket:
        """Open the ticket of a case, or find the one it has; raises Refused when the case has been erased."""
        try:
            with self._engine.begin() as session:
                session.execute(insert(bo_ticket).values(opened=self._clock.now(), **_ticket_columns(request)))
        except IntegrityError:
            pass  # it has one already; which, is read below
        with self._engine.connect().execution_options(read_only=True) as session:
            row = session.execute(select(bo_ticket).where(bo_ticket.c.case_code == request.case_code)).one_or_none()
        if row is None:
            raise Refused("case_gone")
        return Ticket(f"TK{row.id:06d}", row.case_code, row.opened)

    @unavailable_when_down
    def orders(self) -> int:
        """How many orders are known."""
        with self._engine.connect().execution_options(read_only=True) as session:
            return int(session.execute(select(func.count()).select_from(bo_order)).scalar_one())


def _order(row: Row, items: list[Row], visits: list[Row]) -> Order:
    return Order(
        number=row.number,
        status=OrderStatus(row.status),
        placed=row.placed,
        changed=row.changed,
        promised=row.promised,
        items=tuple(Item(item.name, item.quantity) for item in items),
        appointments=tuple(
            Appointment(visit.kind, visit.window_start, visit.window_end, AppointmentState(visit.state))
            for visit in visits
        ),
        refund=_refund(row),
    )


def _refund(row: Row) -> Refund | None:
    if row.refund_cents is None:
        return None
    return Refund(Decimal(row.refund_cents) / 100, row.refund_day, paid=row.refund_state == "paid")


def _ticket_columns(request: TicketRequest) -> dict[str, object]:
    return {
        "case_code": request.case_code,
        "category": request.category,
        "department": request.department,
        "severity": list(request.severity),
        "facts": [asdict(fact) for fact in request.facts],
        "asks": list(request.asks),
    }
