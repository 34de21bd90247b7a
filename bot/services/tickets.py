"""Telling the back office of cases: behind the conversations, again and again until it knows them all."""

from __future__ import annotations

import logging
from datetime import timedelta

from bot.core.back_office import BackOffice, TicketBook, TicketRequest, UntoldCase
from bot.core.brand import Brand
from bot.core.case import Case
from bot.core.errors import Refused, Unavailable
from bot.core.ports import Clock
from bot.services.back_office import SEARCH

log = logging.getLogger(__name__)

_BATCH = 50
_LEASE = timedelta(minutes=2)  # longer than the most patient question; a crash costs this much
_PAUSE, _LONGEST_PAUSE = 10, 300  # seconds
_REFUSED_FOR = timedelta(hours=1)


class TicketOpener:
    """Opens the tickets of cases that have none."""

    def __init__(self, *, book: TicketBook, back_office: BackOffice, clock: Clock, brand: Brand) -> None:
        self._book = book
        self._back_office = back_office
        self._clock = clock
        self._brand = brand

    def open_all(self) -> int:
        """Open what there is to open, until the back office fails; return how many were opened.

        A crash between opening and noting is mended by the next try: the case code is the key under which the back
        office finds the ticket that it has already.
        """
        opened = 0
        for _ in range(_BATCH):
            untold = self._book.claim(at=self._clock.now(), lease=_LEASE)
            if untold is None:
                break
            try:
                opened += self._open(untold)
            except Unavailable as error:
                log.warning("the ticket of case %s waits: %s", untold.case.code, error)
                self._book.postpone(untold, until=self._clock.now() + _pause(untold.tries))
                break
        return opened

    def _open(self, untold: UntoldCase) -> bool:
        """Open one; false when it was refused, which is for a developer to look at."""
        request = _request(untold.case, department=self._brand.departments.get(untold.case.category, ""))
        try:
            ticket = self._back_office.open_ticket(request)
        except Refused as error:
            log.error("the back office refuses the ticket of case %s: %s", untold.case.code, error)
            self._book.postpone(untold, until=self._clock.now() + _REFUSED_FOR)
            return False
        self._book.note(untold, ticket, at=self._clock.now())
        return True


def _pause(tries: int) -> timedelta:
    """Twice as long after each failure: 10, 20, 40 seconds ... 5 minutes."""
    return timedelta(seconds=min(_PAUSE << min(tries - 1, 10), _LONGEST_PAUSE))


def _request(case: Case, *, department: str) -> TicketRequest:
    asks = ("delivery_search",) if any(event.kind == SEARCH for event in case.history) else ()
    return TicketRequest(
        case_code=case.code,
        category=case.category,
        opened=case.opened,
        department=department,
        severity=case.severity,
        facts=case.facts,
        asks=asks,
    )
