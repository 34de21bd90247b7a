"""Which cases the company's back office knows: each open case gets one ticket, opened by one worker at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.core.back_office import Ticket, UntoldCase
from bot.storage import records
from bot.storage.guard import unavailable_when_down
from bot.storage.tables import case, case_event, case_ticket


class SqlTicketBook:
    """`TicketBook` on the database: the row that is written decides who may open a ticket."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @unavailable_when_down
    def claim(self, *, at: datetime, lease: timedelta) -> UntoldCase | None:
        """Take an open case without a ticket, a new one before those that failed; None when there is none to take."""
        return self._claim_new(at, lease) or self._claim_again(at, lease)

    @unavailable_when_down
    def note(self, untold: UntoldCase, ticket: Ticket, *, at: datetime) -> None:
        """The case has its ticket."""
        self._change(untold, number=ticket.number, opened=at)

    @unavailable_when_down
    def postpone(self, untold: UntoldCase, *, until: datetime) -> None:
        """Nobody tries before then."""
        self._change(untold, next_try=until)

    def _claim_new(self, at: datetime, lease: timedelta) -> UntoldCase | None:
        query = (
            select(case.c.id)
            .outerjoin(case_ticket, case_ticket.c.case_id == case.c.id)
            .where(case.c.state == "open", case_ticket.c.case_id.is_(None))
            .order_by(case.c.id)
            .limit(1)
        )
        found = self._first(query)
        if found is None:
            return None
        try:
            with self._engine.begin() as session:
                session.execute(insert(case_ticket).values(case_id=found, tries=1, next_try=at + lease))
                return _untold(session, found, tries=1)
        except IntegrityError:
            return None  # another worker was quicker

    def _claim_again(self, at: datetime, lease: timedelta) -> UntoldCase | None:
        due = (case_ticket.c.number.is_(None), case_ticket.c.next_try <= at)
        query = (
            select(case_ticket.c.case_id)
            .join(case, case.c.id == case_ticket.c.case_id)
            .where(*due, case.c.state == "open")
            .order_by(case_ticket.c.next_try)
            .limit(1)
        )
        found = self._first(query)
        if found is None:
            return None
        with self._engine.begin() as session:
            taken = update(case_ticket).where(case_ticket.c.case_id == found, *due)
            taken = taken.values(next_try=at + lease, tries=case_ticket.c.tries + 1)
            if not session.execute(taken).rowcount:
                return None
            row = session.execute(select(case_ticket.c.tries).where(case_ticket.c.case_id == found)).one()
            return _untold(session, found, tries=row.tries)

    def _first(self, query: object) -> int | None:
        with self._engine.connect().execution_options(read_only=True) as session:
            found: int | None = session.execute(query).scalar()
            return found

    def _change(self, untold: UntoldCase, **values: object) -> None:
        with self._engine.begin() as session:
            session.execute(update(case_ticket).where(case_ticket.c.case_id == untold.case.id).values(**values))


def _untold(session: Connection, case_id: int, *, tries: int) -> UntoldCase:
    row = session.execute(select(case).where(case.c.id == case_id)).one()
    events = session.execute(select(case_event).where(case_event.c.case_id == case_id).order_by(case_event.c.id)).all()
    return UntoldCase(records.case(row, events), tries)
