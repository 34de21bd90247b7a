"""News of an order: of all that the back office knows, the one thing that matters to this customer now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from bot.core.back_office import AppointmentState, Order, OrderStatus


class News(str, Enum):
    """What there is to tell about an order; the value names the response that says it."""

    APPOINTMENT = "appointment"
    APPOINTMENT_MISSED = "appointment_missed"
    REFUND_PAID = "refund_paid"
    REFUND_PLANNED = "refund_planned"
    EXPECTED = "expected"
    LAST_SEEN = "last_seen"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    LATE = "late"
    DELIVERED = "delivered"
    DELIVERED_DISPUTED = "delivered_disputed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


_ON_ITS_WAY = frozenset({News.EXPECTED, News.LAST_SEEN, News.SHIPPED, News.OUT_FOR_DELIVERY, News.LATE})
_VISITS = frozenset({News.APPOINTMENT, News.APPOINTMENT_MISSED})
_OVER = frozenset({News.RETURNED, News.CANCELLED})
_MONEY = frozenset({News.REFUND_PAID, News.REFUND_PLANNED})
_MISSING = _ON_ITS_WAY | _OVER | {News.APPOINTMENT, News.DELIVERED}
_HOW_WE_TREATED_THEM = _ON_ITS_WAY | _VISITS | _MONEY | _OVER

_ENDS = {
    OrderStatus.DELIVERED: News.DELIVERED,
    OrderStatus.RETURNED: News.RETURNED,
    OrderStatus.CANCELLED: News.CANCELLED,
}
_NEVER_CAME = frozenset({"complaint_delivery_delay", "complaint_lost_item"})
_OF_INTEREST: Mapping[str, frozenset[News]] = {
    "complaint_delivery_delay": _MISSING,
    "complaint_lost_item": _MISSING,
    "complaint_missed_appointment": _VISITS | _ON_ITS_WAY,
    "complaint_defective_product": frozenset({News.APPOINTMENT}),
    "complaint_refund": _MONEY | _OVER,
    "complaint_cancellation": _MONEY | _OVER,
    "complaint_no_reply": _HOW_WE_TREATED_THEM,
    "complaint_bounced": _HOW_WE_TREATED_THEM,
    "complaint_broken_promise": _HOW_WE_TREATED_THEM,
}


def news_of(
    order: Order, *, category: str | None = None, told: datetime | None = None, now: datetime, zone: ZoneInfo
) -> News | None:
    """The one thing about an order that matters to somebody with a problem of this category, or None.

    Without a category everything matters. `told` is when they told the problem (now, unless given): an order that was
    delivered before somebody said that it never came is disputed, one delivered afterwards is simply delivered.
    """
    if category in _NEVER_CAME and order.status is OrderStatus.DELIVERED and order.changed <= (told or now):
        return News.DELIVERED_DISPUTED
    wanted = _OF_INTEREST.get(category, frozenset()) if category else frozenset(News)
    today = now.astimezone(zone).date()
    found = _visits(order, now), _money(order, today), _ENDS.get(order.status) or _under_way(order, today, zone)
    return next((news for news in found if news in wanted), None)


def _visits(order: Order, now: datetime) -> News | None:
    if order.planned(now):
        return News.APPOINTMENT
    missed = order.missed()
    if not missed:
        return None
    made_good = any(one.state is AppointmentState.DONE and one.start > missed[-1].start for one in order.appointments)
    return None if made_good else News.APPOINTMENT_MISSED


def _money(order: Order, today: date) -> News | None:
    if order.refund is None:
        return None
    if order.refund.paid:
        return News.REFUND_PAID
    return News.REFUND_PLANNED if order.refund.day >= today else None


def _under_way(order: Order, today: date, zone: ZoneInfo) -> News:
    """What is true of an order that has not ended, the most telling thing first."""
    if order.status is OrderStatus.OUT_FOR_DELIVERY and order.changed.astimezone(zone).date() == today:
        return News.OUT_FOR_DELIVERY
    if order.promised is None:
        return News.LAST_SEEN
    if order.promised < today:
        return News.LATE
    return News.EXPECTED if order.status in (OrderStatus.RECEIVED, OrderStatus.PREPARING) else News.SHIPPED
