from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.back_office import Ticket, UntoldCase
from bot.core.case import Case
from bot.core.errors import Refused, Unavailable
from bot.core.facts import Fact
from bot.services.back_office import SEARCH
from bot.services.tickets import TicketOpener
from tests.fakes import MONDAY_MORNING, FakeClock, a_brand, a_case
from tests.orders import NUMBER, FakeBackOffice

LATE = "complaint_delivery_delay"


class FakeBook:
    """Cases waiting in a row, each with the tries it has behind it."""

    def __init__(self, *cases: Case, tries: int = 1) -> None:
        self.waiting = [UntoldCase(case, tries) for case in cases]
        self.noted: list[tuple[str, str]] = []
        self.postponed: list[tuple[str, timedelta]] = []
        self.leases: list[timedelta] = []

    def claim(self, *, at: datetime, lease: timedelta) -> UntoldCase | None:
        self.leases.append(lease)
        return self.waiting.pop(0) if self.waiting else None

    def note(self, untold: UntoldCase, ticket: Ticket, *, at: datetime) -> None:
        self.noted.append((untold.case.code, ticket.number))

    def postpone(self, untold: UntoldCase, *, until: datetime) -> None:
        self.postponed.append((untold.case.code, until - MONDAY_MORNING))


def an_opener(book: FakeBook, office: FakeBackOffice) -> TicketOpener:
    brand = replace(a_brand(), departments={LATE: "Consegne"})
    return TicketOpener(book=book, back_office=office, clock=FakeClock(), brand=brand)


CASES = (a_case("TSVZ79SS5"), a_case("TKVQ97QR6", category="complaint_refund"))


def test_every_case_gets_its_ticket():
    book, office = FakeBook(*CASES), FakeBackOffice()

    assert an_opener(book, office).open_all() == 2
    assert book.noted == [("TSVZ79SS5", "TK1"), ("TKVQ97QR6", "TK2")]


def test_a_ticket_says_what_the_case_knows_and_who_works_on_it():
    fact = Fact("order_number", NUMBER, NUMBER, 1)
    case = replace(a_case().with_facts((fact,), at=MONDAY_MORNING), severity=("money",))
    office = FakeBackOffice()

    an_opener(FakeBook(case), office).open_all()

    (request,) = office.requests
    assert (request.case_code, request.category, request.department) == (case.code, LATE, "Consegne")
    assert (tuple(request.facts), request.severity, request.asks) == ((fact,), ("money",), ())


def test_a_department_that_nobody_named_stays_empty():
    office = FakeBackOffice()

    an_opener(FakeBook(CASES[1]), office).open_all()

    assert office.requests[0].department == ""


def test_a_disputed_delivery_asks_for_a_search():
    office = FakeBackOffice()

    an_opener(FakeBook(a_case().with_event(SEARCH, at=MONDAY_MORNING, note=NUMBER)), office).open_all()

    assert office.requests[0].asks == ("delivery_search",)


@pytest.mark.parametrize(("tries", "seconds"), [(1, 10), (2, 20), (3, 40), (5, 160), (6, 300), (7, 300), (10_000, 300)])
def test_a_back_office_that_fails_is_tried_again_later_and_later(tries: int, seconds: int):
    book, office = FakeBook(*CASES, tries=tries), FakeBackOffice(failure=Unavailable("back_office_slow"))

    assert an_opener(book, office).open_all() == 0
    assert book.postponed == [("TSVZ79SS5", timedelta(seconds=seconds))]


def test_after_one_failure_the_others_are_not_even_tried():
    book, office = FakeBook(*CASES), FakeBackOffice(failure=Unavailable("back_office_slow"))

    an_opener(book, office).open_all()

    assert len(office.requests) == 1


def test_a_refused_ticket_waits_for_an_hour_and_holds_nobody_up(caplog: pytest.LogCaptureFixture):
    book, office = FakeBook(*CASES), FakeBackOffice(failure=Refused("back_office_refused"))

    assert an_opener(book, office).open_all() == 0
    assert book.postponed == [("TSVZ79SS5", timedelta(hours=1)), ("TKVQ97QR6", timedelta(hours=1))]
    assert "refuses the ticket of case TSVZ79SS5" in caplog.text


def test_a_claim_outlives_the_most_patient_question():
    book = FakeBook(*CASES)

    an_opener(book, FakeBackOffice()).open_all()

    assert min(book.leases) > timedelta(seconds=30)
