"""What the company's systems know, in words a person uses; without them the answer goes on as if nothing were known."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_currency

from bot.core.back_office import Appointment, Order, OrderStatus, Refund
from bot.core.errors import Unavailable
from bot.core.facts import Facts
from bot.core.order_news import News, news_of
from bot.core.turn import Part, Turn

log = logging.getLogger(__name__)

SEARCH = "search"
"""The event of a case whose delivery somebody has to look for."""

_LOCALE = "it_IT"
_A_WEEK, _HALF_A_YEAR = 7, 180  # days within which a date needs no month, and no year
_NEAR = {0: "utter_part_near_today", -1: "utter_part_near_yesterday", 1: "utter_part_near_tomorrow"}


def order_news(turn: Turn, facts: Facts, category: str | None = None, *, told: datetime | None = None) -> list[Part]:
    """One sentence with the news of the order that these facts name; nothing when there are none that matter.

    `category` is the problem it is about and `told` (UTC) when the customer told it, this turn unless given. What the
    data say is never held against the customer: a delivery that they did not get is looked for, which is said once and
    written into the case.
    """
    order = _known_order(turn, facts)
    if order is None:
        return []
    zone = turn.brand.hours.zone
    news = news_of(order, category=category, told=told, now=turn.now, zone=zone)
    if news is None:
        return []
    if news is News.DELIVERED_DISPUTED and category is not None and not _begins_search(turn, category, order):
        return []
    values = {name: _FILLERS[name](turn, order) for name in _SAYS[news]}
    return [Part(f"utter_order_{news.value}", {"order": order.number, **values})]


def near_day(turn: Turn, day: date) -> str:
    """A day as people say it: "ieri", "giovedì 12", "giovedì 12 novembre"."""
    ahead = (day - turn.now.astimezone(turn.brand.hours.zone).date()).days
    if ahead in _NEAR:
        return turn.phrases(_NEAR[ahead])
    length = "EEEE d" if abs(ahead) <= _A_WEEK else "EEEE d MMMM" if abs(ahead) <= _HALF_A_YEAR else "EEEE d MMMM y"
    return format_date(day, length, locale=_LOCALE)


def _known_order(turn: Turn, facts: Facts) -> Order | None:
    """The order that the customer named last; None when it is unknown or nobody can say in time."""
    number = facts.latest("order_number")
    if number is None:
        return None
    try:
        return turn.back_office.order(number.value)
    except Unavailable as error:
        log.warning("no news of an order: %s", error)
    except Exception:
        log.exception("no news of an order")  # whatever it is, the customer waits for an answer
    return None


def _begins_search(turn: Turn, category: str, order: Order) -> bool:
    """Write into the case that a delivery is to be looked for; false when it has been said already."""
    case = turn.case_for(category)
    if case is None:
        return True
    if any(event.kind == SEARCH and event.note == order.number for event in case.history):
        return False
    turn.put(case.with_event(SEARCH, at=turn.now, note=order.number))
    return True


def _near(turn: Turn, at: datetime) -> str:
    return near_day(turn, at.astimezone(turn.brand.hours.zone).date())


def _due(turn: Turn, order: Order) -> str:
    return near_day(turn, order.promised) if order.promised else ""


def _where(turn: Turn, order: Order) -> str:
    return turn.phrases(f"utter_part_where_{_place(order)}")


def _still(turn: Turn, order: Order) -> str:
    return turn.phrases(f"utter_part_still_{_place(order)}")


def _place(order: Order) -> str:
    """Where an order that has not ended is, as far as words go: a van that left yesterday is on the road."""
    return OrderStatus.SHIPPED.value if order.status is OrderStatus.OUT_FOR_DELIVERY else order.status.value


def _planned(turn: Turn, order: Order) -> Appointment:
    visit = order.planned(turn.now)
    assert visit is not None
    return visit


def _window(turn: Turn, order: Order) -> str:
    visit, zone = _planned(turn, order), turn.brand.hours.zone
    start, end = _hour(visit.start.astimezone(zone)), _hour(visit.end.astimezone(zone))
    return turn.phrases("utter_part_window", start=start, end=end)


def _hour(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02d}" if local.minute else str(local.hour)


def _missed(turn: Turn, order: Order) -> str:
    missed = order.missed()
    day = _near(turn, missed[-1].start)
    if len(missed) == 1:
        return turn.phrases("utter_part_missed_one", day=day)
    return turn.phrases("utter_part_missed_many", n=str(len(missed)), day=day)


def _refund(order: Order) -> Refund:
    assert order.refund is not None
    return order.refund


def _amount(refund: Refund) -> str:
    return format_currency(refund.amount, refund.currency, locale=_LOCALE)


_FILLERS: Mapping[str, Callable[[Turn, Order], str]] = {
    "moved": lambda turn, order: _near(turn, order.changed),
    "due": _due,
    "where": _where,
    "still": _still,
    "day": lambda turn, order: _near(turn, _planned(turn, order).start),
    "window": _window,
    "missed": _missed,
    "amount": lambda _, order: _amount(_refund(order)),
    "refunded": lambda turn, order: near_day(turn, _refund(order).day),
}
_SAYS: Mapping[News, tuple[str, ...]] = {
    News.APPOINTMENT: ("day", "window"),
    News.APPOINTMENT_MISSED: ("missed",),
    News.REFUND_PAID: ("amount", "refunded"),
    News.REFUND_PLANNED: ("amount", "refunded"),
    News.EXPECTED: ("where", "due"),
    News.LAST_SEEN: ("where", "moved"),
    News.SHIPPED: ("moved", "due"),
    News.OUT_FOR_DELIVERY: (),
    News.LATE: ("still", "due"),
    News.DELIVERED: ("moved",),
    News.DELIVERED_DISPUTED: ("moved",),
    News.RETURNED: ("moved",),
    News.CANCELLED: ("moved",),
}
"""What each sentence says beside the order's number."""
