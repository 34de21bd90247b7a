"""Cases and their tickets: one each, whoever crashes or comes twice, however long the back office is away."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.core.back_office import BackOffice, Ticket, TicketRequest, UntoldCase
from bot.core.case import CaseState
from bot.integrations.back_office_embedded import EmbeddedBackOffice
from bot.integrations.back_office_http import HttpBackOffice
from bot.services.tickets import TicketOpener
from bot.storage.tables import case_ticket
from bot.storage.tickets import SqlTicketBook
from tests.back_office_server import SECRET, BackOfficeServer
from tests.fakes import FakeClock, a_brand
from tests.integration.back_office.conftest import Cases

LEASE = timedelta(minutes=2)


class Crash(BaseException):
    """A power cut, as far as one process can have it."""


class CrashingOffice:
    """Opens the ticket, and then the power is gone before anybody could note it."""

    def __init__(self, office: BackOffice) -> None:
        self._office = office

    def open_ticket(self, request: TicketRequest) -> Ticket:
        self._office.open_ticket(request)
        raise Crash


@pytest.fixture
def book(engine: Engine) -> SqlTicketBook:
    return SqlTicketBook(engine)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def office(server: BackOfficeServer) -> HttpBackOffice:
    return HttpBackOffice(server.url, SECRET)


@pytest.fixture
def opener(book: SqlTicketBook, clock: FakeClock) -> Callable[[BackOffice], TicketOpener]:
    return lambda office: TicketOpener(book=book, back_office=office, clock=clock, brand=a_brand())


def claim(book: SqlTicketBook, clock: FakeClock) -> UntoldCase | None:
    return book.claim(at=clock.now(), lease=LEASE)


def numbers(engine: Engine) -> list[str | None]:
    with engine.connect() as session:
        return list(session.execute(select(case_ticket.c.number).order_by(case_ticket.c.case_id)).scalars())


def test_a_claimed_case_is_nobody_elses_as_long_as_the_lease(book: SqlTicketBook, clock: FakeClock, open_case: Cases):
    opened = open_case()

    first = claim(book, clock)
    clock.advance(seconds=119)
    second = claim(book, clock)
    clock.advance(seconds=1)
    third = claim(book, clock)

    assert first is not None
    assert third is not None
    assert (first.case.code, first.tries, second, third.tries) == (opened.code, 1, None, 2)
    assert [event.kind for event in first.case.history] == ["opened"]


def test_of_many_workers_only_one_gets_a_case(book: SqlTicketBook, clock: FakeClock, open_case: Cases):
    cases = {open_case(code).code for code in ("TSVZ79SS5", "TKVQ97QR6", "T6QYJ5XIA")}
    with ThreadPoolExecutor(8) as pool:
        claimed = [untold.case.code for untold in pool.map(lambda _: claim(book, clock), range(24)) if untold]

    assert claimed
    assert len(claimed) == len(set(claimed))
    assert set(claimed) <= cases


def test_a_new_case_does_not_queue_behind_one_that_fails(book: SqlTicketBook, clock: FakeClock, open_case: Cases):
    open_case("TSVZ79SS5")
    failed = claim(book, clock)
    assert failed is not None
    book.postpone(failed, until=clock.now())
    open_case("TKVQ97QR6")

    untold = claim(book, clock)

    assert untold is not None
    assert untold.case.code == "TKVQ97QR6"


def test_a_case_that_is_over_needs_no_ticket(book: SqlTicketBook, clock: FakeClock, open_case: Cases):
    open_case(state=CaseState.SOLVED)

    assert claim(book, clock) is None


def test_a_case_that_was_solved_while_it_waited_needs_none_either(
    book: SqlTicketBook, clock: FakeClock, open_case: Cases, engine: Engine
):
    open_case()
    claim(book, clock)
    with engine.begin() as session:
        session.exec_driver_sql("UPDATE care_case SET state = 'solved'")
    clock.advance(minutes=3)

    assert claim(book, clock) is None


def test_the_embedded_office_gets_every_case(opener, engine: Engine, clock: FakeClock, open_case: Cases):
    open_case("TSVZ79SS5")
    open_case("TKVQ97QR6")
    embedded = EmbeddedBackOffice(engine, clock)

    assert [opener(embedded).open_all(), opener(embedded).open_all()] == [2, 0]
    assert None not in numbers(engine)


def test_a_crash_between_opening_and_noting_leaves_one_ticket(
    opener, office: HttpBackOffice, server: BackOfficeServer, engine: Engine, clock: FakeClock, open_case: Cases
):
    open_case()
    with pytest.raises(Crash):
        opener(CrashingOffice(office)).open_all()
    assert (len(server.tickets), numbers(engine)) == (1, [None])

    before_the_lease_is_over = opener(office).open_all()
    clock.advance(minutes=3)
    afterwards = opener(office).open_all()

    assert (before_the_lease_is_over, afterwards) == (0, 1)
    assert len(server.bodies) == 2
    assert numbers(engine) == [ticket["number"] for ticket in server.tickets.values()] == ["TK000001"]


def test_a_dead_back_office_delays_tickets_and_loses_none(
    opener, office: HttpBackOffice, server: BackOfficeServer, engine: Engine, clock: FakeClock, open_case: Cases
):
    open_case("TSVZ79SS5")
    open_case("TKVQ97QR6")
    server.spoil = lambda handler: handler.reply(503, {})
    assert opener(office).open_all() == 0
    assert len(server.asked) == 1

    server.spoil = None
    clock.advance(seconds=10)

    assert opener(office).open_all() == 2
    assert sorted(server.tickets) == ["TKVQ97QR6", "TSVZ79SS5"]
    assert None not in numbers(engine)
