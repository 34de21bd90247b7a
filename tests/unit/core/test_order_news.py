from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.back_office import Order
from bot.core.order_news import News, news_of
from tests.fakes import MONDAY_MORNING, ROME
from tests.orders import a_refund, a_visit, an_order

LATE, LOST = "complaint_delivery_delay", "complaint_lost_item"
MISSED, REFUND = "complaint_missed_appointment", "complaint_refund"


def news(order: Order, category: str | None = None, **told: object) -> News | None:
    return news_of(order, category=category, now=MONDAY_MORNING, zone=ROME, **told)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (an_order("received"), News.EXPECTED),
        (an_order("preparing", promised=0), News.EXPECTED),
        (an_order("received", promised=None), News.LAST_SEEN),
        (an_order("shipped"), News.SHIPPED),
        (an_order("shipped", promised=0), News.SHIPPED),
        (an_order("shipped", promised=None), News.LAST_SEEN),
        (an_order("received", promised=-1), News.LATE),
        (an_order("preparing", promised=-1), News.LATE),
        (an_order("shipped", promised=-1), News.LATE),
        (an_order("out_for_delivery", changed=-0.1, promised=0), News.OUT_FOR_DELIVERY),
        (an_order("out_for_delivery", changed=-0.1, promised=-3), News.OUT_FOR_DELIVERY),
        (an_order("out_for_delivery", changed=-1, promised=-1), News.LATE),
        (an_order("out_for_delivery", changed=-1, promised=1), News.SHIPPED),
        (an_order("delivered"), News.DELIVERED),
        (an_order("returned"), News.RETURNED),
        (an_order("cancelled"), News.CANCELLED),
        (an_order("cancelled", refund=a_refund(2, paid=False)), News.REFUND_PLANNED),
        (an_order("returned", refund=a_refund(-2, paid=True)), News.REFUND_PAID),
        (an_order("shipped", appointments=(a_visit(2),)), News.APPOINTMENT),
        (an_order("delivered", appointments=(a_visit(-2, "missed"),)), News.APPOINTMENT_MISSED),
    ],
)
def test_somebody_who_just_asks_hears_the_most_telling_thing(order: Order, expected: News):
    assert news(order) is expected


def test_a_van_that_left_yesterday_evening_in_rome_is_not_todays():
    """Half past eleven in the evening of Sunday is Sunday, whatever UTC says."""
    sunday_night = MONDAY_MORNING.replace(hour=22, minute=30) - timedelta(days=1)

    assert news(replace(an_order("out_for_delivery", promised=0), changed=sunday_night)) is News.SHIPPED


@pytest.mark.parametrize("category", [LATE, LOST])
def test_who_says_that_nothing_came_is_never_told_that_it_did(category: str):
    assert news(an_order("delivered"), category) is News.DELIVERED_DISPUTED


def test_a_visit_to_come_does_not_hide_a_delivery_that_is_disputed():
    assert news(an_order("delivered", appointments=(a_visit(2),)), LATE) is News.DELIVERED_DISPUTED


def test_what_was_delivered_after_they_complained_is_simply_delivered():
    before, after = MONDAY_MORNING - timedelta(days=3), MONDAY_MORNING - timedelta(days=1)

    assert news(an_order("delivered", changed=-2), LATE, told=before) is News.DELIVERED
    assert news(an_order("delivered", changed=-2), LATE, told=after) is News.DELIVERED_DISPUTED


@pytest.mark.parametrize(
    ("category", "order", "expected"),
    [
        (MISSED, an_order("delivered", appointments=(a_visit(-1, "missed"), a_visit(2))), News.APPOINTMENT),
        (MISSED, an_order("delivered", appointments=(a_visit(-1, "missed"),)), News.APPOINTMENT_MISSED),
        (MISSED, an_order("delivered"), None),
        (MISSED, an_order("shipped"), News.SHIPPED),
        (REFUND, an_order("returned", refund=a_refund(-1, paid=True)), News.REFUND_PAID),
        (REFUND, an_order("returned"), News.RETURNED),
        (REFUND, an_order("shipped"), None),
        ("complaint_defective_product", an_order("delivered"), None),
        ("complaint_defective_product", an_order("delivered", appointments=(a_visit(2),)), News.APPOINTMENT),
        ("complaint_no_reply", an_order("delivered"), None),
        ("complaint_no_reply", an_order("shipped", promised=-2), News.LATE),
        ("complaint_rude_staff", an_order("shipped"), None),
        ("privacy_request", an_order("shipped"), None),
    ],
)
def test_each_problem_has_its_own_news(category: str, order: Order, expected: News | None):
    assert news(order, category) is expected


def test_a_refund_whose_day_has_passed_unpaid_is_not_announced_again():
    assert news(an_order("returned", refund=a_refund(-1, paid=False))) is News.RETURNED


def test_a_missed_visit_that_was_made_good_is_no_news():
    visits = (a_visit(-5, "missed"), a_visit(-3, "done"))

    assert news(an_order("delivered", appointments=visits)) is News.DELIVERED


@pytest.mark.parametrize("state", ["done", "moved"])
def test_only_planned_visits_are_announced(state: str):
    assert news(an_order("shipped", appointments=(a_visit(2, state),))) is News.SHIPPED


def test_a_visit_is_announced_until_its_window_is_over():
    """At ten in the morning the window from nine to eleven is open, that from eight to ten is over."""
    under_way, over = a_visit(0, hours=(9, 11)), a_visit(0, hours=(8, 10))

    assert news(an_order("shipped", appointments=(under_way,))) is News.APPOINTMENT
    assert news(an_order("shipped", appointments=(over,))) is News.SHIPPED
