"""When people work: opening hours, holidays, and deadlines counted in working time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

Span = tuple[time, time]


@dataclass(frozen=True)
class OpeningHours:
    """The weekly hours (0 Monday ... 6 Sunday) in a company's time zone, and the days on which it rests."""

    week: Mapping[int, tuple[Span, ...]]
    zone: ZoneInfo
    is_holiday: Callable[[date], bool]

    def __post_init__(self) -> None:
        if not any(self.week.values()):
            raise ValueError("a company that never opens can promise nothing")

    def spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The opening spans of a day, with zone; none on holidays."""
        if self.is_holiday(day):
            return ()
        return tuple(
            (datetime.combine(day, start, self.zone), datetime.combine(day, end, self.zone))
            for start, end in self.week.get(day.weekday(), ())
        )

    def is_open(self, at: datetime) -> bool:
        """Whether people are at work at this instant."""
        local = at.astimezone(self.zone)
        return any(start <= local < end for start, end in self.spans(local.date()))

    def next_opening(self, at: datetime) -> datetime:
        """The instant itself when open, else when people are next at work (UTC); a year ahead at most."""
        day = at.astimezone(self.zone).date()
        for offset in range(366):
            for start, end in self.spans(day + timedelta(days=offset)):
                if at < end:
                    return max(at, start).astimezone(timezone.utc)
        raise ValueError("no opening within a year")

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The instant (UTC) at which `amount` of opening time has passed since `start`."""
        at, left = start, amount
        while True:
            at = self.next_opening(at)
            closing = self._closing(at)
            if closing - at >= left:
                return (at + left).astimezone(timezone.utc)
            left -= closing - at
            at = closing

    def _closing(self, at: datetime) -> datetime:
        local = at.astimezone(self.zone)
        return next(end for start, end in self.spans(local.date()) if start <= local < end).astimezone(timezone.utc)
