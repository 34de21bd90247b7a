"""Instants and spans of time in words, in the brand's zone and the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, format_timedelta

from bot.console.catalogue import Texts

_JUST_NOW = timedelta(minutes=1)
_RECENT = timedelta(days=6)


@dataclass(frozen=True)
class Moments:
    """Time as this reader sees it; `now` is UTC."""

    texts: Texts
    zone: ZoneInfo
    now: datetime

    def full(self, at: datetime) -> str:
        """`martedì 3 novembre 2026 alle ore 14:05`."""
        return f"{self._format(at, 'EEEE d MMMM yyyy')}, {self.clock(at)}"

    def clock(self, at: datetime) -> str:
        """`14:05`."""
        return format_time(at, "HH:mm", tzinfo=self.zone, locale=self.texts.language)

    def short(self, at: datetime) -> str:
        """`oggi 14:05`, `ieri 14:05`, `domani 14:05`, `3 nov 14:05`, with the year when it is another one."""
        return f"{self._near(at) or self._day_of_year(at)} {self.clock(at)}"

    def day(self, at: datetime) -> str:
        """`oggi`, `ieri`, `martedì 3 novembre`."""
        other_year = self._local(at).year != self._local(self.now).year
        return self._near(at) or self._format(at, "EEEE d MMMM yyyy" if other_year else "EEEE d MMMM")

    def date(self, at: datetime) -> str:
        """`3 novembre 2026`."""
        return self._format(at, "d MMMM yyyy")

    def ago(self, at: datetime) -> str:
        """`adesso`, `5 minuti fa`, `3 ore fa`, `2 giorni fa`, and from a week on the date."""
        passed = self.now - at
        if passed < _JUST_NOW:
            return self.texts("time.now")
        if passed > _RECENT:
            return self._day_of_year(at)
        return format_timedelta(-passed, add_direction=True, format="long", locale=self.texts.language)

    def span(self, length: timedelta) -> str:
        """`12 minuti`, `3 ore`; less than a minute is called so."""
        if length < _JUST_NOW:
            return self.texts("time.moment")
        return format_timedelta(length, format="long", locale=self.texts.language)

    def waited(self, since: datetime) -> str:
        """How long somebody has been waiting."""
        return self.span(self.now - since)

    def overdue(self, due: datetime) -> bool:
        """Whether a deadline has passed."""
        return due < self.now

    def same_day(self, one: datetime, other: datetime) -> bool:
        """Whether two instants fall on one day in the brand's zone."""
        return self._local(one).date() == self._local(other).date()

    def _near(self, at: datetime) -> str | None:
        days = (self._local(at).date() - self._local(self.now).date()).days
        key = {-1: "time.yesterday", 0: "time.today", 1: "time.tomorrow"}.get(days)
        return self.texts(key) if key else None

    def _day_of_year(self, at: datetime) -> str:
        other_year = self._local(at).year != self._local(self.now).year
        return self._format(at, "d MMM yyyy" if other_year else "d MMM")

    def _format(self, at: datetime, pattern: str) -> str:
        return format_date(self._local(at).date(), pattern, locale=self.texts.language)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)
