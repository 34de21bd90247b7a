"""Reading brand.yml: what a company edits, checked field by field with a sentence for the editor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
import yaml
from pydantic import BaseModel, Extra, ValidationError, validator

from bot.core.brand import Answer, Brand, PromiseRule
from bot.core.errors import Misconfigured
from bot.core.facts import FACT_NAMES
from bot.core.opening_hours import OpeningHours, Span

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOUR = r"([01]?\d|2[0-3]):([0-5]\d)"
_SPAN = re.compile(f"{_HOUR}-{_HOUR}")
_DURATION = re.compile(r"(\d+)\s*(m|h|d)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class _Strict(BaseModel):
    class Config:
        """A key that nobody reads is a mistake in the file."""

        extra = Extra.forbid


class _Promise(_Strict):
    within: timedelta
    lead: timedelta

    @validator("within", "lead", pre=True)
    def _duration(cls, value: Any) -> timedelta:
        found = _DURATION.fullmatch(str(value).strip())
        if not found:
            raise ValueError('write a duration like "30m", "4h" or "2d"')
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


class _Answer(_Strict):
    name: str
    questions: tuple[str, ...]
    text: str


class _BrandFile(_Strict):
    name: str
    bot_name: str
    url: str
    language: str = "it"
    time_zone: str = "Europe/Rome"
    address: str = "tu"
    emoji: bool = True
    listen_window: float = 1.0
    opening_hours: dict[str, list[str]]
    holidays: str = "IT"
    promises: dict[str, _Promise]
    departments: dict[str, str] = {}
    details_wanted: dict[str, list[str]] = {}
    answers: list[_Answer] = []

    @validator("address")
    def _tu_or_lei(cls, value: str) -> str:
        if value not in ("tu", "lei"):
            raise ValueError('write "tu" or "lei"')
        return value

    @validator("listen_window")
    def _seconds(cls, value: float) -> float:
        if not 0 <= value <= 30:
            raise ValueError("seconds between 0 and 30")
        return value

    @validator("promises")
    def _has_default(cls, value: dict[str, _Promise]) -> dict[str, _Promise]:
        if "default" not in value:
            raise ValueError('a rule named "default" is needed')
        return value

    @validator("details_wanted", each_item=True)
    def _facts(cls, value: list[str]) -> list[str]:
        unknown = {name for item in value for name in item.split("|")} - set(FACT_NAMES)
        if unknown:
            raise ValueError(f"unknown facts: {', '.join(sorted(unknown))}")
        return value


def load_brand(path: Path) -> Brand:
    """The brand of a file; raises Misconfigured, naming file, field and remedy, when something in it is wrong."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _brand(_BrandFile.parse_obj(data))
    except (OSError, yaml.YAMLError) as error:
        raise Misconfigured("TEOREMA_BRAND", f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise Misconfigured("TEOREMA_BRAND", f"{path}: {field}: {first['msg']}") from error
    except ValueError as error:
        raise Misconfigured("TEOREMA_BRAND", f"{path}: {error}") from error


def _brand(file: _BrandFile) -> Brand:
    return Brand(
        name=file.name,
        bot_name=file.bot_name,
        url=file.url,
        hours=_hours(file),
        address=file.address,
        emoji=file.emoji,
        listen_window=timedelta(seconds=file.listen_window),
        promises={name: PromiseRule(rule.within, rule.lead) for name, rule in file.promises.items()},
        details_wanted={name: tuple(facts) for name, facts in file.details_wanted.items()},
        departments=file.departments,
        answers=tuple(Answer(item.name, item.questions, item.text) for item in file.answers),
    )


def _hours(file: _BrandFile) -> OpeningHours:
    try:
        zone = ZoneInfo(file.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"time_zone: {file.time_zone} is no time zone") from error
    unknown = set(file.opening_hours) - set(_DAYS)
    if unknown:
        raise ValueError(f"opening_hours: write {', '.join(_DAYS)}, not {', '.join(sorted(unknown))}")
    week: Mapping[int, tuple[Span, ...]] = {
        _DAYS.index(day): tuple(_span(text) for text in spans) for day, spans in file.opening_hours.items()
    }
    calendar = _calendar(file.holidays)

    def is_holiday(day: date) -> bool:
        return day in calendar

    return OpeningHours(week=week, zone=zone, is_holiday=is_holiday)


def _calendar(country: str) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country)
    except NotImplementedError as error:
        raise ValueError(f'holidays: write a country like "IT", not "{country}"') from error


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text.replace(" ", ""))
    if not found:
        raise ValueError(f'opening_hours: write "09:00-18:00", not "{text}"')
    start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if start >= end:
        raise ValueError(f"opening_hours: {text} ends before it begins")
    return start, end
