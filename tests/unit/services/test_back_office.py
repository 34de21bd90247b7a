from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from bot.core.back_office import Order
from bot.core.errors import Unavailable
from bot.core.facts import Facts
from bot.core.order_news import News
from bot.core.turn import Part, Turn
from bot.services.back_office import SEARCH, near_day, order_news
from tests.fakes import a_case, a_turn
from tests.orders import NAMED, NUMBER, FakeBackOffice, a_refund, a_visit, an_order, day

LATE = "complaint_delivery_delay"
RESPONSES = yaml.safe_load(Path("nlu_data/orders/responses.yml").read_text(encoding="utf-8"))["responses"]


def a_turn_that_knows(*orders: Order, failure: Exception | None = None, **dossier: object) -> Turn:
    turn = a_turn("dov'è il mio ordine?", **dossier)
    turn.back_office = FakeBackOffice(*orders, failure=failure)
    return turn


def said_of(order: Order, category: str | None = None) -> Part | None:
    return next(iter(order_news(a_turn_that_knows(order), NAMED, category)), None)


@pytest.mark.parametrize(
    ("order", "news", "values"),
    [
        (an_order("received", promised=9), "expected", {"where": "where_received", "due": "mercoledì 2 dicembre"}),
        (an_order("preparing", promised=1), "expected", {"where": "where_preparing", "due": "near_tomorrow"}),
        (an_order("preparing", promised=None), "last_seen", {"where": "where_preparing", "moved": "sabato 21"}),
        (an_order("shipped"), "shipped", {"moved": "sabato 21", "due": "giovedì 26"}),
        (
            an_order("out_for_delivery", changed=-1, promised=None),
            "last_seen",
            {"where": "where_shipped", "moved": "near_yesterday"},
        ),
        (an_order("out_for_delivery", changed=0), "out_for_delivery", {}),
        (an_order("received", promised=-1), "late", {"still": "still_received", "due": "near_yesterday"}),
        (
            an_order("out_for_delivery", changed=-1, promised=-1),
            "late",
            {"still": "still_shipped", "due": "near_yesterday"},
        ),
        (an_order("delivered", changed=-1), "delivered", {"moved": "near_yesterday"}),
        (an_order("returned", changed=-10), "returned", {"moved": "venerdì 13 novembre"}),
        (an_order("cancelled", changed=-0.1), "cancelled", {"moved": "near_today"}),
        (
            an_order("returned", refund=a_refund(-4, paid=True)),
            "refund_paid",
            {"amount": "49,00\u00a0€", "refunded": "giovedì 19"},
        ),
        (
            an_order("cancelled", refund=a_refund(0, paid=False)),
            "refund_planned",
            {"amount": "49,00\u00a0€", "refunded": "near_today"},
        ),
        (an_order(appointments=(a_visit(3),)), "appointment", {"day": "giovedì 26", "window": "window|9|11"}),
        (
            an_order("delivered", appointments=(a_visit(-3, "missed"),)),
            "appointment_missed",
            {"missed": "missed_one|venerdì 20"},
        ),
        (
            an_order("delivered", appointments=(a_visit(-1, "missed"), a_visit(-5, "missed"))),
            "appointment_missed",
            {"missed": "missed_many|2|near_yesterday"},
        ),
    ],
)
def test_the_news_of_an_order_in_words(order: Order, news: str, values: dict[str, str]):
    assert said_of(order) == Part(f"utter_order_{news}", {"order": NUMBER, **values})


ALL_NEWS = [
    (an_order("received"), None),
    (an_order("shipped"), None),
    (an_order("shipped", promised=None), None),
    (an_order("out_for_delivery", changed=0), None),
    (an_order("shipped", promised=-1), None),
    (an_order("delivered"), None),
    (an_order("delivered"), LATE),
    (an_order("returned"), None),
    (an_order("cancelled"), None),
    (an_order("returned", refund=a_refund(-4, paid=True)), None),
    (an_order("returned", refund=a_refund(4, paid=False)), None),
    (an_order(appointments=(a_visit(3),)), None),
    (an_order("delivered", appointments=(a_visit(-3, "missed"),)), None),
]


