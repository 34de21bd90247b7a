"""Orders for the invented brand, so that the demo has something to tell; a real company never gets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError

from bot.core.brand import Brand
from bot.integrations.tables import bo_appointment, bo_order, bo_order_item
from bot.storage.guard import unavailable_when_down

_DEMO = "https://www.casaginepro.example"
_SUNDAY = 6


@unavailable_when_down
def load_demo_orders(engine: Engine, brand: Brand, *, now: datetime) -> int:
    """Write the demo orders of the demo brand into empty tables; or again, when those there are of an earlier day.

    Returns how many were written. Orders that somebody added to the tables stay as they are, and end the writing anew.
    """
    if brand.url != _DEMO:
        return 0
    rows = yaml.safe_load(files("bot.integrations").joinpath("demo_orders.yml").read_text(encoding="utf-8"))
    calendar = _Calendar(now, brand.hours.zone)
    try:
        with engine.begin() as session:
            if not _is_ours_and_old(session, rows, calendar):
                return 0
            session.execute(delete(bo_order))
            for row in rows:
                _write(session, row, calendar)
    except IntegrityError:
        return 0  # another worker was quicker
    return len(rows)


@dataclass(frozen=True)
class _Calendar:
    """Days of the demo's file as days of this week."""

    now: datetime
    zone: ZoneInfo

    def day(self, offset: int) -> date:
        """So many days from today; a Sunday becomes the Saturday before or the Monday after, today stays today."""
        day = self.now.astimezone(self.zone).date() + timedelta(days=offset)
        step = (offset > 0) - (offset < 0)
        return day + timedelta(days=step) if day.weekday() == _SUNDAY else day

    def at(self, written: str) -> datetime:
        """The instant of "-3 18:20", and never one to come."""
        offset, hour = written.split()
        return min(self.now, datetime.combine(self.day(int(offset)), _hour(hour), self.zone))

    def window(self, offset: int, hours: str) -> tuple[datetime, datetime]:
        """The instants between which "9-11" of a day lies."""
        start, end = hours.split("-")
        day = self.day(offset)
        return datetime.combine(day, _hour(start), self.zone), datetime.combine(day, _hour(end), self.zone)


def _hour(written: str) -> time:
    hour, _, minute = written.partition(":")
    return time(int(hour), int(minute or 0))


def _is_ours_and_old(session: Connection, rows: list[Mapping[str, Any]], calendar: _Calendar) -> bool:
    """Whether the tables hold nothing, or the demo of an earlier day and nothing else."""
    there = session.execute(select(func.count()).select_from(bo_order)).scalar_one()
    first = rows[0]
    query = select(bo_order.c.changed).where(bo_order.c.number == first["number"])
    changed = session.execute(query).scalar()
    if not there:
        return True
    return there == len(rows) and changed is not None and changed < calendar.at(first["changed"])


def _write(session: Connection, row: Mapping[str, Any], calendar: _Calendar) -> None:
    amount, refund_day, refund_state = row.get("refund") or (None, None, None)
    made = session.execute(
        insert(bo_order).values(
            number=row["number"],
            status=row["status"],
            placed=calendar.at(row["placed"]),
            changed=calendar.at(row["changed"]),
            promised=calendar.day(row["promised"]) if "promised" in row else None,
            refund_cents=None if amount is None else int(Decimal(amount) * 100),
            refund_day=None if refund_day is None else calendar.day(refund_day),
            refund_state=refund_state,
        )
    )
    order = made.inserted_primary_key[0]
    for name, quantity in row["items"].items():
        session.execute(insert(bo_order_item).values(order_id=order, name=name, quantity=quantity))
    for kind, offset, hours, state in row.get("visits", ()):
        start, end = calendar.window(offset, hours)
        visit = {"kind": kind, "window_start": start, "window_end": end, "state": state}
        session.execute(insert(bo_appointment).values(order_id=order, **visit))
