"""The embedded back office, and the demo that fills it, on SQLite and PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Engine

from bot.core.back_office import AppointmentState, OrderStatus, TicketRequest
from bot.core.errors import Refused, Unavailable
from bot.core.facts import Fact, Facts
from bot.core.order_news import News, news_of
from bot.integrations.back_office_embedded import EmbeddedBackOffice
from bot.integrations.demo import load_demo_orders
from bot.integrations.tables import bo_appointment, bo_order, bo_order_item, bo_ticket
from bot.services.brand_file import load_brand
from bot.storage.engine import open_engine
from bot.storage.tables import case, case_event
from tests.fakes import MONDAY_MORNING, ROME, FakeClock, a_brand
from tests.integration.back_office.conftest import Cases

DEMO = load_brand(Path("brand.yml"))


@pytest.fixture
def office(engine: Engine) -> EmbeddedBackOffice:
    return EmbeddedBackOffice(engine, FakeClock())


@pytest.fixture
def demo(engine: Engine, office: EmbeddedBackOffice) -> EmbeddedBackOffice:
    load_demo_orders(engine, DEMO, now=MONDAY_MORNING)
    return office


def a_request(code: str = "TSVZ79SS5", **changes: object) -> TicketRequest:
    return replace(TicketRequest(code, "complaint_delivery_delay", MONDAY_MORNING), **changes)


def count(engine: Engine, table: object) -> int:
    with engine.connect() as session:
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def test_an_order_comes_back_with_everything_about_it(demo: EmbeddedBackOffice):
    order = demo.order("48213")

    assert order is not None
    assert (order.status, order.promised) == (OrderStatus.DELIVERED, (MONDAY_MORNING - timedelta(days=9)).date())
    assert [item.name for item in order.items] == ["Poltrona Domenica, blu ginepro", "Libreria Nonfinita"]
    assert [visit.state for visit in order.appointments] == [AppointmentState.DONE] + 3 * [AppointmentState.MISSED]
    assert all(visit.start < visit.end < MONDAY_MORNING for visit in order.appointments)


def test_an_unknown_order_is_none(demo: EmbeddedBackOffice):
    assert demo.order("99999") is None
    assert demo.order("'; DROP TABLE bo_order; --") is None


def test_a_ticket_is_kept_with_what_the_case_knows(office: EmbeddedBackOffice, engine: Engine, open_case: Cases):
    open_case()
    facts = Facts((Fact("place", "Padova", "padova", 1),))

    ticket = office.open_ticket(a_request(department="Consegne", facts=facts, asks=("delivery_search",)))

    with engine.connect() as session:
        row = session.execute(select(bo_ticket)).one()
    assert (ticket.case_code, ticket.opened, ticket.number) == ("TSVZ79SS5", MONDAY_MORNING, f"TK{row.id:06d}")
    assert (row.department, row.asks) == ("Consegne", ["delivery_search"])
    assert row.facts == [{"name": "place", "value": "Padova", "text": "padova", "message_id": 1}]


def test_a_case_never_gets_two_tickets(office: EmbeddedBackOffice, engine: Engine, open_case: Cases):
    open_case()

    first, again = office.open_ticket(a_request()), office.open_ticket(a_request(department="altrove"))

    assert first == again
    assert count(engine, bo_ticket) == 1


def test_not_even_when_many_ask_at_once(office: EmbeddedBackOffice, engine: Engine, open_case: Cases):
    open_case()
    with ThreadPoolExecutor(8) as pool:
        tickets = set(pool.map(lambda _: office.open_ticket(a_request()), range(16)))

    assert len(tickets) == 1
    assert count(engine, bo_ticket) == 1


def test_a_case_that_was_erased_gets_none_and_takes_its_ticket_along(
    office: EmbeddedBackOffice, engine: Engine, open_case: Cases
):
    open_case()
    office.open_ticket(a_request())
    with engine.begin() as session:
        session.execute(delete(case_event))
        session.execute(delete(case))

    assert count(engine, bo_ticket) == 0
    with pytest.raises(Refused):
        office.open_ticket(a_request())


def test_a_database_that_is_gone_is_unavailable(tmp_path: Path):
    nothing_there = EmbeddedBackOffice(open_engine(f"sqlite:///{tmp_path}/empty.db"), FakeClock())

    with pytest.raises(Unavailable):
        nothing_there.order("48213")


def test_the_demo_has_some_forty_orders_in_every_state(demo: EmbeddedBackOffice, engine: Engine):
    with engine.connect() as session:
        states = dict(session.execute(select(bo_order.c.status, func.count()).group_by(bo_order.c.status)).all())

    assert set(states) == {status.value for status in OrderStatus}
    assert demo.orders() == sum(states.values()) >= 40


@pytest.mark.parametrize("days", range(8))
def test_whatever_the_day_the_demo_tells_every_kind_of_news_but_disputes(engine: Engine, days: int):
    """It also holds at six in the morning, when nothing of today has happened yet, and in the night of the clocks."""
    now = datetime(2026, 3, 27, 5, 0, tzinfo=timezone.utc) + timedelta(days=days)
    load_demo_orders(engine, DEMO, now=now)
    office = EmbeddedBackOffice(engine, FakeClock(now))
    with engine.connect() as session:
        orders = [office.order(number) for number in session.execute(select(bo_order.c.number)).scalars()]

    told = {news_of(order, now=now, zone=ROME) for order in orders if order}

    assert told == set(News) - {News.DELIVERED_DISPUTED}
    assert [order.number for order in orders if order and max(order.placed, order.changed) > now] == []


def test_the_technician_of_order_48213_never_came(demo: EmbeddedBackOffice):
    order = demo.order("48213")

    assert order is not None
    news = news_of(order, category="complaint_missed_appointment", now=MONDAY_MORNING, zone=ROME)
    assert (news, len(order.missed())) == (News.APPOINTMENT_MISSED, 3)


def test_nothing_of_the_demo_happens_on_a_sunday_but_today(demo: EmbeddedBackOffice, engine: Engine):
    with engine.connect() as session:
        visits = session.execute(select(bo_appointment.c.window_start)).scalars().all()
        promised = session.execute(select(bo_order.c.promised).where(bo_order.c.promised.is_not(None))).scalars().all()

    assert [at for at in visits if at.astimezone(ROME).weekday() == 6] == []
    assert [day for day in promised if day.weekday() == 6] == []


def test_another_brand_gets_no_invented_orders(engine: Engine):
    assert load_demo_orders(engine, a_brand(), now=MONDAY_MORNING) == 0
    assert count(engine, bo_order) == 0


def test_the_demo_is_written_once_a_day_and_moves_along(demo: EmbeddedBackOffice, engine: Engine):
    before = demo.order("48213")
    later = MONDAY_MORNING + timedelta(hours=5)
    next_week = MONDAY_MORNING + timedelta(days=7)

    written = [load_demo_orders(engine, DEMO, now=now) for now in (MONDAY_MORNING, later, next_week)]

    after = demo.order("48213")
    assert [bool(number) for number in written] == [False, False, True]
    assert before is not None and after is not None  # noqa: PT018
    assert after.changed - before.changed == timedelta(days=7)
    assert count(engine, bo_order_item) > demo.orders()


def test_orders_that_somebody_added_are_never_touched(demo: EmbeddedBackOffice, engine: Engine):
    with engine.begin() as session:
        own = {"number": "1", "status": "received", "placed": MONDAY_MORNING, "changed": MONDAY_MORNING}
        session.execute(insert(bo_order).values(**own))
        session.execute(update(bo_order).where(bo_order.c.number == "48301").values(status="shipped"))

    assert load_demo_orders(engine, DEMO, now=MONDAY_MORNING + timedelta(days=30)) == 0
    changed = demo.order("48301")
    assert changed is not None
    assert changed.status is OrderStatus.SHIPPED


def test_workers_that_start_together_write_the_demo_once(engine: Engine, office: EmbeddedBackOffice):
    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(lambda _: load_demo_orders(engine, DEMO, now=MONDAY_MORNING), range(4)))

    assert sorted(written)[:3] == [0, 0, 0]
    assert office.orders() == max(written)