def test_every_kind_of_news_is_said():
    said = {part.response for order, category in ALL_NEWS if (part := said_of(order, category))}

    assert said == {f"utter_order_{news.value}" for news in News}


@pytest.mark.parametrize(("order", "category"), ALL_NEWS)
def test_a_sentence_says_everything_there_is_to_say_and_nothing_else(order: Order, category: str | None):
    part = said_of(order, category)
    assert part is not None

    for variation in RESPONSES[part.response]:
        assert sorted(re.findall(r"{(\w+)}", variation["text"])) == sorted(part.values)
        assert all(part.values.values())


def test_what_is_said_about_orders_can_be_read_by_somebody_who_is_angry():
    texts = [variation["text"] for variations in RESPONSES.values() for variation in variations]

    assert not [text for text in texts if re.search(r"!|[\u2600-\u27bf\U0001f000-\U0001faff]", text)]


@pytest.mark.parametrize("address", ["tu", "lei"])
def test_a_delivery_that_never_came_is_never_denied(address: str):
    """Whoever says that nothing came is believed, and a search begins: in every sentence there is."""
    sentences = [
        variation["text"]
        for variation in RESPONSES["utter_order_delivered_disputed"]
        if variation.get("condition", [{"value": "tu"}])[0]["value"] == address
    ]

    assert len(sentences) >= 5
    assert [text for text in sentences if not re.search(r"ricerca|si cerca", text)] == []
    assert [text for text in sentences if re.search(r"risulta|\bse\b", text, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (day(0), "near_today"),
        (day(-1), "near_yesterday"),
        (day(1), "near_tomorrow"),
        (day(-2), "sabato 21"),
        (day(7), "lunedì 30"),
        (day(8), "martedì 1 dicembre"),
        (day(-30), "sabato 24 ottobre"),
        (date(2025, 11, 17), "lunedì 17 novembre 2025"),
    ],
)
def test_a_day_as_people_say_it(when: date, words: str):
    assert near_day(a_turn(), when) == words


def test_hours_with_minutes_keep_them():
    visit = a_visit(3)

    part = said_of(an_order(appointments=(replace(visit, start=visit.start + timedelta(minutes=30)),)))

    assert part is not None
    assert part.values["window"] == "window|9:30|11"


def test_without_an_order_number_nobody_is_asked():
    turn = a_turn_that_knows(an_order())

    assert order_news(turn, Facts()) == []
    assert turn.back_office.asked == []


def test_an_unknown_order_is_no_news():
    assert order_news(a_turn_that_knows(), NAMED) == []


def test_without_a_back_office_there_is_no_news():
    assert order_news(a_turn(), NAMED) == []


@pytest.mark.parametrize("failure", [Unavailable("back_office_slow", seconds=1.5), RuntimeError("a fault of ours")])
def test_a_failure_is_no_news_and_leaves_a_trace(failure: Exception, caplog: pytest.LogCaptureFixture):
    assert order_news(a_turn_that_knows(an_order(), failure=failure), NAMED) == []
    assert "no news of an order" in caplog.text


def test_a_disputed_delivery_is_written_into_the_case_to_be_looked_for():
    case = a_case(category=LATE)
    turn = a_turn_that_knows(an_order("delivered"), cases=(case,))

    (part,) = order_news(turn, NAMED, LATE)

    assert part.response == "utter_order_delivered_disputed"
    assert [(event.kind, event.note) for event in turn.changed[case.code].history] == [(SEARCH, NUMBER)]


def test_a_search_that_was_announced_is_not_announced_again():
    turn = a_turn_that_knows(an_order("delivered"), cases=(a_case(category=LATE),))
    order_news(turn, NAMED, LATE)

    assert order_news(turn, NAMED, LATE) == []
    assert len(turn.changed[a_case().code].history) == 1
