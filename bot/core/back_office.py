"""What the company's back office knows (orders, appointments, refunds, tickets) and what we ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Protocol

from bot.core.case import Case
from bot.core.errors import Unavailable
from bot.core.facts import Facts


class OrderStatus(str, Enum):
    """Where an order is; `returned` means that the goods are back with us, whoever sent them."""

    RECEIVED = "received"
    PREPARING = "preparing"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class AppointmentState(str, Enum):
    """Where an appointment stands; `moved` means that another one took its place."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    MOVED = "moved"


@dataclass(frozen=True)
class Item:
    """A line of an order."""

    name: str
    quantity: int = 1


@dataclass(frozen=True)
class Appointment:
    """A visit for an order (`delivery`, `assembly`, `repair`, `pickup`) in a window of time (UTC)."""

    kind: str
    start: datetime
    end: datetime
    state: AppointmentState = AppointmentState.PLANNED


@dataclass(frozen=True)
class Refund:
    """Money that goes back: on `day` it was paid, or will be; `currency` is an ISO 4217 code."""

    amount: Decimal
    day: date
    paid: bool
    currency: str = "EUR"


@dataclass(frozen=True)
class Order:
    """An order with its visits; `changed` is when its status last changed (UTC), `promised` the day of delivery."""

    number: str
    status: OrderStatus
    placed: datetime
    changed: datetime
    promised: date | None = None
    items: tuple[Item, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    refund: Refund | None = None

    def missed(self) -> tuple[Appointment, ...]:
        """The visits to which nobody came, oldest first."""
        return tuple(
            sorted(
                (one for one in self.appointments if one.state is AppointmentState.MISSED), key=lambda one: one.start
            )
        )

    def planned(self, now: datetime) -> Appointment | None:
        """The next visit whose window is not over."""
        ahead = [one for one in self.appointments if one.state is AppointmentState.PLANNED and one.end > now]
        return min(ahead, key=lambda one: one.start) if ahead else None


@dataclass(frozen=True)
class TicketRequest:
    """A case as the company's people need it; `asks` is what to do right away (`delivery_search`)."""

    case_code: str
    category: str
    opened: datetime
    department: str = ""
    severity: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ticket:
    """A case as the back office keeps it."""

    number: str
    case_code: str
    opened: datetime


class BackOffice(Protocol):
    """The company's own systems. Every method raises Unavailable when they fail or take too long."""

    def order(self, number: str) -> Order | None:
        """The order of this number with everything about it, in one question; None when there is none."""
        ...

    def open_ticket(self, request: TicketRequest) -> Ticket:
        """Open the ticket of a case, or find the one it has: a case code never gets two.

        Raises Refused when the request is wrong and would be refused again.
        """
        ...


class NoBackOffice:
    """A company whose systems we cannot see."""

    def order(self, number: str) -> Order | None:
        """Nothing is known."""
        return None

    def open_ticket(self, request: TicketRequest) -> Ticket:
        """Nobody is there to take it."""
        raise Unavailable("no_back_office")


@dataclass(frozen=True)
class UntoldCase:
    """A case that the back office does not know yet, taken by whoever reads this; `tries` counts this one too."""

    case: Case
    tries: int


class TicketBook(Protocol):
    """Which cases have a ticket, and whose turn it is to open one."""

    def claim(self, *, at: datetime, lease: timedelta) -> UntoldCase | None:
        """Take an open case without a ticket; nobody else gets it before `lease` has passed."""
        ...

    def note(self, untold: UntoldCase, ticket: Ticket, *, at: datetime) -> None:
        """The case has its ticket."""
        ...

    def postpone(self, untold: UntoldCase, *, until: datetime) -> None:
        """It could not be opened: nobody tries before then."""
        ...
